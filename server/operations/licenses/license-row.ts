/**
 * A license as desks mirror it.
 *
 * @module
 */
import { graceDaysOf } from '#lib/domain/licenses/license.ts';
import { allowedOf } from '#lib/domain/licenses/switch.ts';
import type { LicenseRow, LicenseSwitch } from '#lib/protocol/rows.ts';
import type { products } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { licenseKeyFile } from './license-key.ts';

/** What is shown of a license, its key aside: whoever reads many reads no more than this. */
export const shownColumns = {
	customerId: licenses.customerId,
	licenseId: licenses.licenseId,
	number: licenses.number,
	product: licenses.product,
	terms: licenses.terms,
	seats: licenses.seats,
	active: licenses.active,
	reserved: licenses.reserved,
	cooling: licenses.cooling,
	expiresAt: licenses.expiresAt,
	suspendedAt: licenses.suspendedAt,
	frozenAt: licenses.frozenAt,
	successor: licenses.successor,
	upgradedTo: licenses.upgradedTo,
	upgradedFrom: licenses.upgradedFrom,
	trialDays: licenses.trialDays,
	purchase: licenses.purchase,
	purchaseLine: licenses.purchaseLine,
	deskSeats: licenses.deskSeats,
	offlineShare: licenses.offlineShare,
	allotmentDays: licenses.allotmentDays,
	switches: licenses.switches,
	note: licenses.note,
	kid: licenses.kid,
	revision: licenses.revision
};

/** A license's row, as far as it is shown. */
type ShownRecord = Pick<LicenseRecord, keyof typeof shownColumns | 'sealedKey'>;

type CatalogProduct = typeof products.$inferSelect;

/**
 * @param withKey - Whether the reader's role may see the license key.
 * @param product - As the catalog has it.
 * @param names - What those are called who wrote its note or switched something; without them it is nobody's.
 */
export function licenseRow(
	hub: Hub,
	row: ShownRecord,
	{
		customer,
		withKey,
		product,
		names
	}: {
		customer: string;
		withKey: boolean;
		product?: CatalogProduct;
		names?: ReadonlyMap<string, string>;
	}
): LicenseRow {
	const { terms } = row;
	return {
		id: row.licenseId,
		customerId: row.customerId,
		customer,
		number: row.number,
		product: row.product,
		title: terms.title,
		edition: terms.ed,
		entitlements: terms.ent,
		seats: row.seats,
		counts: { active: row.active, reserved: row.reserved, cooling: row.cooling },
		clients: terms.clients,
		versions: terms.ver,
		maintainedUntil: terms.mnt,
		expiresAt: row.expiresAt ?? undefined,
		suspendedAt: row.suspendedAt ?? undefined,
		frozenAt: row.frozenAt ?? undefined,
		successor: row.successor ?? undefined,
		upgradedTo: row.upgradedTo ?? undefined,
		upgradedFrom: row.upgradedFrom ?? undefined,
		trialDays: row.trialDays ?? undefined,
		graceDays: graceDaysOf(terms),
		purchase: row.purchase ?? undefined,
		purchaseLine: row.purchaseLine ?? undefined,
		virtualMachines: terms.pol.vm,
		givenFingerprints: terms.pol.given,
		deskSeats: row.deskSeats,
		offlineShare: row.offlineShare ?? undefined,
		allotmentDays: row.allotmentDays,
		contact: terms.contact,
		switches: switchesOf(row, product, names),
		storeUrl: product?.storeUrl ?? undefined,
		pricingUrl: product?.pricingUrl ?? undefined,
		note: row.note ? { ...row.note, by: names?.get(row.note.by) ?? '' } : undefined,
		key: withKey ? licenseKeyFile(hub, row) : undefined,
		revision: row.revision
	};
}

/** What the license allows, the catalog leaves to customers, or was switched when it did. [P7] */
function switchesOf(
	{ terms, switches: held }: ShownRecord,
	product: CatalogProduct | undefined,
	names?: ReadonlyMap<string, string>
): LicenseSwitch[] | undefined {
	const switched = held ?? {};
	const catalog = new Map(product?.entitlements.map((each) => [each.code, each]));
	const shown = allowedOf(terms.ent, switched).filter(
		(code) => catalog.get(code)?.switch ?? Object.hasOwn(switched, code)
	);
	if (shown.length === 0) return undefined;
	return shown.map((code) => {
		const { title = code, since } = catalog.get(code) ?? {};
		const changed = Object.hasOwn(switched, code) ? switched[code] : undefined;
		return {
			code,
			title,
			since,
			isOn: terms.ent.includes(code),
			changed: changed && { ...changed, by: names?.get(changed.by) ?? '' }
		};
	});
}

/** User ids of those who wrote the notes of these licenses, or switched something of them. */
export function authorsOf(rows: readonly ShownRecord[]): string[] {
	return rows.flatMap(({ note, switches }) =>
		[note?.by ?? [], Object.values(switches ?? {}).map(({ by }) => by)].flat()
	);
}
