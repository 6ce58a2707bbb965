/**
 * Ledger rows in the shape that desks mirror.
 *
 * @module
 */
import { anchorsOf } from '#lib/domain/machine.ts';
import type { ActivationRow, AnswerRow, LicenseRow, ReceiptRow } from '#lib/protocol/rows.ts';
import type { activations, giveBacks, requests } from '#server/db/schema/ledger.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import { answerFile, type SignedToken } from '#server/ledger/answer.ts';
import type { Hub } from '#server/hub/hub.ts';

/** @param withKey - Whether the reader's role may see the license key. */
export function licenseRow(
	hub: Hub,
	row: LicenseRecord,
	{ customer, withKey }: { customer: string; withKey: boolean }
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
		virtualMachines: terms.pol.vm,
		givenFingerprints: terms.pol.given,
		deskSeats: row.deskSeats,
		allotmentDays: row.allotmentDays,
		contact: terms.contact,
		key: withKey ? licenseKey(hub, row) : undefined,
		revision: row.revision
	};
}

/** The license key as a `.kflic` file. */
export function licenseKey(hub: Hub, row: LicenseRecord): string {
	return answerFile(hub, { kid: row.kid, token: hub.seal.open(row.sealedKey, row.licenseId) });
}

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
		revision: row.revision
	};
}

/** A request's row, and the newest file of the activation where the request is its newest. [O7] */
export type AnsweredRequest = {
	request: typeof requests.$inferSelect;
	newest: SignedToken | null;
	/** While it waits for a seat. */
	waitingUntil: number | null;
};

/** @param revocation - Rides in files of its license. [FI8] */
export function answerRow(
	hub: Hub,
	{ request: row, newest, waitingUntil }: AnsweredRequest,
	revocation: SignedToken | undefined
): AnswerRow {
	return {
		request: row.request,
		customerId: row.customerId,
		licenseId: row.licenseId,
		state: row.state,
		waitingUntil: waitingUntil ?? undefined,
		file: answerFile(hub, { ...(newest ?? { kid: row.kid, token: row.token }), revocation }),
		revision: row.revision
	};
}

export function receiptRow(
	hub: Hub,
	row: typeof giveBacks.$inferSelect,
	revocation: SignedToken | undefined
): ReceiptRow[] {
	const { act, customerId, licenseId, kid, token, revision } = row;
	if (kid === null || token === null) return [];
	const file = answerFile(hub, { kid, token, revocation });
	return [{ act, customerId, licenseId, file, revision }];
}
