/**
 * A block of seats for one desk: all of it is reserved first, then signed for the desk's key, in one
 * transaction. The id of the command that asks is the allotment's, so a repeat is the same one. [AL1]
 *
 * @module
 */
import { and, eq, or } from 'drizzle-orm';
import { decideReservation, type AllotmentTimes } from '#lib/domain/seats/allotment.ts';
import { fileExpiry, judgeLicense, termsInOrder, withGrace } from '#lib/domain/licenses/license.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { signToken } from '#lib/signing/jws.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import type { Transaction } from '#server/db/database.ts';
import type { SignedToken } from '#server/ledger/held/answer.ts';
import type { PlacedReservation } from '#server/ledger/held/ask.ts';
import { licenseOf, type AllotmentRecord, type Ledger } from '#server/ledger/held/ledger.ts';
import { lockedLicense, setAside } from '#server/ledger/held/seats.ts';

/** The license must be loaded: its row is locked. [SE2] */
export async function reserve(
	tx: Transaction,
	ledger: Ledger,
	asked: PlacedReservation
): Promise<SignedToken | Refusal> {
	const license = lockedLicense(ledger, asked.licenseId);
	const known = await findKnown(tx, ledger, asked);
	const before = known.find(({ allotment }) => allotment === asked.id);
	if (before && (before.jkt !== asked.desk.jkt || before.licenseId !== asked.licenseId))
		return refuse('ALREADY_DONE', { id: asked.id });
	if (before) return again(ledger, before, asked);
	const keyEnded = ledger.hub.signer.ended();
	if (keyEnded) return keyEnded;
	const { jkt } = asked.desk;
	const ended = known.find((row) => row.jkt === jkt && row.endedBy !== null);
	if (ended) return refuse('ALLOTMENT_CLOSED', { allotment: ended.allotment, state: ended.state });

	const now = ledger.hub.now();
	const held = known.filter(
		({ userId, licenseId }) => userId === asked.userId && licenseId === asked.licenseId
	);
	const { terms, seats, deskSeats, offlineShare, allotmentDays, drawDays } = license;
	const times =
		judgeLicense(licenseOf(license), now) ??
		decideReservation({
			number: terms.num,
			contact: terms.contact,
			seats,
			counts: license,
			wanted: asked.seats,
			heldByPerson: held.reduce((sum, { reserved }) => sum + reserved, 0),
			policy: { deskSeats, offlineShare: offlineShare ?? undefined, allotmentDays, drawDays },
			expiresAt: fileExpiry(licenseOf(license), now),
			now
		});
	if (isRefusal(times)) return times;
	return sign(ledger, { asked, times });
}

/** Adopted after a restore, it is its desk's again. */
function again(
	{ blocks }: Ledger,
	before: AllotmentRecord,
	{ desk, userId }: PlacedReservation
): SignedToken {
	if (before.outbox === '') {
		const { outbox, name } = desk;
		blocks.allotments.set(before.allotment, { ...before, outbox, userId, desk: name });
		blocks.changed.add(before.allotment);
	}
	return { kid: before.kid, token: before.token };
}

async function sign(
	ledger: Ledger,
	{ asked, times: { issueUntil, filesUntil } }: { asked: PlacedReservation; times: AllotmentTimes }
): Promise<SignedToken> {
	const { hub, customerId, notes } = ledger;
	const { id, licenseId, desk, userId, seats: max, actor } = asked;
	const now = hub.now();
	const claims: Claims['allotment'] = {
		v: 1,
		jti: id,
		iat: now,
		iss: hub.iss,
		// What is drawn from it gives no grace. [GR1]
		...termsInOrder(withGrace(lockedLicense(ledger, licenseId).terms, undefined)),
		max,
		nbf: now,
		exp: issueUntil,
		fexp: filesUntil,
		cnf: { jwk: desk.jwk }
	};
	const signed = { kid: hub.signer.kid, token: await signToken('allotment', claims, hub.signer) };
	const block: AllotmentRecord = {
		customerId,
		allotment: id,
		licenseId,
		outbox: desk.outbox,
		jkt: desk.jkt,
		userId,
		desk: desk.name,
		max,
		reserved: 0,
		state: 'open',
		issueUntil,
		filesUntil,
		drawn: null,
		closeToken: null,
		endedBy: null,
		reason: null,
		endedAt: null,
		...signed,
		createdAt: now
	};
	setAside(ledger, block, max);
	notes.push({
		at: now,
		actor,
		action: 'allotment.reserved',
		subject: id,
		facts: { license: licenseId, seats: max, jkt: desk.jkt, issueUntil, filesUntil }
	});
	return signed;
}

/** Allotments of this customer that the desk or its person has or had, and the one of this very id. */
async function findKnown(
	tx: Transaction,
	{ customerId, blocks }: Ledger,
	{ id, userId, desk: { jkt } }: PlacedReservation
): Promise<AllotmentRecord[]> {
	const rows = await tx
		.select()
		.from(allotments)
		.where(
			and(
				eq(allotments.customerId, customerId),
				or(eq(allotments.allotment, id), eq(allotments.jkt, jkt), eq(allotments.userId, userId))
			)
		);
	// What this transaction has changed counts as it is now.
	const changed = [...blocks.allotments.values()].filter(
		(row) => row.allotment === id || row.jkt === jkt || row.userId === userId
	);
	const newer = new Set(changed.map(({ allotment }) => allotment));
	return [
		...rows.map(({ revision: _, ...row }) => row).filter(({ allotment }) => !newer.has(allotment)),
		...changed
	];
}
