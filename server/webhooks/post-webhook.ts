/**
 * One event to one server, signed as Standard Webhooks says. Nothing is followed that it leads to, and nothing
 * of its answer is read but the status. [WH1]
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @module
 */
import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Seconds } from '#lib/domain/time.ts';
import { isPublicAddress, lookupPublic, PrivateAddress } from './public-address.ts';

/** From the name server to the status. */
const PATIENCE_MS = 15_000;

export type SignedEvent = {
	/** Of the event. */
	id: string;
	body: string;
	/** `whsec_…` */
	secret: string;
	now: Seconds;
};

/** @returns Whether an address can be one that events are sent to; a name is looked up as they are. */
export function isReachable(address: string, { lan = false }: { lan?: boolean }): boolean {
	const url = URL.parse(address);
	if (!url || url.username !== '' || url.password !== '') return false;
	if (lan) return url.protocol === 'https:' || url.protocol === 'http:';
	const host = hostOf(url);
	return url.protocol === 'https:' && (isIP(host) === 0 || isPublicAddress(host));
}

/**
 * @param lan - Private addresses and plain HTTP as well.
 * @returns The status that it answered with.
 * @throws where there was none in time.
 */
export async function postWebhook(
	address: string,
	{ id, body, secret, now }: SignedEvent,
	{ lan = false }: { lan?: boolean }
): Promise<number> {
	if (!isReachable(address, { lan })) throw new PrivateAddress(address);
	const url = new URL(address);
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	const signature = createHmac('sha256', key).update(`${id}.${now}.${body}`).digest('base64');
	const options: https.RequestOptions = {
		method: 'POST',
		// None is kept open: where a name leads is looked at each time.
		agent: false,
		...(!lan && { lookup: lookupPublic }),
		signal: AbortSignal.timeout(PATIENCE_MS),
		headers: {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			'user-agent': 'Keyferry',
			'webhook-id': id,
			'webhook-timestamp': String(now),
			'webhook-signature': `v1,${signature}`
		}
	};
	return new Promise((resolve, reject) => {
		const call =
			url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
		call.on('error', reject);
		call.on('response', (response) => {
			resolve(response.statusCode ?? 0);
			response.destroy();
		});
		call.end(body);
	});
}

function hostOf({ hostname }: URL): string {
	return hostname.replace(/^\[(.*)\]$/, '$1');
}
