/**
 * Products of the catalog. What is changed holds for licenses that are issued or renewed from then on:
 * those that are there carry their own terms.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Entitlement, LicenseDefaults } from '#lib/protocol/catalog.ts';
import { products } from '#server/db/schema/catalog.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

export type NewProduct = {
	/** Its name in files, for ever. */
	slug: string;
	title: string;
	/** Where a person asks the vendor. */
	contact: string;
	/** A product for site servers, whose license says how many clients may connect. */
	isServer?: boolean;
	storeUrl?: string;
	pricingUrl?: string;
	entitlements?: Entitlement[];
	defaults?: LicenseDefaults;
};

/** What is absent stays; an address may be taken away. */
export type ProductChange = Partial<Omit<NewProduct, 'slug' | 'storeUrl' | 'pricingUrl'>> & {
	storeUrl?: string | null;
	pricingUrl?: string | null;
	/** No new licenses are issued of an archived one. */
	archived?: boolean;
};

export async function addProduct(
	hub: Hub,
	product: NewProduct,
	actor: string
): Promise<Refusal<'NAME_TAKEN'> | undefined> {
	const { slug, title, entitlements = [] } = product;
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const [added] = await tx
			.insert(products)
			.values({ ...product, entitlements })
			.onConflictDoNothing()
			.returning({ slug: products.slug });
		if (!added) return refuse('NAME_TAKEN', { what: 'product', name: slug, id: slug });
		const note = { at: hub.now(), actor, subject: slug, facts: { title } };
		audit({ ...note, action: 'product.added' });
		return undefined;
	});
}

export async function changeProduct(
	hub: Hub,
	{ slug, archived, ...change }: ProductChange & { slug: string },
	actor: string
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	const at = hub.now();
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const [row] = await tx.select().from(products).where(eq(products.slug, slug)).for('update');
		if (!row) return refuse('NOT_FOUND', { what: `product ${slug}` });
		const archivedAt = archived === undefined ? row.archivedAt : archived ? at : null;
		await tx
			.update(products)
			.set({ ...change, archivedAt })
			.where(eq(products.slug, slug));
		const facts = { changed: Object.keys(change).join(' '), archived };
		audit({ at, actor, action: 'product.changed', subject: slug, facts });
		return undefined;
	});
}
