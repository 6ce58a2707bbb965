/**
 * A store that tells a hub of what it has sold, as stores do: signed by the library that they use.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { OrderLine } from '#lib/domain/vendor/order.ts';
import type { RunningHub } from '../fixtures/running-hub.ts';
import { expect } from './fixtures.ts';

export type Purchase = {
	id: string;
	address: string;
	name?: string;
	lines: OrderLine[];
};

export type Store = {
	/** @returns The number of each license, by the id of its line. */
	sells: (purchase: Purchase) => Promise<Record<string, string>>;
	/** The same, signed by somebody else. @returns The code of the refusal. */
	forges: (purchase: Purchase) => Promise<string | undefined>;
};

/** Whose secret the hub's admin makes. */
export async function openStore({ address, demo }: RunningHub): Promise<Store> {
	const { email, password } = demo.users.find(({ role }) => role === 'admin')!;
	const headers = { 'content-type': 'application/json', origin: address, 'x-keyferry': '1' };
	const post = (path: string, body: object, more: object = {}) =>
		fetch(address + path, {
			method: 'POST',
			headers: { ...headers, ...more },
			body: JSON.stringify(body)
		});
	const signedIn = await post('/auth/sign-in/email', { email, password });
	const cookie = signedIn.headers
		.getSetCookie()
		.map((each) => each.split(';')[0])
		.join('; ');
	const made = await post('/rpc/order.addSecret', { name: 'Example store' }, { cookie });
	expect(made.status).toBe(200);
	const { result } = (await made.json()) as { result: { data: { secret: string } } };

	const send = (data: Purchase, secret: string) => {
		const body = JSON.stringify({ type: 'order.paid', data });
		const [id, at] = [`evt_${randomUUID()}`, new Date()];
		return fetch(`${address}/v1/orders`, {
			method: 'POST',
			body,
			headers: {
				'content-type': 'application/json',
				'webhook-id': id,
				'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
				'webhook-signature': new Webhook(secret).sign(id, at, body)
			}
		});
	};
	return {
		sells: async (purchase) => {
			const answer = await send(purchase, result.data.secret);
			const said = (await answer.json()) as { licenses: { line: string; number: string }[] };
			expect(answer.status, JSON.stringify(said)).toBe(200);
			return Object.fromEntries(said.licenses.map(({ line, number }) => [line, number]));
		},
		forges: async (purchase) => {
			const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
			return ((await (await send(purchase, other)).json()) as { code?: string }).code;
		}
	};
}
