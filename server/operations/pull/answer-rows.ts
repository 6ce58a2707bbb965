/**
 * Answers and receipts as desks mirror them.
 *
 * @module
 */
import type { AnswerRow, ReceiptRow } from '#lib/protocol/rows.ts';
import type { giveBacks } from '#server/db/schema/ledger.ts';
import type { requests } from '#server/db/schema/requests.ts';
import type { Hub } from '#server/hub/hub.ts';
import { answerFile, type SignedToken } from '#server/ledger/held/answer.ts';

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
