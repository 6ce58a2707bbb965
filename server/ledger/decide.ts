/**
 * Deciding activation requests: load, decide, sign and save in one transaction, under a lock on
 * each license. [SE2] Many requests are decided together as cheaply as one.
 *
 * @module
 */
import type { Writing } from '#server/db/writing.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { findAgain } from './adopt-allotment.ts';
import type {
	Ask,
	PlacedAllotment,
	PlacedClose,
	PlacedDraw,
	PlacedReservation,
	PlacedReturn
} from './ask.ts';
import type { Answer, Signed } from './answer.ts';
import { recordClose } from './close-allotment.ts';
import { decideOne } from './decide-request.ts';
import { recordReturn, type Receipt } from './give-back.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open.ts';
import { recordDraw, type DrawAnswer } from './record-draw.ts';
import { reserve } from './reserve.ts';
import { findRevocations } from './revocations.ts';
import { closeLedger } from './close.ts';
import { serveWaiting } from './serve-waiting.ts';

/** What is decided in one transaction. */
export type Brought = {
	asks?: readonly Ask[];
	returns?: readonly PlacedReturn[];
	draws?: readonly PlacedDraw[];
	closes?: readonly PlacedClose[];
	allotments?: readonly PlacedAllotment[];
	reservations?: readonly PlacedReservation[];
};

export type Decided = {
	/** For each ask, in their order; alike for what follows. */
	answers: Answer[];
	receipts: Receipt[];
	/** What became of each draw: its answer, or the "no" that its machine is told. */
	drawn: DrawAnswer[];
	/** Allotments, as they were signed. */
	reserved: (Signed | Refusal)[];
	/** Closes and allotments that said something new. */
	news: ReadonlySet<PlacedClose | PlacedAllotment>;
};

/**
 * Facts first: draws, those that returns carry included, closes, then returns, those that requests
 * carry included: a machine that was repaired gives its old seat back and takes a new one in one
 * file. [MA3, MA4, SY10] Machines that ask come before blocks for desks.
 */
export async function decideTogether(
	hub: Hub,
	writing: Writing,
	{ asks = [], returns = [], draws = [], closes = [], allotments = [], reservations = [] }: Brought
): Promise<Decided> {
	const leaving = [...returns, ...asks.flatMap((ask) => ask.returns ?? [])];
	const asksOf = Map.groupBy(asks, ({ customerId }) => customerId);
	const returnsOf = Map.groupBy(leaving, ({ customerId }) => customerId);
	const drawsOf = Map.groupBy(
		[...draws, ...leaving.flatMap(({ draw }) => draw ?? [])],
		({ customerId }) => customerId
	);
	const closesOf = Map.groupBy([...allotments, ...closes], ({ customerId }) => customerId);
	const reservationsOf = Map.groupBy(reservations, ({ customerId }) => customerId);
	const all = [asksOf, returnsOf, drawsOf, closesOf, reservationsOf];
	const customerIds = [...new Set(all.flatMap((of) => [...of.keys()]))].sort();
	const ledgers: Ledger[] = [];
	// All licenses before any customer: the order of locks. [SY4]
	for (const customerId of customerIds) {
		const wanted = {
			asks: asksOf.get(customerId) ?? [],
			leaving: (returnsOf.get(customerId) ?? []).map(leavingOf),
			...meantBy(drawsOf.get(customerId) ?? []),
			blocks: [...(drawsOf.get(customerId) ?? []), ...(closesOf.get(customerId) ?? [])].map(
				({ allotment }) => allotment.claims.jti
			),
			licenseIds: [drawsOf, closesOf, reservationsOf].flatMap((of) =>
				(of.get(customerId) ?? []).map(({ licenseId }) => licenseId)
			)
		};
		ledgers.push(await openLedger(hub, writing, customerId, wanted));
	}
	const receipts = new Map<PlacedReturn, Receipt>();
	const answers = new Map<Ask, Answer>();
	const drawn = new Map<PlacedDraw, DrawAnswer>();
	const news = new Set<PlacedClose | PlacedAllotment>();
	const reserved = new Map<PlacedReservation, Signed | Refusal>();
	for (const ledger of ledgers) {
		for (const each of drawsOf.get(ledger.customerId) ?? [])
			drawn.set(each, await recordDraw(hub, ledger, each));
		for (const each of closesOf.get(ledger.customerId) ?? [])
			if (each.kind === 'close' ? recordClose(ledger, each) : findAgain(ledger, each))
				news.add(each);
	}
	for (const ledger of ledgers)
		for (const each of returnsOf.get(ledger.customerId) ?? [])
			receipts.set(each, await recordReturn(hub, ledger, each));
	for (const ledger of ledgers) {
		// A machine that gives its seat back in its own request takes it before those who wait. [RE1]
		const own = (asksOf.get(ledger.customerId) ?? []).toSorted(
			(one, other) => Number(isCarrying(other)) - Number(isCarrying(one))
		);
		const carrying = own.filter(isCarrying).length;
		const revocations = await findRevocations(writing.tx, ledger);
		for (const [at, ask] of own.entries()) {
			if (at === carrying) await serveWaiting(writing.tx, ledger);
			const answer = await decideOne(hub, ledger, ask);
			const carried = ask.returns?.map((each) => receipts.get(each)!);
			answers.set(ask, {
				...answer,
				revocation: revocations.get(ask.licenseId),
				...(carried?.length && { receipts: carried })
			});
		}
		if (carrying === own.length) await serveWaiting(writing.tx, ledger);
		for (const each of reservationsOf.get(ledger.customerId) ?? [])
			reserved.set(each, await reserve(hub, writing.tx, ledger, each));
		await closeLedger(writing, ledger);
	}
	return {
		answers: asks.map((ask) => answers.get(ask)!),
		receipts: returns.map((each) => receipts.get(each)!),
		drawn: draws.map((each) => drawn.get(each)!),
		reserved: reservations.map((each) => reserved.get(each)!),
		news
	};
}

function meantBy(draws: readonly PlacedDraw[]) {
	return {
		alike: draws.map(({ licenseId, claims: { fp } }) => ({ licenseId, fp })),
		requests: draws.map(({ claims }) => claims.req),
		acts: draws.map(({ claims }) => claims.act)
	};
}

function isCarrying({ returns = [] }: Ask): boolean {
	return returns.length > 0;
}

function leavingOf({ proof, licenseId }: PlacedReturn) {
	const { act, req: request } = proof.activation;
	return { act, licenseId, way: 'return' as const, request };
}
