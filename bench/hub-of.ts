/**
 * A hub of a checkout, this one or another, in a process of its own, and what its thread has worked.
 *
 * @module
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FixtureOptions } from '../tests/faults/hub.fixture.ts';

export type HubOf = {
	address: string;
	/** API key of a member of staff. */
	token: string;
	/** Processor time so far of the thread that serves HTTP, from Linux's own count; elsewhere not a number. */
	threadMs: () => number;
	end: () => Promise<void>;
};

type Ready = { ready: string; token: string };

/** As Linux counts: a hundredth of a second. */
const TICK_MS = 10;

export async function startHubOf(
	checkout: string,
	options: Pick<FixtureOptions, 'data' | 'databaseUrl' | 'workers' | 'isSilent'>
): Promise<HubOf> {
	const fixture = join(checkout, 'tests/faults/hub.fixture.ts');
	const child = fork(fixture, [JSON.stringify(options)], {
		execArgv: ['--max-semi-space-size=8'],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc']
	});
	const { ready: address, token } = await new Promise<Ready>((resolve, reject) => {
		child.once('exit', (code) => reject(new Error(`the hub did not start (${code})`)));
		// It tells of each commit as well.
		child.on('message', (message: object) => {
			if ('ready' in message) resolve(message as Ready);
		});
	});
	return {
		address,
		token,
		threadMs: () => {
			try {
				const stat = readFileSync(`/proc/${child.pid}/task/${child.pid}/stat`, 'utf8');
				// Behind the name, which may hold anything: user and system time are the 12th and 13th.
				const [user, system] = stat
					.slice(stat.lastIndexOf(')') + 2)
					.split(' ')
					.slice(11, 13);
				return (Number(user) + Number(system)) * TICK_MS;
			} catch {
				return Number.NaN;
			}
		},
		end: async () => {
			const ended = once(child, 'exit');
			child.kill('SIGTERM');
			await ended;
		}
	};
}
