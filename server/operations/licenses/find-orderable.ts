/**
 * What a new license is made of: a product of the catalog and the customer that it is for.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { customers, products } from '#server/db/schema/catalog.ts';
import type { Database, Transaction } from '#server/db/database.ts';

export type Orderable = {
	product: typeof products.$inferSelect;
	customer: typeof customers.$inferSelect;
};

/** @returns `ARCHIVED` where nothing new is issued of the one or to the other. */
export async function findOrderable(
	db: Database | Transaction,
	{ product: slug, customerId }: { product: string; customerId: string }
): Promise<Orderable | Refusal<'NOT_FOUND' | 'ARCHIVED'>> {
	const [product] = await db.select().from(products).where(eq(products.slug, slug));
	if (!product) return refuse('NOT_FOUND', { what: `product ${slug}` });
	if (product.archivedAt !== null)
		return refuse('ARCHIVED', { what: 'product', name: product.title });
	const [customer] = await db.select().from(customers).where(eq(customers.customerId, customerId));
	if (!customer) return refuse('NOT_FOUND', { what: `customer ${customerId}` });
	if (customer.archivedAt !== null)
		return refuse('ARCHIVED', { what: 'customer', name: customer.name });
	return { product, customer };
}
