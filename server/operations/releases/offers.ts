/**
 * What licenses may run: for members of their customers, and for whoever proves to hold one. [P8, RE2]
 *
 * @module
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { License } from '#lib/domain/licenses/license.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import {
	chooseVersion,
	judgeDownloads,
	offerReleases,
	type Artefact,
	type Platform,
	type Release
} from '#lib/domain/vendor/release.ts';
import type { LicenseOffer } from '#lib/protocol/releases.ts';
import { customers, directory, products } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { releases } from '#server/db/schema/releases.ts';
import { provesLicense, type LicenseProof } from '#server/hub/license-proof.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { readReleases } from './read-releases.ts';

/** Licenses of one answer. */
const MOST = 200;

/** A license with what its offer is made of. */
export type OfferedLicense = {
	license: typeof licenses.$inferSelect;
	customer: string;
	pricingUrl: string | null;
};

/** Licenses of products that have releases, as far as the asker may see them. */
export async function licensesWithReleases(
	{ db }: Hub,
	{ product }: { product?: string },
	asker: Asker
): Promise<OfferedLicense[]> {
	const own = [...asker.roles.keys()].filter((id) => may(asker, 'customer.read', id));
	if (!asker.vendor && own.length === 0) return [];
	const released = db.selectDistinct({ slug: releases.product }).from(releases);
	return selectLicenses(db)
		.where(
			and(
				asker.vendor ? undefined : inArray(licenses.customerId, own),
				product === undefined ? undefined : eq(licenses.product, product),
				inArray(licenses.product, released)
			)
		)
		.orderBy(asc(licenses.licenseId))
		.limit(MOST);
}

/** The one license of a number that the asker may see; else the answer of an unknown one. [RE2] */
export async function licenseForAsker(
	hub: Hub,
	number: string,
	asker: Asker | undefined
): Promise<OfferedLicense | Refusal<'LICENSE_NOT_FOUND'>> {
	const found = await licenseOfNumber(hub, number);
	return found && may(asker, 'customer.read', found.license.customerId)
		? found
		: refuse('LICENSE_NOT_FOUND', { number });
}

/** The one license of a number that somebody proves to hold; alike. */
export async function licenseForProof(
	hub: Hub,
	number: string,
	proof: LicenseProof
): Promise<OfferedLicense | Refusal<'LICENSE_NOT_FOUND'>> {
	const found = await licenseOfNumber(hub, number);
	return found && provesLicense(hub, found.license, proof)
		? found
		: refuse('LICENSE_NOT_FOUND', { number });
}

async function licenseOfNumber({ db }: Hub, number: string): Promise<OfferedLicense | undefined> {
	const [place] = await db.select().from(directory).where(eq(directory.key, number));
	if (!place) return undefined;
	const [found] = await selectLicenses(db).where(
		and(eq(licenses.customerId, place.customerId), eq(licenses.licenseId, place.licenseId))
	);
	return found;
}

const selectLicenses = (db: Hub['db']) =>
	db
		.select({ license: licenses, customer: customers.name, pricingUrl: products.pricingUrl })
		.from(licenses)
		.innerJoin(customers, eq(customers.customerId, licenses.customerId))
		.leftJoin(products, eq(products.slug, licenses.product));

/** What each of them may run, in their order. */
export async function offersOf(
	hub: Hub,
	found: readonly OfferedLicense[],
	platform?: Platform
): Promise<LicenseOffer[]> {
	const all = await readReleases(hub.db, [...new Set(found.map(({ license }) => license.product))]);
	return found.map((each) => offerOf(hub, each, { all, platform }));
}

function offerOf(
	hub: Hub,
	{ license, customer, pricingUrl }: OfferedLicense,
	{ all, platform }: { all: readonly Release[]; platform?: Platform }
): LicenseOffer {
	const { licenseId, number, product, terms } = license;
	const now = hub.now();
	const about = {
		licenseId,
		number,
		customer,
		product,
		title: terms.title,
		contact: terms.contact,
		pricingUrl: pricingUrl ?? undefined,
		maintainedUntil: terms.mnt
	};
	const refusal = judgeDownloads(licenseOf(license), now);
	if (refusal) return { ...about, refusal, newer: [], older: [] };
	const own = all.filter((each) => each.product === product);
	const { offered, newer, older } = offerReleases(own, terms, { platform, now });
	return {
		...about,
		offered,
		newer: newer.map(({ release: { version, releasedAt }, bars }) => ({
			version,
			releasedAt,
			bars
		})),
		older
	};
}

/** One file of a version, if this license may run it. */
export async function fileForLicense(
	hub: Hub,
	{ license }: OfferedLicense,
	{ version, file }: { version: string; file: string }
): Promise<{ release: Release; artefact: Artefact } | Refusal> {
	const release = await versionForLicense(hub, license, version);
	if (isRefusal(release)) return release;
	const artefact = release.artefacts.find(({ id }) => id === file);
	return artefact ? { release, artefact } : refuse('NOT_FOUND', { what: `file ${file}` });
}

/** The release of a version, if this license may run it. */
export async function versionForLicense(
	hub: Hub,
	license: OfferedLicense['license'],
	version: string
): Promise<Release | Refusal> {
	const now = hub.now();
	const { product, terms } = license;
	const refusal = judgeDownloads(licenseOf(license), now);
	if (refusal) return refusal;
	const all = await readReleases(hub.db, [product]);
	return chooseVersion(all, terms, { product, version, now });
}

function licenseOf(row: OfferedLicense['license']): License {
	return {
		terms: row.terms,
		seats: row.seats,
		expiresAt: row.expiresAt ?? undefined,
		suspendedAt: row.suspendedAt ?? undefined,
		frozenAt: row.frozenAt ?? undefined,
		successor: row.successor ?? undefined
	};
}
