/**
 * Sends an order to a hub, signed by Standard Webhooks.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @module
 */
import { createHmac } from 'node:crypto';

export type Hub = {
	/** For example `https://licenses.example.com`. */
	address: string;
	/** What `keyferry order secret add` has printed: `whsec_…`. */
	secret: string;
};

/** @param id - The same for the same event, however often it is sent. */
export function tellHub({ address, secret }: Hub, id: string, order: object): Promise<Response> {
	const body = JSON.stringify(order);
	const at = Math.floor(Date.now() / 1000);
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
	return fetch(new URL('/v1/orders', address), {
		method: 'POST',
		body,
		headers: {
			'content-type': 'application/json',
			'webhook-id': id,
			'webhook-timestamp': String(at),
			'webhook-signature': `v1,${signature}`
		},
		signal: AbortSignal.timeout(15_000)
	});
}
