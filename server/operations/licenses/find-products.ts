/**
 * The products that licenses are of, by slug.
 *
 * @module
 */
import { inArray } from 'drizzle-orm';
import type { Database } from '#server/db/database.ts';
import { products } from '#server/db/schema/catalog.ts';

/** No licenses, no statement. */
export async function findProducts(
	db: Database,
	licenses: readonly { product: string }[]
): Promise<ReadonlyMap<string, typeof products.$inferSelect>> {
	const slugs = [...new Set(licenses.map(({ product }) => product))];
	if (slugs.length === 0) return new Map();
	const rows = await db.select().from(products).where(inArray(products.slug, slugs));
	return new Map(rows.map((row) => [row.slug, row]));
}
