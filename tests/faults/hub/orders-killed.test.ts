/**
 * A hub that is ended with kill -9 between the commit of an order and its answer, and a store that sends
 * it again as stores do. `FAULT_ROUNDS_ORDERS` says how often (4).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { licenses } from '#server/db/schema/ledger.ts';
import { orderEvents, orderLines, purchases } from '#server/db/schema/orders.ts';
import { openEmbedded } from '#server/db/store.ts';
import { startHubProcess } from '../hub-process.ts';
import { countFaults, roundsOf } from '../rounds.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

/** Made by whoever holds the folder of a hub that does not run. */
function makeSecret(data: string): string {
	const args = [KEYFERRY, 'order', 'secret', 'add', 'Example store', '--data', data, '--json'];
	const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
	return (JSON.parse(printed) as { secret: string }).secret;
}

const ROUNDS = roundsOf('FAULT_ROUNDS_ORDERS', 4);

test(
	'[OR1] kill -9 between the commit of an order and its answer: one license each',
	{ timeout: 300_000 + ROUNDS * 30_000 },
	async () => {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-orders-'));
		const data = join(home, 'data');
		const start = () => startHubProcess({ data, waitMs: 150 });
		let hub = await start();
		await hub.end('SIGTERM');
		const webhook = new Webhook(makeSecret(data));
		hub = await start();
		const send = async (address: string, n: number) => {
			const body = JSON.stringify({
				type: 'order.paid',
				data: {
					id: `P-${n}`,
					// Of three purchases, two have an address that an earlier one had.
					address: `buyer-${n % 3}@example.com`,
					lines: [{ id: '1', product: 'atlas', versions: { from: 8, to: 9 } }]
				}
			});
			const [id, at] = [`msg_${n}`, new Date()];
			const timestamp = `${Math.floor(at.getTime() / 1000)}`;
			return fetch(`${address}/v1/orders`, {
				method: 'POST',
				body,
				headers: {
					'content-type': 'application/json',
					'webhook-id': id,
					'webhook-timestamp': timestamp,
					'webhook-signature': webhook.sign(id, at, body)
				}
			});
		};
		for (let n = 0; n < ROUNDS; n++) {
			const committed = hub.committed();
			const answer = send(hub.address, n).then(
				({ status }) => status,
				() => 'cut' as const
			);
			await committed;
			await hub.end('SIGKILL');
			expect(await answer).toBe('cut');
			hub = await start();
			expect((await send(hub.address, n)).status).toBe(200);
		}
		await hub.end('SIGTERM');

		const store = await openEmbedded(data);
		const bought = await store.db.select().from(purchases);
		const lines = await store.db.select().from(orderLines);
		const events = await store.db.select().from(orderEvents);
		expect(bought).toHaveLength(ROUNDS);
		expect(new Set(bought.map(({ customerId }) => customerId)).size).toBe(Math.min(3, ROUNDS));
		expect(lines).toHaveLength(ROUNDS);
		expect(events.map(({ state, tries }) => ({ state, tries }))).toEqual(
			events.map(() => ({ state: 'done', tries: 1 }))
		);
		for (const { id } of bought)
			expect(await store.db.select().from(licenses).where(eq(licenses.purchase, id))).toHaveLength(
				1
			);
		await store.close();
		countFaults('orders-killed', { faults: ROUNDS });
		rmSync(home, { recursive: true, force: true });
	}
);
