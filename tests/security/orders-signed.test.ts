/**
 * Who may tell a hub of orders: whoever signs with one of its secrets, just now, and nobody else.
 */
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderEvents } from '#server/db/schema/orders.ts';
import type { Store } from '#server/db/store.ts';
import { v1 } from '#server/rest/v1/v1.ts';
import { addStoreSecret, endStoreSecret } from '#server/operations/orders/store-secrets.ts';
import { defaultLimits, makeLimiter } from '#server/http/rate-limit.ts';
import { makeSlots } from '#server/http/slots.ts';
import { makeTestHub, type TestHub } from '../fixtures/hub.ts';
import { makeEmbeddedStore } from '../fixtures/stores.ts';

const body = JSON.stringify({
	type: 'order.paid',
	data: {
		id: 'P-2026-0042',
		address: 'demo@example.com',
		name: 'Example GmbH',
		lines: [{ id: '1', product: 'atlas', versions: { from: 8, to: 9 } }]
	}
});

let store: Store;
let made: TestHub;
let app: ReturnType<typeof v1>;
let first: { id: string; secret: string };
let second: { id: string; secret: string };

beforeAll(async () => {
	store = await makeEmbeddedStore();
	made = await makeTestHub(store);
	first = await addStoreSecret(made.hub, 'Example store', 'admin');
	second = await addStoreSecret(made.hub, 'Example store, next', 'admin');
	app = v1({
		hub: made.hub,
		limiter: makeLimiter(defaultLimits),
		slots: makeSlots(),
		findAsker: () => Promise.resolve(undefined),
		findAuthor: () => Promise.resolve(undefined),
		addressOf: () => '192.0.2.1'
	});
});
afterAll(() => store.close());

type Sent = { secret?: string; at?: number; text?: string; id?: string; headers?: object };

/** Signed by the library that stores use. */
async function post({ secret = first.secret, at = made.clock.now, text = body, ...sent }: Sent) {
	const { id = 'msg_1' } = sent;
	const signature = new Webhook(secret).sign(id, new Date(at * 1000), body);
	const headers = {
		'content-type': 'application/json',
		'webhook-id': id,
		'webhook-timestamp': `${at}`,
		'webhook-signature': signature,
		...sent.headers
	};
	const answer = await app.request('/v1/orders', { method: 'POST', headers, body: text });
	const { code } = (await answer.json()) as { code?: string };
	return { status: answer.status, code };
}

const unsigned = { status: 401, code: 'WEBHOOK_NOT_SIGNED' };
const late = { status: 401, code: 'WEBHOOK_TIME_OFF' };

test('[OR1] what nobody has signed is refused, and nothing of it is kept', async () => {
	expect(await post({ text: body.replace('0042', '0043') })).toEqual(unsigned);
	expect(await post({ id: 'msg_1', headers: { 'webhook-id': 'msg_2' } })).toEqual(unsigned);
	expect(await post({ headers: { 'webhook-timestamp': `${made.clock.now - 1}` } })).toEqual(
		unsigned
	);
	expect(await post({ headers: { 'webhook-timestamp': 'now' } })).toEqual(unsigned);
	expect(await post({ headers: { 'webhook-signature': '' } })).toEqual(unsigned);
	expect(await post({ headers: { 'webhook-signature': 'v1,' } })).toEqual(unsigned);
	expect(await post({ secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` })).toEqual(
		unsigned
	);
	const large = { status: 413, code: 'BODY_TOO_LARGE' };
	expect(await post({ text: `${body}${' '.repeat(300 * 1024)}` })).toEqual(large);
	expect(await store.db.select().from(orderEvents)).toEqual([]);
});

test('[OR1] five minutes either way by the time of the hub, and no more', async () => {
	const { now } = made.clock;
	expect(await post({ at: now - 301 })).toEqual(late);
	expect(await post({ at: now + 301 })).toEqual(late);
	expect(await store.db.select().from(orderEvents)).toEqual([]);
	expect(await post({ at: now - 300 })).toEqual({ status: 200 });
	expect(await post({ at: now + 300 })).toEqual({ status: 200 });
	expect(await store.db.select().from(orderEvents)).toHaveLength(1);
});

test('[OR1] two secrets count while one follows the other, and an ended one does not', async () => {
	const { now } = made.clock;
	const both = [first, second]
		.map(({ secret }) => new Webhook(secret).sign('msg_1', new Date(now * 1000), body))
		.join(' ');
	expect(await post({ secret: second.secret })).toEqual({ status: 200 });
	expect(await post({ headers: { 'webhook-signature': `v1a,x ${both}` } })).toEqual({
		status: 200
	});
	await endStoreSecret(made.hub, first.id, 'admin');
	expect(await post({ secret: first.secret })).toEqual(unsigned);
	expect(await post({ headers: { 'webhook-signature': both } })).toEqual({ status: 200 });
});

test('[OR1] a secret lies sealed in the database', async () => {
	const rows = JSON.stringify(await store.db.execute('select * from order_secret'));
	expect(rows).not.toContain(second.secret.slice('whsec_'.length));
});
