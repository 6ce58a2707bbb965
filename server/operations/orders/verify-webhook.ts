/**
 * Whether a webhook was signed by a store whose secret this hub has, and just now.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, "Verifying webhook authenticity"
 * @module
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';

/** Either way, by the hub's time. */
export const TOLERANCE_SECONDS = 5 * 60;

/** As many signatures as are looked at: a sender has two while its secrets change. */
const MOST_SIGNATURES = 10;

export type SignedWebhook = {
	headers: Pick<Headers, 'get'>;
	/** The bytes as they came: a second serialization signs another text. */
	body: Uint8Array;
};

export type WebhookRefusal = Refusal<'WEBHOOK_NOT_SIGNED' | 'WEBHOOK_TIME_OFF'>;

/** @returns `webhook-id` and the id of the secret that signed it. */
export function verifyWebhook(
	{ headers, body }: SignedWebhook,
	{ secrets, now }: { secrets: readonly { id: string; secret: string }[]; now: Seconds }
): { id: string; secretId: string } | WebhookRefusal {
	const id = headers.get('webhook-id');
	const timestamp = headers.get('webhook-timestamp');
	const signature = headers.get('webhook-signature');
	if (!id || !timestamp || !signature || !/^[\x21-\x7e]{1,200}$/.test(id))
		return refuse('WEBHOOK_NOT_SIGNED', {});
	const at = /^\d{1,11}$/.test(timestamp) ? Number(timestamp) : undefined;
	if (at === undefined) return refuse('WEBHOOK_NOT_SIGNED', {});
	const given = signature
		.split(' ')
		.slice(0, MOST_SIGNATURES)
		.filter((each) => each.startsWith('v1,'))
		.map((each) => Buffer.from(each.slice('v1,'.length), 'base64'));
	const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
	let signedBy: string | undefined;
	// All of them, whichever fits: how long it takes tells nothing.
	for (const { id: secretId, secret } of secrets) {
		const mac = createHmac('sha256', keyOf(secret)).update(content).digest();
		for (const each of given)
			if (each.length === mac.length && timingSafeEqual(each, mac)) signedBy = secretId;
	}
	if (signedBy === undefined) return refuse('WEBHOOK_NOT_SIGNED', {});
	if (Math.abs(now - at) > TOLERANCE_SECONDS)
		return refuse('WEBHOOK_TIME_OFF', { sentAt: at, hubTime: now });
	return { id, secretId: signedBy };
}

function keyOf(secret: string): Buffer {
	return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
