/**
 * Receives webhooks of Stripe and tells a hub what was paid and refunded. It keeps nothing: what the hub
 * does not take is answered with an error, and Stripe sends it again, for three days.
 *
 * @module
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFromStripe, orderOf, type StripeEvent } from './stripe.ts';
import { tellHub } from './tell-hub.ts';

/** Bytes: no event of Stripe is as long. */
const LONGEST = 1 << 20;

const {
	KEYFERRY_HUB: address,
	KEYFERRY_ORDER_SECRET: secret,
	STRIPE_WEBHOOK_SECRET,
	PORT = '4242'
} = process.env;
if (!address || !secret || !STRIPE_WEBHOOK_SECRET) {
	console.error(
		'Set KEYFERRY_HUB, KEYFERRY_ORDER_SECRET and STRIPE_WEBHOOK_SECRET: see README.md.'
	);
	process.exit(1);
}
const hub = { address, secret };

const server = createServer((request, response) => {
	answer(request)
		.catch((error: unknown): Answer => {
			console.error(error);
			return [502, 'the hub cannot be reached'];
		})
		.then(([status, text]) => {
			response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
		}, console.error);
});
server.listen(Number(PORT), () => {
	console.log(`Listening on port ${(server.address() as AddressInfo).port}.`);
});

type Answer = [status: number, text: string];

async function answer(request: IncomingMessage): Promise<Answer> {
	if (request.method !== 'POST') return [405, 'webhooks are posted'];
	const body = await read(request);
	if (body === undefined) return [413, 'too long'];
	const header = String(request.headers['stripe-signature'] ?? '');
	const now = Date.now() / 1000;
	if (!isFromStripe({ header, body }, { secret: STRIPE_WEBHOOK_SECRET!, now }))
		return [400, 'not signed by Stripe'];
	const event = JSON.parse(body) as StripeEvent;
	const order = orderOf(event);
	if (!order) return [200, 'nothing to tell'];
	const told = await tellHub(hub, event.id, order);
	console.log(`${event.id} ${event.type}: ${told.status} ${await told.text()}`);
	return told.ok ? [200, 'told'] : [502, 'the hub did not take it'];
}

async function read(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > LONGEST) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}
