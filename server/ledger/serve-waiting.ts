/**
 * Requests that wait for a seat: kept in the order in which they came, and granted in it, in the very
 * transaction that frees a seat. [RE1]
 *
 * @module
 */
import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import { judgeLicense } from '#lib/domain/licenses/license.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { waitingRequests } from '#server/db/schema/requests.ts';
import type { Transaction } from '#server/db/database.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { PlacedRequest } from '#server/ledger/held/ask.ts';
import { decideRequest } from './decide-request.ts';
import { licenseOf, type Ledger, type WaitingRecord } from '#server/ledger/held/ledger.ts';
import { readRequests } from '#server/ledger/held/find-rows.ts';
import { readKnown } from './read-ledger.ts';
import { lockedLicense } from '#server/ledger/held/seats.ts';
import { stopWaiting } from './waiting.ts';

/** Grants of one license that are read together. */
const BATCH = 100;

/** Who waits from now on joins; who was granted, withdrawn or adopted meanwhile leaves. */
export async function keepWaiting(tx: Transaction, ledger: Ledger): Promise<void> {
	const { requests, changed } = ledger;
	const joining = ledger.joining.splice(0);
	const isSomebodyWaiting = [...ledger.licenses.values()].some(({ waiting }) => waiting > 0);
	const left = [...changed.requests].filter(
		(id) => requests.get(id)?.state !== 'waiting' || joining.some(({ request }) => request === id)
	);
	if (isSomebodyWaiting) await leave(tx, ledger, left);
	const rows = joining.filter(({ request }) => requests.get(request)?.state === 'waiting');
	if (rows.length === 0) return;
	await tx.insert(waitingRequests).values(rows);
	for (const { licenseId } of rows) addToCount(ledger, licenseId, 1);
}

/**
 * Gives free seats to those who wait longest. A license under which nothing is granted keeps them
 * waiting, one that has moved to another customer refuses them, and so does one for what it no longer
 * covers.
 *
 * The licenses of the ledger are locked. [SE2]
 */
export async function serveWaiting(tx: Transaction, ledger: Ledger): Promise<void> {
	const { hub } = ledger;
	for (const row of ledger.licenses.values()) {
		if (row.waiting === 0) continue;
		await expire(tx, ledger, row);
		while (row.waiting > 0) {
			const limit = turnsOf(hub, row);
			const asks = limit > 0 ? await nextInTurn(tx, ledger, { row, limit }) : [];
			if (asks.length === 0) break;
			await readKnown(tx, ledger, asks);
			for (const ask of asks) await decideRequest(ledger, ask);
			await leave(
				tx,
				ledger,
				asks.map(({ request }) => request.claims.jti)
			);
		}
	}
}

/** So many may be decided now. Where seats will never be free again, all are told so. [SE7, KE1] */
function turnsOf(hub: Hub, row: LicenseRecord): number {
	if (hub.signer.ended()) return 0;
	const refusal = judgeLicense(licenseOf(row), hub.now());
	if (!refusal) return freeSeats(row.seats, row);
	return refusal.refused === 'LICENSE_MOVED' ? BATCH : 0;
}

async function nextInTurn(
	tx: Transaction,
	{ hub, customerId }: Ledger,
	{ row, limit }: { row: LicenseRecord; limit: number }
): Promise<PlacedRequest[]> {
	const rows = await tx
		.select()
		.from(waitingRequests)
		.where(
			and(
				eq(waitingRequests.customerId, customerId),
				eq(waitingRequests.licenseId, row.licenseId),
				gt(waitingRequests.until, hub.freeingTime())
			)
		)
		.orderBy(asc(waitingRequests.since), asc(waitingRequests.request))
		.limit(Math.min(limit, BATCH));
	return Promise.all(rows.map(askOf));
}

/** After thirty days a request is refused as before. Time counts only here. [CL3] */
async function expire(
	tx: Transaction,
	ledger: Ledger,
	{ licenseId }: LicenseRecord
): Promise<void> {
	const { hub, customerId } = ledger;
	const rows = await tx
		.select({ request: waitingRequests.request })
		.from(waitingRequests)
		.where(
			and(
				eq(waitingRequests.customerId, customerId),
				eq(waitingRequests.licenseId, licenseId),
				lte(waitingRequests.until, hub.freeingTime())
			)
		);
	if (rows.length === 0) return;
	const ids = rows.map(({ request }) => request);
	await readRequests(tx, ledger, ids);
	for (const request of ids)
		stopWaiting(ledger, { request, licenseId, actor: 'hub', action: 'request.expired' });
	await leave(tx, ledger, ids);
}

async function askOf({
	customerId,
	licenseId,
	token,
	actor
}: WaitingRecord): Promise<PlacedRequest> {
	const decoded = decodeToken(token);
	const request = isRefusal(decoded) ? decoded : await verifyRequest(decoded);
	// It was verified when it came.
	if (isRefusal(request)) throw new Error(`a waiting request is ${request.refused}`);
	return {
		kind: 'request',
		request,
		customerId,
		licenseId,
		actor,
		returns: [],
		intent: 'serve'
	};
}

async function leave(tx: Transaction, ledger: Ledger, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	const gone = await tx
		.delete(waitingRequests)
		.where(
			and(
				eq(waitingRequests.customerId, ledger.customerId),
				inArray(waitingRequests.request, [...ids])
			)
		)
		.returning({ licenseId: waitingRequests.licenseId });
	for (const { licenseId } of gone) addToCount(ledger, licenseId, -1);
}

function addToCount(ledger: Ledger, licenseId: string, by: number): void {
	lockedLicense(ledger, licenseId).waiting += by;
	ledger.changed.licenses.add(licenseId);
}
