/**
 * `POST /v1/orders`: what a store has sold or refunded, signed by Standard Webhooks. [OR1]
 *
 * @module
 */
import * as z from 'zod';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { jsonContent, refused } from '#server/http/json-content.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import { orderEvent } from '#server/operations/orders/order-event.ts';
import { receiveEvent } from '#server/operations/orders/receive-event.ts';
import { noteSecretUsed, openStoreSecrets } from '#server/operations/orders/store-secrets.ts';
import { verifyWebhook } from '#server/operations/orders/verify-webhook.ts';
import { security, type Endpoint } from './endpoint.ts';

const answer = z.strictObject({
	purchase: z.string().describe('The purchase ID.'),
	licenses: z.array(
		z.strictObject({
			line: z.string().describe('Id of the line.'),
			number: z.string().describe('Number of the license that it made or changed.'),
			outcome: z.enum(['made', 'extended', 'added-seats']),
			refundedAt: z.int().optional().describe('Since then the license is suspended.')
		})
	)
});

export const postOrders: Endpoint = {
	method: 'post',
	path: '/v1/orders',
	operation: {
		operationId: 'receiveOrder',
		summary: 'Tell of an order that was paid or refunded (stores).',
		description:
			'Signed as Standard Webhooks 1.0 says: webhook-id, webhook-timestamp and webhook-signature over the ' +
			'bytes of the body, under a secret of this hub. Each line is carried out once, by its purchase ID and ' +
			'its id, however often and in whatever order events come. What is signed well and cannot be carried ' +
			'out is kept: it is tried again when it is sent again, or by the staff of the vendor.',
		security: security.none,
		requestBody: { required: true, content: jsonContent(orderEvent) },
		responses: {
			200: {
				description: 'What became of every line of the purchase.',
				content: jsonContent(answer)
			},
			default: refused
		}
	},
	handler:
		({ hub, limiter, addressOf }) =>
		async (context) => {
			const { raw } = context.req;
			const language = languageOf(raw.headers);
			const decline = (refusal: Refusal) => {
				hub.onRefusal?.(refusal.refused);
				return problem(refusal, { language });
			};
			const limited = await limiter.byAddress(addressOf(context));
			if (limited) return decline(limited);
			const body = new Uint8Array(await raw.arrayBuffer());
			const secrets = await openStoreSecrets(hub);
			const signed = verifyWebhook({ headers: raw.headers, body }, { secrets, now: hub.now() });
			if (isRefusal(signed)) return decline(signed);
			const text = new TextDecoder().decode(body);
			const result = await receiveEvent(hub, { id: signed.id, body: text });
			await noteSecretUsed(hub, signed.secretId);
			if (isRefusal(result)) return decline(result);
			return Response.json(result, { headers: { 'cache-control': 'no-store' } });
		}
};
