/**
 * Licenses that somebody may see, in the order in which they were issued, page by page.
 *
 * @module
 */
import { and, asc, eq, gt, ilike, inArray, isNotNull, like, or, sql, type SQL } from 'drizzle-orm';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { Database } from '#server/db/database.ts';
import { namesOf } from '#server/db/names.ts';
import { customers, directory, products } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { orderLines, purchases } from '#server/db/schema/orders.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { findProducts } from './find-products.ts';
import { authorsOf, licenseRow } from './license-row.ts';

export type LicenseQuestion = {
	/** Part of a number, a purchase ID, a product's slug or a customer's name, of any case. */
	search?: string;
	customerId?: string;
	/** Only those that a site server can serve clients by, and that the asker may activate it for. [GL2] */
	forSiteServers?: boolean;
	/** Id of the last license of the page before. */
	after?: string;
	limit?: number;
};

export type LicensePage = { licenses: LicenseRow[]; next?: string };

const PAGE = 200;

export async function listLicenses(
	hub: Hub,
	{ search, customerId, forSiteServers = false, after, limit = PAGE }: LicenseQuestion,
	asker: Asker
): Promise<LicensePage> {
	const action = forSiteServers ? 'activation.request' : 'customer.read';
	const own = [...asker.roles.keys()].filter((id) => may(asker, action, id));
	if (!asker.vendor && own.length === 0) return { licenses: [] };
	const rows = await hub.db
		.select({ license: licenses, customer: customers.name })
		.from(licenses)
		.innerJoin(customers, eq(customers.customerId, licenses.customerId))
		.where(
			and(
				asker.vendor ? undefined : inArray(licenses.customerId, own),
				customerId === undefined ? undefined : eq(licenses.customerId, customerId),
				forSiteServers ? isNotNull(sql`${licenses.terms}->'clients'`) : undefined,
				after === undefined ? undefined : gt(licenses.licenseId, after),
				search === undefined ? undefined : await matching(hub, search)
			)
		)
		.orderBy(asc(licenses.licenseId))
		.limit(limit + 1);
	const page = rows.slice(0, limit);
	return {
		licenses: await rowsFor(asker, hub, page),
		next: rows.length > limit ? page.at(-1)?.license.licenseId : undefined
	};
}

/** Few enough to be looked up by their ids. Of more, a page is full after a short way through all. */
const FEW = 500;

/** What a number is written in: see `src/lib/domain/licenses/license-number.ts`. */
const NUMBER_PART = /^[0-9A-HJKMNP-TV-Z-]+$/;

/**
 * A license is wide: names, numbers and products are searched where they stand in narrow rows, and the
 * licenses that are meant are then read by index.
 */
async function matching({ db }: Hub, search: string): Promise<SQL | undefined> {
	const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
	const upper = search.toUpperCase();
	const [named, numbered, called, bought] = await Promise.all([
		db
			.select({ id: customers.customerId })
			.from(customers)
			.where(ilike(customers.name, part))
			.limit(FEW + 1),
		NUMBER_PART.test(upper)
			? db
					.select({ id: directory.licenseId })
					.from(directory)
					.where(and(like(directory.key, 'KF-%'), like(directory.key, `%${upper}%`)))
					.limit(FEW + 1)
			: [],
		db.select({ slug: products.slug }).from(products).where(ilike(products.slug, part)),
		boughtBy(db, part)
	]);
	return or(
		named.length > FEW ? ilike(customers.name, part) : inArray(licenses.customerId, idsOf(named)),
		numbered.length > FEW
			? like(licenses.number, `%${upper}%`)
			: inArray(licenses.licenseId, idsOf(numbered)),
		bought.length > FEW
			? ilike(licenses.purchase, part)
			: inArray(licenses.licenseId, idsOf(bought)),
		called.length === 0
			? undefined
			: inArray(
					licenses.product,
					called.map(({ slug }) => slug)
				)
	);
}

/** Made or changed by such a purchase, and still its customer's. [OR1] */
function boughtBy(db: Database, part: string): Promise<{ id: string }[]> {
	const { customerId, licenseId } = orderLines;
	return db
		.select({ id: licenses.licenseId })
		.from(purchases)
		.innerJoin(
			orderLines,
			and(eq(customerId, purchases.customerId), eq(orderLines.purchaseId, purchases.id))
		)
		.innerJoin(
			licenses,
			and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId))
		)
		.where(ilike(purchases.id, part))
		.limit(FEW + 1);
}

function idsOf(rows: readonly { id: string }[]): string[] {
	return rows.map(({ id }) => id);
}

/** One license that the asker may see. */
export async function showLicense(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	asker: Asker
): Promise<LicenseRow> {
	const [found] = await hub.db
		.select({ license: licenses, customer: customers.name })
		.from(licenses)
		.innerJoin(customers, eq(customers.customerId, licenses.customerId))
		.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	if (!found) throw new Error(`license ${licenseId} is in the directory alone`);
	const [row] = await rowsFor(asker, hub, [found]);
	return row!;
}

async function rowsFor(
	asker: Asker,
	hub: Hub,
	found: readonly { license: typeof licenses.$inferSelect; customer: string }[]
): Promise<LicenseRow[]> {
	const all = found.map(({ license }) => license);
	const catalog = await findProducts(hub.db, all);
	const names = await namesOf(hub.db, authorsOf(all));
	return found.map(({ license, customer }) => {
		const withKey = may(asker, 'license.keys', license.customerId);
		const product = catalog.get(license.product);
		return licenseRow(hub, license, { customer, withKey, product, names });
	});
}
