/**
 * An activation as desks mirror it.
 *
 * @module
 */
import { anchorsOf } from '#lib/domain/machine.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import type { activations } from '#server/db/schema/ledger.ts';

export function activationRow(row: typeof activations.$inferSelect): ActivationRow {
	return {
		id: row.act,
		customerId: row.customerId,
		licenseId: row.licenseId,
		label: row.label ?? undefined,
		name: row.name,
		generation: row.gen,
		state: row.state,
		coolsUntil: row.coolsUntil ?? undefined,
		grantedAt: row.grantedAt,
		expiresAt: row.expiresAt ?? undefined,
		request: row.request,
		parts: anchorsOf(row.fp),
		changes: row.changes ?? undefined,
		twin: row.twin ?? undefined,
		revision: row.revision
	};
}
