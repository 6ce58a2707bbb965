/**
 * Hubs in processes of their own, to be ended at the worst moment, and licenses to ask them for.
 *
 * @module
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimsOf } from '../makers/hub.ts';
import type { Demo } from '../running-hub.ts';
import type { FixtureMessage, FixtureOptions } from './hub.fixture.ts';

export type HubProcess = {
	address: string;
	/** The next commit, while nobody has been answered yet. */
	committed: () => Promise<void>;
	end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

const fixture = join(import.meta.dirname, 'hub.fixture.ts');

/** Throws with what the hub printed when it does not start. */
export async function startHubProcess(options: FixtureOptions): Promise<HubProcess> {
	const child = fork(fixture, [JSON.stringify(options)], { execArgv: [], silent: true });
	let log = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
	const waiting: (() => void)[] = [];
	const address = await new Promise<string>((resolve, reject) => {
		child.once('exit', () => reject(new Error(`the hub did not start:\n${log}`)));
		child.on('message', (message: FixtureMessage) => {
			if ('ready' in message) resolve(message.ready);
			else for (const tell of waiting.splice(0)) tell();
		});
	});
	return {
		address,
		committed: () => new Promise((resolve) => waiting.push(resolve)),
		end: async (signal) => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, 'exit');
			child.kill(signal);
			await ended;
		}
	};
}

export type FaultLicense = { licenseId: string; number: string; sec: string };

/** Issues a license over `/rpc`, as the demo's member of staff. */
export async function issueOver(
	address: string,
	{ data, seats }: { data: string; seats: number }
): Promise<FaultLicense> {
	const demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
	const headers = {
		'x-keyferry': '1',
		'content-type': 'application/json',
		authorization: `Bearer ${demo.token}`
	};
	const me = await fetch(`${address}/rpc/session.me`, { headers });
	const { result } = (await me.json()) as {
		result: { data: { customers: { id: string; name: string }[] } };
	};
	const order = {
		customerId: result.data.customers[0]!.id,
		product: 'atlas',
		edition: 'Standard',
		entitlements: ['modeling'],
		seats,
		versions: { from: 8, to: 9 },
		virtualMachines: true,
		givenFingerprints: false,
		matches: 2,
		graceMinutes: 15
	};
	const issued = await fetch(`${address}/rpc/license.issue`, {
		method: 'POST',
		headers,
		body: JSON.stringify(order)
	});
	const { result: license } = (await issued.json()) as {
		result: { data: { id: string; number: string; key: string } };
	};
	const { id: licenseId, number, key } = license.data;
	return { licenseId, number, sec: claimsOf<'license'>(key).sec };
}
