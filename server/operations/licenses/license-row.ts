/**
 * A license as desks mirror it.
 *
 * @module
 */
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { licenseKeyFile } from './license-key.ts';

/**
 * @param withKey - Whether the reader's role may see the license key.
 * @param names - What those are called who wrote its note; without them it is nobody's.
 */
export function licenseRow(
	hub: Hub,
	row: LicenseRecord,
	{
		customer,
		withKey,
		names
	}: { customer: string; withKey: boolean; names?: ReadonlyMap<string, string> }
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
		purchase: row.purchase ?? undefined,
		virtualMachines: terms.pol.vm,
		givenFingerprints: terms.pol.given,
		deskSeats: row.deskSeats,
		offlineShare: row.offlineShare ?? undefined,
		allotmentDays: row.allotmentDays,
		contact: terms.contact,
		note: row.note ? { ...row.note, by: names?.get(row.note.by) ?? '' } : undefined,
		key: withKey ? licenseKeyFile(hub, row) : undefined,
		revision: row.revision
	};
}
