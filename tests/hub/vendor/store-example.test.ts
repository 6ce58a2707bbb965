/** `examples/store` as its own process between Stripe and a hub: what is signed as Stripe signs becomes a license, once. */
import { createHmac } from 'node:crypto';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OrderPage } from '#lib/protocol/orders.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../../fixtures/empty-database.ts';
import type { Demo } from '../../fixtures/running-hub.ts';

const example = resolve(import.meta.dirname, '../../../examples/store');
const STRIPE_SECRET = 'whsec_of_the_endpoint_at_Stripe';
let home: string;
let hub: Running;
let demo: Demo;
let store: ChildProcessByStdio<null, Readable, null>;
let address: string;

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-store-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	hub = await serve({ data, port: 0, demo: true });
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
	const { email, password } = demo.users.find(({ role }) => role === 'admin')!;
	const signedIn = await send('/auth/sign-in/email', { email, password });
	const cookie = signedIn.headers
		.getSetCookie()
		.map((each) => each.split(';')[0]!)
		.join('; ');
	const made = await send('/rpc/order.addSecret', { name: 'Stripe' }, { cookie });
	const { result } = (await made.json()) as { result: { data: { secret: string } } };
	store = spawn(process.execPath, [join(example, 'server.ts')], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {
			...process.env,
			PORT: '0',
			KEYFERRY_HUB: hub.url,
			KEYFERRY_ORDER_SECRET: result.data.secret,
			STRIPE_WEBHOOK_SECRET: STRIPE_SECRET
		}
	});
	address = await new Promise<string>((resolve, reject) => {
		let said = '';
		store.once('exit', (code) => reject(new Error(`the store ended with ${code}`)));
		store.stdout.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			const port = /Listening on port (\d+)/.exec(said)?.[1];
			if (port) resolve(`http://127.0.0.1:${port}/`);
		});
	});
});
afterAll(async () => {
	store.removeAllListeners('exit');
	store.kill();
	await hub.close();
	rmSync(home, { recursive: true, force: true });
});

const send = (path: string, body: object, headers: Record<string, string> = {}) =>
	fetch(`${hub.url}${path}`, {
		method: 'POST',
		headers: {
			'x-keyferry': '1',
			origin: hub.url,
			'content-type': 'application/json',
			...headers
		},
		body: JSON.stringify(body)
	});
const bearer = () => ({ authorization: `Bearer ${demo.token}` });
const ask = async <T>(procedure: string, input: object): Promise<T> => {
	const query = new URLSearchParams({ input: JSON.stringify(input) });
	const answer = await fetch(`${hub.url}/rpc/${procedure}?${query.toString()}`, {
		headers: { 'x-keyferry': '1', ...bearer() }
	});
	return ((await answer.json()) as { result: { data: T } }).result.data;
};
const listed = async () => (await ask<OrderPage>('order.list', {})).orders;
const sample = (name: string) =>
	JSON.parse(readFileSync(join(example, 'samples', `${name}.json`), 'utf8')) as {
		id: string;
		data: { object: Record<string, unknown> };
	};

/** As Stripe signs and sends. */
function post(event: object, { secret = STRIPE_SECRET, age = 0 } = {}) {
	const body = JSON.stringify(event, undefined, 2);
	const at = Math.floor(Date.now() / 1000) - age;
	const mac = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
	const signature = `t=${at},v1=${mac},v0=${'0'.repeat(64)}`;
	return fetch(address, { method: 'POST', body, headers: { 'stripe-signature': signature } });
}

test('[OR1] what is not signed by Stripe, or a while ago, is told to nobody', async () => {
	const paid = sample('checkout.session.completed');
	expect((await post(paid, { secret: 'whsec_of_somebody_else' })).status).toBe(400);
	expect((await post(paid, { age: 3600 })).status).toBe(400);
	expect((await fetch(address, { method: 'POST', body: JSON.stringify(paid) })).status).toBe(400);
	expect(await listed()).toEqual([]);
});

test('[OR1] a checkout that was paid becomes a license, once; its refund suspends it', async () => {
	const paid = sample('checkout.session.completed');
	const refunded = sample('charge.refunded');
	// The product says no versions yet: the hub does not take it, and Stripe will send it again.
	expect((await post(paid)).status).toBe(502);
	const defaults = { versions: { from: 5, to: 5 } };
	const told = await send('/rpc/product.change', { slug: 'harbor-backup', defaults }, bearer());
	expect(told.status).toBe(200);
	expect((await post(paid)).status).toBe(200);
	expect((await post(paid)).status).toBe(200);

	const unpaid = { ...paid.data.object, id: 'cs_test_unpaid', payment_status: 'unpaid' };
	expect((await post({ ...paid, id: 'evt_unpaid', data: { object: unpaid } })).status).toBe(200);
	const partly = { object: { ...refunded.data.object, refunded: false, amount_refunded: 1 } };
	expect((await post({ ...refunded, id: 'evt_partly', data: partly })).status).toBe(200);

	const find = async () => {
		const search = String(paid.data.object.payment_intent);
		return (await ask<{ licenses: LicenseRow[] }>('license.list', { search })).licenses;
	};
	const [license, ...others] = await find();
	expect(others).toEqual([]);
	expect(license).toMatchObject({
		customer: 'Example Bakery',
		product: 'harbor-backup',
		seats: 4,
		purchaseLine: paid.data.object.id
	});
	expect(license!.suspendedAt).toBeUndefined();
	expect((await listed()).map(({ id, state }) => [id, state])).toEqual([[paid.id, 'done']]);

	expect((await post(refunded)).status).toBe(200);
	expect((await find())[0]!.suspendedAt).toBeDefined();
});
