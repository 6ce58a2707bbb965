/**
 * An activation as desks mirror it.
 *
 * @module
 */
import type { ChangedText } from '#lib/domain/licenses/change.ts';
import { anchorsOf } from '#lib/domain/machines/machine.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import type { activations } from '#server/db/schema/ledger.ts';

/** @param names - What those are called who changed its texts. */
export function activationRow(
	row: typeof activations.$inferSelect,
	names: ReadonlyMap<string, string> = new Map()
): ActivationRow {
	const { label, site } = row.texts ?? {};
	const named = (text: ChangedText | undefined) =>
		text && { ...text, by: names.get(text.by) ?? '' };
	return {
		id: row.act,
		customerId: row.customerId,
		licenseId: row.licenseId,
		label: label?.value || (row.label ?? undefined),
		requestLabel: label?.value ? (row.label ?? undefined) : undefined,
		site: site?.value || row.said?.site,
		requestSite: site?.value ? row.said?.site : undefined,
		os: row.said?.os,
		version: row.said?.pv,
		texts: row.texts ? { label: named(label), site: named(site) } : undefined,
		name: row.name,
		generation: row.gen,
		state: row.state,
		coolsUntil: row.coolsUntil ?? undefined,
		grantedAt: row.grantedAt,
		heardAt: Math.max(row.grantedAt, row.heardAt ?? 0),
		expiresAt: row.expiresAt ?? undefined,
		overage: row.overage || undefined,
		request: row.request,
		parts: anchorsOf(row.fp),
		changes: row.changes ?? undefined,
		twin: row.twin ?? undefined,
		revision: row.revision
	};
}
