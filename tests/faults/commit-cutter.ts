/**
 * A line between a hub and PostgreSQL that can be cut right before or right after a commit.
 *
 * It knows messages of PostgreSQL's protocol by their bytes: the query `commit` and the command tag that
 * says it is done; the call of `store_grants`, which is a transaction of its own, and the column that it
 * answers, which is sent once that is committed.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 * @module
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Moment = 'before-commit' | 'after-commit';

export type CommitCutter = {
	/** The database's address, by way of this line. */
	url: string;
	/** At the next such moment: does what is to be done, then cuts every connection. */
	cutAt: (moment: Moment, meanwhile: () => Promise<void>) => Promise<void>;
	close: () => Promise<void>;
};

const QUERIES = ['commit\0', 'store_grants'];
const DONE = ['COMMIT\0', 'said\0'];

type Armed = { moment: Moment; meanwhile: () => Promise<void>; cut: () => void };

export async function startCommitCutter(databaseUrl: string): Promise<CommitCutter> {
	const target = new URL(databaseUrl);
	const sockets = new Set<Socket>();
	let armed: Armed | undefined;

	/** True where the message is held back for good. */
	function isCut(moment: Moment): boolean {
		if (armed?.moment !== moment) return false;
		const { meanwhile, cut } = armed;
		armed = undefined;
		void meanwhile().then(() => {
			for (const socket of sockets) socket.destroy();
			cut();
		});
		return true;
	}

	const line = createServer((hub) => {
		const database = connect(Number(target.port), target.hostname);
		for (const [from, to, marks, moment] of [
			[hub, database, QUERIES, 'before-commit'],
			[database, hub, DONE, 'after-commit']
		] as const) {
			let held = false;
			sockets.add(from);
			from.on('data', (chunk) => {
				held ||= marks.some((mark) => chunk.includes(mark)) && isCut(moment);
				if (!held) to.write(chunk);
			});
			from.on('error', () => to.destroy());
			from.on('close', () => {
				sockets.delete(from);
				to.destroy();
			});
		}
	});
	line.listen(0, '127.0.0.1');
	await once(line, 'listening');
	const url = new URL(databaseUrl);
	url.port = String((line.address() as AddressInfo).port);
	return {
		url: url.href,
		cutAt: (moment, meanwhile) =>
			new Promise((cut) => {
				armed = { moment, meanwhile, cut };
			}),
		close: async () => {
			for (const socket of sockets) socket.destroy();
			const closed = once(line, 'close');
			line.close();
			await closed;
		}
	};
}
