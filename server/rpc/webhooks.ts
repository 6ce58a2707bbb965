/** Other servers that the hub tells of events; looked after by admins. [WH1] */
import * as z from 'zod';
import { webhookKinds } from '#lib/domain/vendor/webhook.ts';
import type { DeliveryPage, ListedWebhook } from '#lib/protocol/webhooks.ts';
import { listDeliveries, replayDelivery } from '#server/operations/webhooks/deliveries.ts';
import {
	addWebhook,
	changeWebhook,
	listWebhooks,
	removeWebhook
} from '#server/operations/webhooks/endpoints.ts';
import { id, instant } from './inputs.ts';
import { orThrow, routerOf, vendorMay } from './procedures.ts';

const manage = vendorMay('hub.settings');
const url = z.url().max(500);
const kinds = z.array(z.enum(webhookKinds)).min(1).max(webhookKinds.length);
const event = z.string().min(1).max(200);

export const webhookRouter = routerOf({
	list: manage.query(({ ctx }): Promise<ListedWebhook[]> => listWebhooks(ctx.hub)),
	add: manage
		.input(z.strictObject({ url, kinds: kinds.default([...webhookKinds]) }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<{ id: string; secret: string }> =>
			orThrow(await addWebhook(hub, input, asker.userId))
		),
	change: manage
		.input(
			z.strictObject({
				id,
				url: url.optional(),
				kinds: kinds.optional(),
				isOn: z.boolean().optional(),
				newSecret: z.literal(true).optional()
			})
		)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<{ secret?: string }> =>
			orThrow(await changeWebhook(hub, input, asker.userId))
		),
	remove: manage
		.input(z.strictObject({ id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await removeWebhook(hub, input.id, asker.userId));
			return null;
		}),
	log: manage
		.input(
			z.strictObject({
				webhook: id.optional(),
				state: z.enum(['waiting', 'sent', 'failed']).optional(),
				after: z.strictObject({ at: instant, event, webhook: id }).optional(),
				limit: z.int().min(1).max(200).optional()
			})
		)
		.query(({ ctx, input }): Promise<DeliveryPage> => listDeliveries(ctx.hub, input)),
	replay: manage
		.input(z.strictObject({ webhook: id, event }))
		.mutation(async ({ ctx, input }): Promise<null> => {
			orThrow(await replayDelivery(ctx.hub, input));
			return null;
		})
});
