/**
 * The catalog, as the vendor's people see it.
 *
 * @module
 */
import { asc } from 'drizzle-orm';
import type { ListedProduct } from '#lib/protocol/catalog.ts';
import { products } from '#server/db/schema/catalog.ts';
import type { Hub } from '#server/hub/hub.ts';

/** By title, archived ones last. */
export async function listProducts({ db }: Hub): Promise<ListedProduct[]> {
	const rows = await db.select().from(products).orderBy(asc(products.title), asc(products.slug));
	const listed = rows.map(({ storeUrl, pricingUrl, archivedAt, ...row }) => ({
		...row,
		storeUrl: storeUrl ?? undefined,
		pricingUrl: pricingUrl ?? undefined,
		archivedAt: archivedAt ?? undefined
	}));
	const isArchived = ({ archivedAt }: ListedProduct) => archivedAt !== undefined;
	return [...listed.filter((each) => !isArchived(each)), ...listed.filter(isArchived)];
}
