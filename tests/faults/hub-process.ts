/**
 * Hubs in processes of their own, to be ended at the worst moment, and licenses to ask them for.
 *
 * @module
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { claimsOf } from '../fixtures/hub.ts';
import type { FixtureMessage, FixtureOptions, FixtureOrder } from './hub.fixture.ts';

export type HubProcess = {
	address: string;
	/** API key of a member of staff. */
	token: string;
	/** The next commit, while nobody has been answered yet. */
	committed: () => Promise<void>;
	/** Has it done, and waits until it is. Throws where it is refused. */
	order: (order: FixtureOrder) => Promise<FixtureMessage>;
	/** The next transaction stands open, its work done and nothing committed. Ordered by `hold-next`. */
	held: () => Promise<void>;
	/** Stops it where it is, and lets it go on. */
	pause: () => void;
	resume: () => void;
	end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

const fixture = join(import.meta.dirname, 'hub.fixture.ts');
const compiled = join(import.meta.dirname, '../../node_modules/.cache/keyferry');

/**
 * @param around - A program, with its arguments, that runs the hub.
 * @throws With what the hub printed when it does not start.
 */
export async function startHubProcess(
	options: FixtureOptions,
	{ around = [] }: { around?: readonly string[] } = {}
): Promise<HubProcess> {
	const [execPath = process.execPath, ...execArgv] = [...around, process.execPath].flat();
	// As the command line does: a hub that is started again need not be compiled again.
	const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
	const child = fork(fixture, [JSON.stringify(options)], { execPath, execArgv, env, silent: true });
	let log = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
	const waiting: (() => void)[] = [];
	const holding: (() => void)[] = [];
	const ordered: { resolve: (message: FixtureMessage) => void; reject: (cause: Error) => void }[] =
		[];
	const answered = (message: FixtureMessage) => {
		const order = ordered.shift();
		if ('failed' in message) order?.reject(new Error(message.failed));
		else order?.resolve(message);
	};
	type Ready = { ready: string; token: string };
	const { ready: address, token } = await new Promise<Ready>((resolve, reject) => {
		// By then all that it printed has been read.
		child.once('close', (code, signal) => {
			reject(new Error(`the hub did not start (${code ?? signal}):\n${log}`));
		});
		child.on('message', (message: FixtureMessage) => {
			if ('ready' in message) resolve(message);
			else if ('committed' in message) for (const tell of waiting.splice(0)) tell();
			else if ('held' in message) for (const tell of holding.splice(0)) tell();
			else answered(message);
		});
	});
	return {
		address,
		token,
		order: (order) =>
			new Promise((resolve, reject) => {
				ordered.push({ resolve, reject });
				child.send(order);
			}),
		committed: () => new Promise((resolve) => waiting.push(resolve)),
		held: () => new Promise((resolve) => holding.push(resolve)),
		pause: () => void child.kill('SIGSTOP'),
		resume: () => void child.kill('SIGCONT'),
		end: async (signal) => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, 'exit');
			child.kill(signal);
			await ended;
		}
	};
}

export type FaultLicense = { licenseId: string; number: string; sec: string };

/**
 * Issues a license over `/rpc`, as the demo's member of staff.
 *
 * @param customer - Which of the demo's customers, counted around.
 */
export async function issueOver(
	{ address, token }: Pick<HubProcess, 'address' | 'token'>,
	seats: number,
	customer = 0
): Promise<FaultLicense> {
	const headers = {
		'x-keyferry': '1',
		'content-type': 'application/json',
		authorization: `Bearer ${token}`
	};
	const me = await fetch(`${address}/rpc/session.me`, { headers });
	const { result } = (await me.json()) as {
		result: { data: { customers: { id: string; name: string }[] } };
	};
	const { customers } = result.data;
	const order = {
		customerId: customers[customer % customers.length]!.id,
		product: 'atlas',
		edition: 'Standard',
		entitlements: ['modeling'],
		seats,
		versions: { from: 8, to: 9 },
		virtualMachines: true,
		givenFingerprints: false,
		matches: 2,
		graceMinutes: 15,
		returnsPerYear: 1000
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
	const policy = JSON.stringify({ number, deskSeats: 500, offlineShare: 5000 });
	await fetch(`${address}/rpc/license.allotments`, { method: 'POST', headers, body: policy });
	return { licenseId, number, sec: claimsOf<'license'>(key).sec };
}
