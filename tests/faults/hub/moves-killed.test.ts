/**
 * A hub that is ended with kill -9 after each commit of a license that goes to another customer, and started
 * again. `FAULT_ROUNDS_MOVES` says how often (4).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { directory } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { openEmbedded } from '#server/db/store.ts';
import { askFor, makeMachine } from '../../fixtures/hub.ts';
import { differencesOfCounts, readLedger } from '../checker.ts';
import { issueOver, startHubProcess, type HubProcess } from '../hub-process.ts';
import { countFaults, roundsOf } from '../rounds.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_MOVES', 4);
const SEATS = 3;

async function call<T>({ address, token }: HubProcess, path: string, input: object): Promise<T> {
	const answer = await fetch(`${address}/rpc/${path}`, {
		method: 'POST',
		headers: {
			'x-keyferry': '1',
			'content-type': 'application/json',
			authorization: `Bearer ${token}`
		},
		body: JSON.stringify(input)
	});
	return ((await answer.json()) as { result: { data: T } }).result.data;
}

test(
	'[SE7, SE1, DB1] kill -9 after any step of a move: its seats are there once, at the customer it went to',
	{ timeout: 300_000 + ROUNDS * 30_000 },
	async () => {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-moves-'));
		const data = join(home, 'data');
		const start = () => startHubProcess({ data, waitMs: 150 });
		let moved = 0;
		for (let round = 0; round < ROUNDS; round++) {
			let hub = await start();
			const { id: to } = await call<{ id: string }>(hub, 'customer.add', { name: `To ${round}` });
			const { number, sec, licenseId } = await issueOver(hub, SEATS);
			const isUsed = round % 2 === 1;
			if (isUsed) {
				const request = await askFor({ number, sec }, await makeMachine());
				const body = JSON.stringify({ request });
				await fetch(`${hub.address}/v1/activations`, { method: 'POST', body });
			}
			const kills = 1 + (Math.floor(round / 2) % (isUsed ? 3 : 5));
			const moving = call(hub, 'license.move', { number, customerId: to }).catch(() => undefined);
			for (let at = 0; at < kills; at++) await Promise.race([hub.committed(), moving]);
			await hub.end('SIGKILL');
			await moving;
			// It takes what is left as it starts.
			hub = await start();
			await expect.poll(() => hub.order('count-steps')).toEqual({ steps: 0 });
			await hub.end('SIGTERM');

			const store = await openEmbedded(data);
			const [from] = await store.db
				.select()
				.from(licenses)
				.where(eq(licenses.licenseId, licenseId));
			// Killed before its first commit, it was never asked.
			const isMoved = isUsed ? from!.successor !== null : from!.customerId === to;
			moved += Number(isMoved);
			const ids = [licenseId];
			if (isUsed && isMoved) {
				const follows = eq(directory.key, from!.successor!);
				const [successor] = await store.db.select().from(directory).where(follows);
				expect(successor?.customerId).toBe(to);
				ids.push(successor!.licenseId);
			}
			const rows = await store.db.select().from(licenses).where(inArray(licenses.licenseId, ids));
			const seats = isUsed && isMoved ? [1, SEATS - 1] : [SEATS];
			expect(rows.map((row) => row.seats).sort()).toEqual(seats);
			expect(differencesOfCounts(await readLedger(store))).toEqual([]);
			await store.close();
		}
		expect(moved).toBeGreaterThan(0);
		countFaults('moves-killed', { faults: ROUNDS });
		rmSync(home, { recursive: true, force: true });
	}
);
