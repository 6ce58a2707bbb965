/**
 * Licenses that a vendor sold before, each once, by what the vendor called it.
 * [IM1]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { and, inArray, ne } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import type { ImportedLicense } from '#lib/domain/licenses/imported-rows.ts';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { among } from '#server/db/among.ts';
import type { Database } from '#server/db/database.ts';
import { insertRows } from '#server/db/rows.ts';
import { customers, directory, importedLicenses, products } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { makeLicenseKey } from './license-key.ts';

/** What became of a row: imported now, or before under the same reference. */
export type RowOutcome = 'imported' | 'known' | Refusal<'NOT_FOUND' | 'ARCHIVED'>;

type Customer = typeof customers.$inferSelect;
type Product = typeof products.$inferSelect;
type Catalog = {
	customers: ReadonlyMap<string, Customer>;
	products: ReadonlyMap<string, Product>;
	known: ReadonlySet<string>;
};

/** What the vendor would say of a license of today that says nothing else. */
const POLICY = { k: 2, vm: true, given: false, graceMinutes: 15 };

/**
 * All rows of a customer in one transaction: interrupted, the same again imports what is not there yet.
 * Nobody is written to.
 *
 * @returns What became of each row, in their order. A dry run says the same and writes nothing.
 */
export async function importLicenses(
	hub: Hub,
	{ rows, dryRun }: { rows: readonly ImportedLicense[]; dryRun: boolean },
	actor: string
): Promise<RowOutcome[] | Refusal<'HUB_KEY_ENDED'>> {
	const ended = hub.signer.ended();
	if (ended) return ended;
	const catalog = await readCatalog(hub.db, rows);
	const outcomes = rows.map((row) => judge(row, catalog));
	const fresh = dryRun ? [] : rows.filter((_, at) => outcomes[at] === 'imported');
	for (const [name, own] of Map.groupBy(fresh, ({ customer }) => customer))
		await writing(hub.db, catalog.customers.get(name)!.customerId, (shell) =>
			add(hub, shell, { rows: own, catalog, actor })
		);
	return outcomes;
}

async function readCatalog(tx: Database, rows: readonly ImportedLicense[]): Promise<Catalog> {
	const all = (of: (row: ImportedLicense) => string) => [...new Set(rows.map(of))];
	const found = await tx
		.select()
		.from(customers)
		.where(
			and(
				among(
					customers.name,
					all(({ customer }) => customer)
				),
				ne(customers.customerId, VENDOR_ID)
			)
		);
	const sold = await tx
		.select()
		.from(products)
		.where(
			inArray(
				products.slug,
				all(({ product }) => product)
			)
		);
	const known = await tx
		.select({ reference: importedLicenses.reference })
		.from(importedLicenses)
		.where(
			among(
				importedLicenses.reference,
				all(({ reference }) => reference)
			)
		);
	return {
		customers: new Map(found.map((row) => [row.name, row])),
		products: new Map(sold.map((row) => [row.slug, row])),
		known: new Set(known.map(({ reference }) => reference))
	};
}

function judge(
	{ reference, customer: name, product: slug }: ImportedLicense,
	{ customers: byName, products: bySlug, known }: Catalog
): RowOutcome {
	if (known.has(reference)) return 'known';
	const customer = byName.get(name);
	if (!customer) return refuse('NOT_FOUND', { what: `customer ${name}` });
	if (customer.archivedAt !== null) return refuse('ARCHIVED', { what: 'customer', name });
	const product = bySlug.get(slug);
	if (!product) return refuse('NOT_FOUND', { what: `product ${slug}` });
	if (product.archivedAt !== null)
		return refuse('ARCHIVED', { what: 'product', name: product.title });
	return 'imported';
}

type Adding = { rows: readonly ImportedLicense[]; catalog: Catalog; actor: string };

async function add(hub: Hub, shell: Writing, { rows, catalog, actor }: Adding): Promise<void> {
	const at = hub.now();
	const made = await Promise.all(rows.map((row) => licenseOfRow(hub, row, catalog)));
	const revision = await shell.raiseRevision();
	const { customerId } = shell;
	await insertRows(
		shell.tx,
		directory,
		made.flatMap(({ licenseId, number }) =>
			[number, licenseId].map((key) => ({ key, customerId, licenseId }))
		)
	);
	await insertRows(
		shell.tx,
		importedLicenses,
		made.map(({ reference, licenseId }) => ({ reference, licenseId }))
	);
	await insertRows(
		shell.tx,
		licenses,
		made.map(({ reference: _, ...row }) => ({ ...row, createdAt: at, revision })),
		{ customerId }
	);
	for (const { licenseId, number, product, seats, expiresAt, reference } of made)
		shell.audit({
			at,
			actor,
			action: 'license.issued',
			subject: licenseId,
			facts: { number, product, seats, expiresAt, reference }
		});
}

async function licenseOfRow(
	hub: Hub,
	row: ImportedLicense,
	{ customers: byName, products: bySlug }: Catalog
) {
	const { seats, expiresAt, reference } = row;
	const [customer, product] = [byName.get(row.customer)!, bySlug.get(row.product)!];
	const [licenseId, number] = [uuidv7(), makeLicenseNumber(randomBytes(11))];
	const terms = {
		sub: licenseId,
		num: number,
		prd: product.slug,
		title: product.title,
		ed: row.edition,
		ent: row.entitlements,
		clients: row.clients,
		ver: row.versions,
		mnt: row.maintainedUntil,
		org: customer.name,
		contact: product.contact,
		pol: POLICY
	};
	const { kept } = await makeLicenseKey(hub, { terms, seats, expiresAt });
	const { customerId } = customer;
	const own = { customerId, licenseId, number, product: product.slug, terms };
	return { ...own, seats, ceiling: seats, expiresAt, reference, ...kept };
}
