/** The catalog, and who licenses are issued to: for the vendor's people. */
import * as z from 'zod';
import { isVersion } from '#lib/domain/version.ts';
import type { ListedProduct } from '#lib/protocol/catalog.ts';
import { addProduct, changeProduct } from '#server/operations/catalog/save-product.ts';
import { listProducts } from '#server/operations/catalog/list-products.ts';
import { addCustomer } from '#server/operations/catalog/add-customer.ts';
import { changeCustomer } from '#server/operations/catalog/change-customer.ts';
import { importCustomers } from '#server/operations/catalog/import-customers.ts';
import { keepCustomer } from '#server/operations/catalog/keep-customer.ts';
import { listCustomers, type CustomerPage } from '#server/operations/catalog/list-customers.ts';
import {
	code,
	amount,
	days,
	email,
	id,
	importOf,
	longText,
	name,
	text,
	versions,
	webAddress
} from './inputs.ts';
import { orThrow, routerOf, vendorMay } from './procedures.ts';

const entitlements = z
	.array(
		z.strictObject({
			code,
			title: name,
			switch: z.literal(true).optional(),
			since: z.string().max(64).refine(isVersion).optional(),
			included: z.literal(true).optional()
		})
	)
	.max(64);

const defaults = z.strictObject({
	edition: text.optional(),
	seats: amount.optional(),
	clients: amount.optional(),
	versions: versions.optional(),
	maintenanceDays: days.optional(),
	expiryDays: days.optional()
});

const product = z.strictObject({
	slug: code,
	title: name,
	contact: text,
	isServer: z.boolean().optional(),
	storeUrl: webAddress.optional(),
	pricingUrl: webAddress.optional(),
	entitlements: entitlements.optional(),
	defaults: defaults.optional()
});

const productChange = product.partial().extend({
	slug: code,
	// `null` takes the address away.
	storeUrl: webAddress.nullable().optional(),
	pricingUrl: webAddress.nullable().optional(),
	archived: z.boolean().optional()
});

export const productRouter = routerOf({
	add: vendorMay('catalog.change')
		.input(product)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await addProduct(hub, input, asker.userId));
			return null;
		}),
	change: vendorMay('catalog.change')
		.input(productChange)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await changeProduct(hub, input, asker.userId));
			return null;
		}),
	list: vendorMay('catalog.change').query(({ ctx }): Promise<ListedProduct[]> =>
		listProducts(ctx.hub)
	)
});

const contacts = z.array(email).max(20);

const customer = z.strictObject({
	name,
	contacts: contacts.optional(),
	note: longText.optional()
});

const customerChange = customer
	.partial()
	.extend({ customerId: id, archived: z.boolean().optional() });

const customerQuestion = z.strictObject({
	id: id.optional(),
	search: text.optional(),
	name: text.optional(),
	archived: z.boolean().optional(),
	after: z.strictObject({ name: text, id }).optional(),
	limit: z.int().min(1).max(500).optional()
});

export const customerRouter = routerOf({
	add: vendorMay('customer.change')
		.input(customer)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<{ id: string; name: string }> =>
			orThrow(await addCustomer(hub, input, asker.userId))
		),
	import: vendorMay('customer.change')
		.input(importOf(z.strictObject({ name, contacts, note: longText })))
		.mutation(({ ctx: { hub, asker }, input }): Promise<('imported' | 'known')[]> =>
			importCustomers(hub, input, asker.userId)
		),
	change: vendorMay('customer.change')
		.input(customerChange)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await changeCustomer(hub, input, asker.userId));
			return null;
		}),
	list: vendorMay('customer.change')
		.input(customerQuestion)
		.query(({ ctx, input }): Promise<CustomerPage> => listCustomers(ctx.hub, input)),
	keep: vendorMay('customer.change')
		.input(z.strictObject({ customerId: id, keep: z.boolean() }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await keepCustomer(hub, input, asker.userId));
			return null;
		})
});
