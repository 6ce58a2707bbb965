/**
 * Clients of a site server in a process of their own, which write down what they held and when, in
 * monotonic milliseconds of this machine: whoever collects the journals sees whether more worked at once
 * than may. [LE1]
 *
 * `node journal-client.fixture.ts '{"server": …, "roots": […], "product": …, "clients": ["a", "b"]}'`; ends,
 * with its seats given up, when its input does.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { monotonic } from '#lib/sdk/node/client/monotonic.ts';
import type { HeldLease } from '#lib/sdk/node/client/held-lease.ts';
import type { Connection, ConnectWishes } from '#lib/sdk/node/connecting.ts';
import { openLicensing } from '#lib/sdk/node/licensing.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import { recording } from '../journeys/field-machine.ts';

export type JournalOptions = {
	server: string | string[];
	roots: PublicJwk[];
	product: string;
	version?: string;
	/** A name for each client. */
	clients: string[];
	wishes?: ConnectWishes;
};

/** One line. A lease was held from `at` on, until a later line says otherwise. */
export type JournalLine = { at: number; client: string } & (
	| { said: 'held'; id: string; number: string; entitlements: string[] }
	| { said: 'waiting'; place?: number }
	| { said: 'restart'; reason: string; within: number }
	| { said: 'lost' | 'refused' | 'ended'; code: string }
	| { said: 'back' | 'released' }
);

type Said<T> = T extends unknown ? Omit<T, 'at' | 'client'> : never;

const options = JSON.parse(process.argv[2] ?? '') as JournalOptions;
const folder = mkdtempSync(join(tmpdir(), 'keyferry-clients-'));
const open = await Promise.all(options.clients.map(work));
process.stdin.on('end', () => void end()).resume();

async function work(client: string): Promise<Connection | undefined> {
	const write = (said: Said<JournalLine>) =>
		void process.stdout.write(`${JSON.stringify({ at: monotonic(), client, ...said })}\n`);
	const held = ({ id, number, entitlements }: HeldLease) =>
		write({ said: 'held', id, number, entitlements });
	const { server, roots, product, version, wishes } = options;
	const licensing = await openLicensing({
		roots,
		product,
		version,
		client,
		licensing: { server },
		state: join(folder, client),
		probe: recordedProbe(recording(client))
	});
	if (isRefusal(licensing)) throw new Error(licensing.refused);
	const connection = await licensing.connect({ user: client, ...wishes });
	if (isRefusal(connection)) {
		write({ said: 'refused', code: connection.refused });
		return undefined;
	}
	connection.on('granted', held);
	connection.on('renewed', (lease) => lease && held(lease));
	connection.on('waiting', ({ place }) => write({ said: 'waiting', place }));
	connection.on('restart', ({ reason, within }) => write({ said: 'restart', reason, within }));
	connection.on('lost', ({ why }) => write({ said: 'lost', code: why.refused }));
	connection.on('back', () => write({ said: 'back' }));
	connection.on('ended', ({ refused }) => write({ said: 'ended', code: refused }));
	if (connection.lease) held(connection.lease);
	else write({ said: 'waiting' });
	const { close } = connection;
	connection.close = async () => {
		// Written before: the seat may be somebody else's before the answer is here.
		write({ said: 'released' });
		await close.call(connection);
	};
	return connection;
}

async function end(): Promise<void> {
	await Promise.all(open.map(async (connection) => connection?.close()));
	rmSync(folder, { recursive: true, force: true });
}
