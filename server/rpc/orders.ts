/** What stores tell of: listed and tried again by staff; their secrets, looked after by admins. [OR1] */
import * as z from 'zod';
import type { OrderResult } from '#lib/domain/vendor/order.ts';
import type { FoundOrder, ListedStoreSecret, OrderPage } from '#lib/protocol/orders.ts';
import { changeOrderAddress } from '#server/operations/orders/change-address.ts';
import { findOrder, listOrders } from '#server/operations/orders/list-orders.ts';
import { replayEvent } from '#server/operations/orders/receive-event.ts';
import {
	addStoreSecret,
	endStoreSecret,
	listStoreSecrets
} from '#server/operations/orders/store-secrets.ts';
import { accountEmail, id, instant, text } from './inputs.ts';
import { orThrow, routerOf, vendorMay } from './procedures.ts';

const state = z.enum(['failed', 'done']);
const eventId = z.string().min(1).max(200);

const look = vendorMay('license.change');
const manageSecrets = vendorMay('hub.settings');

export const orderRouter = routerOf({
	list: look
		.input(
			z.strictObject({
				search: text.optional(),
				state: state.optional(),
				after: z.strictObject({ state, receivedAt: instant, id: eventId }).optional(),
				limit: z.int().min(1).max(200).optional()
			})
		)
		.query(({ ctx, input }): Promise<OrderPage> => listOrders(ctx.hub, input)),
	find: look
		.input(z.strictObject({ id: eventId }))
		.query(async ({ ctx, input }): Promise<FoundOrder> =>
			orThrow(await findOrder(ctx.hub, input.id))
		),
	replay: look
		.input(z.strictObject({ id: eventId }))
		.mutation(async ({ ctx, input }): Promise<OrderResult> =>
			orThrow(await replayEvent(ctx.hub, input.id))
		),
	changeAddress: vendorMay('customer.change')
		.input(z.strictObject({ purchase: text, address: accountEmail }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await changeOrderAddress(hub, input, asker.userId));
			return null;
		}),
	secrets: manageSecrets.query(({ ctx }): Promise<ListedStoreSecret[]> =>
		listStoreSecrets(ctx.hub)
	),
	addSecret: manageSecrets
		.input(z.strictObject({ name: text }))
		.mutation(({ ctx: { hub, asker }, input }): Promise<{ id: string; secret: string }> =>
			addStoreSecret(hub, input.name, asker.userId)
		),
	endSecret: manageSecrets
		.input(z.strictObject({ id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await endStoreSecret(hub, input.id, asker.userId));
			return null;
		})
});
