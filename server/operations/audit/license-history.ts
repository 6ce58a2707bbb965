/**
 * What has happened to one license, as its customer's people read it: by whom, and what it says, without
 * addresses and without what is the vendor's alone. [P7]
 *
 * @module
 */
import type { AuditFacts } from '#lib/domain/audit/audit.ts';
import type { HistoryEntry, LicenseHistory } from '#lib/protocol/audit.ts';
import type { Database } from '#server/db/database.ts';
import { searchAudit } from './search-audit.ts';

const PAGE = 50;

/** @param before - Entries before this `n`. */
export async function licenseHistory(
	db: Database,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	before?: number
): Promise<LicenseHistory> {
	const asked = { customerId, license: licenseId, before, limit: PAGE };
	const { entries, next } = await searchAudit(db, asked);
	return {
		entries: entries.map(({ n, at, action, actor, person, label, facts }) => {
			const entry: HistoryEntry = { n, at, action };
			if (person) entry.by = person.name;
			else if (actor === 'hub' || actor === 'carrier' || actor === 'operator') entry.actor = actor;
			if (label !== undefined) entry.label = label;
			const said = saidIn(facts);
			if (said !== undefined) entry.said = said;
			return entry;
		}),
		...(next !== undefined && { next })
	};
}

/** What somebody wrote or switched. */
function saidIn({ value, entitlement }: AuditFacts): string | undefined {
	if (typeof value !== 'string' || value === '') return undefined;
	return typeof entitlement === 'string' ? `${entitlement}: ${value}` : value;
}
