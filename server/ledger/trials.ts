/**
 * Machines that had a trial: of one product a machine has one, whatever customer it is asked for. [TR1]
 *
 * @module
 */
import { and, asc, inArray, type SQL } from 'drizzle-orm';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import { among } from '#server/db/among.ts';
import type { Transaction } from '#server/db/database.ts';
import { insertOf } from '#server/db/rows.ts';
import { products } from '#server/db/schema/catalog.ts';
import { trials } from '#server/db/schema/requests.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { PlacedRequest } from '#server/ledger/held/ask.ts';
import { hashesOf } from '#server/ledger/held/held-activations.ts';
import type { HeldActivation, Ledger, PastTrialOf } from '#server/ledger/held/ledger.ts';

/**
 * Reads the trials of machines alike. Two customers may ask for one machine at once, and neither sees
 * the other's license: the product's row is locked, so that they come one after the other. Whoever
 * should wait in a circle for it is tried again, like any writer.
 */
export async function readTrials(
	tx: Transaction,
	{ licenses, trials: known }: Ledger,
	asks: readonly PlacedRequest[]
): Promise<void> {
	const asked = asks.flatMap(({ licenseId, request }) => {
		const license = licenses.get(licenseId);
		return license && license.trialDays !== null
			? [{ product: license.product, fp: request.claims.fp }]
			: [];
	});
	if (asked.length === 0) return;
	const slugs = [...new Set(asked.map(({ product }) => product))];
	await tx
		.select({ slug: products.slug })
		.from(products)
		.where(inArray(products.slug, slugs))
		.orderBy(asc(products.slug))
		.for('no key update');
	const hashes = [...new Set(asked.flatMap(({ fp }) => hashesOf(fp)))];
	const rows = await tx
		.selectDistinct({
			product: trials.product,
			licenseId: trials.licenseId,
			fp: trials.fp,
			startedAt: trials.startedAt
		})
		.from(trials)
		.where(and(inArray(trials.product, slugs), among(trials.hash, hashes)));
	known.push(...rows);
}

/** Trials of the product under other licenses: under its own a machine may ask again. */
export function otherTrials(
	{ trials: known }: Ledger,
	{ product, licenseId }: LicenseRecord
): PastTrialOf[] {
	return known.filter((row) => row.product === product && row.licenseId !== licenseId);
}

/** A machine that is granted a seat of a trial is known as one that had it, within this transaction too. */
export function noteTrial(
	{ hub, trials: known }: Ledger,
	{ product, licenseId, trialDays }: LicenseRecord,
	{ fp }: { fp: Fingerprint }
): void {
	if (trialDays !== null) known.push({ product, licenseId, fp, startedAt: hub.now() });
}

/** A license key says nothing of when a trial began: after a restore its files do. [TR1, SY6] */
export function noteTrialEnd(
	{ licenses, changed }: Ledger,
	{ licenseId, expiresAt }: HeldActivation
): void {
	const license = licenses.get(licenseId);
	if (!license || license.trialDays === null || expiresAt === null) return;
	license.expiresAt = Math.max(license.expiresAt ?? 0, expiresAt);
	changed.licenses.add(licenseId);
}

/** However an activation came into the ledger: granted, changed, or brought back after a restore. */
export function writeTrials({ licenses, changed, held }: Ledger): SQL[] {
	const rows = [...changed.activations].flatMap((act) => rowsOf(licenses, held.get(act)!));
	return insertOf(trials, rows, { onKnown: [] });
}

function rowsOf(
	licenses: ReadonlyMap<string, LicenseRecord>,
	{ act, licenseId, fp, grantedAt: startedAt }: HeldActivation
): (typeof trials.$inferInsert)[] {
	const license = licenses.get(licenseId);
	if (!license || license.trialDays === null) return [];
	const { product } = license;
	return hashesOf(fp).map((hash) => ({ product, hash, act, licenseId, fp, startedAt }));
}
