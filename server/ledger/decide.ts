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
	Placed,
	PlacedAllotment,
	PlacedClose,
	PlacedDraw,
	PlacedRequest,
	PlacedReservation,
	PlacedReturn
} from './ask.ts';
import type { RequestAnswer, SignedToken } from './answer.ts';
import type { DrawAnswer } from './answer-draw.ts';
import { recordClose } from './close-allotment.ts';
import { decideRequest } from './decide-request.ts';
import { recordReturn, type Receipt } from './give-back.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open.ts';
import type { Wanted } from './read-ledger.ts';
import { recordDraw } from './record-draw.ts';
import { reserve } from './reserve.ts';
import { findRevocations } from './revocations.ts';
import { closeLedger } from './close.ts';
import { serveWaiting } from './serve-waiting.ts';

/** What became of each. */
export type Decided = {
	answers: ReadonlyMap<PlacedRequest, RequestAnswer>;
	/** Of returns, those that requests carry included. */
	receipts: ReadonlyMap<PlacedReturn, Receipt>;
	/** A draw's answer, or the "no" that its machine is told. */
	draws: ReadonlyMap<PlacedDraw, DrawAnswer>;
	/** Allotments, as they were signed. */
	reserved: ReadonlyMap<PlacedReservation, SignedToken | Refusal>;
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
	placed: readonly Placed[]
): Promise<Decided> {
	const opened: { share: Share; ledger: Ledger }[] = [];
	// All licenses before any customer: the order of locks. [SY4]
	for (const share of sharesOf(placed)) {
		const ledger = await openLedger(hub, writing, wantedBy(share));
		opened.push({ share, ledger });
	}
	const answers = new Map<PlacedRequest, RequestAnswer>();
	const receipts = new Map<PlacedReturn, Receipt>();
	const draws = new Map<PlacedDraw, DrawAnswer>();
	const news = new Set<PlacedClose | PlacedAllotment>();
	const reserved = new Map<PlacedReservation, SignedToken | Refusal>();
	for (const { share, ledger } of opened) {
		for (const each of share.draws) draws.set(each, await recordDraw(ledger, each));
		for (const each of share.blocks)
			if (each.kind === 'close' ? recordClose(ledger, each) : findAgain(ledger, each))
				news.add(each);
	}
	for (const { share, ledger } of opened)
		for (const each of share.returns) receipts.set(each, await recordReturn(ledger, each));
	for (const { share, ledger } of opened) {
		// A machine that gives its seat back in its own request takes it before those who wait. [RE1]
		const own = share.requests.toSorted(
			(one, other) => Number(isCarrying(other)) - Number(isCarrying(one))
		);
		const carrying = own.filter(isCarrying).length;
		const revocations = await findRevocations(writing.tx, ledger);
		for (const [at, ask] of own.entries()) {
			if (at === carrying) await serveWaiting(writing.tx, ledger);
			const answer = await decideRequest(ledger, ask);
			const carried = ask.returns.map((each) => receipts.get(each)!);
			answers.set(ask, {
				...answer,
				revocation: revocations.get(ask.licenseId),
				receipts: carried.length > 0 ? carried : undefined
			});
		}
		if (carrying === own.length) await serveWaiting(writing.tx, ledger);
		for (const each of share.reservations)
			reserved.set(each, await reserve(writing.tx, ledger, each));
		await closeLedger(writing, ledger);
	}
	return { answers, receipts, draws, reserved, news };
}

/** What is decided in the ledger of one customer. */
type Share = {
	customerId: string;
	requests: PlacedRequest[];
	returns: PlacedReturn[];
	draws: PlacedDraw[];
	/** Allotments first: a close may be of one of them. */
	blocks: (PlacedAllotment | PlacedClose)[];
	reservations: PlacedReservation[];
};

/** In the order of the customers' ids. What others carry comes after what came by itself. */
function sharesOf(placed: readonly Placed[]): Share[] {
	const carried = placed.flatMap((each) => (each.kind === 'request' ? each.returns : []));
	const drawn = [...placed, ...carried].flatMap((each) =>
		each.kind === 'return' ? (each.draw ?? []) : []
	);
	const byCustomer = Map.groupBy([...placed, ...carried, ...drawn], (each) => each.customerId);
	return [...byCustomer.keys()].sort().map((customerId) => {
		const own = byCustomer.get(customerId)!;
		return {
			customerId,
			requests: own.filter((each) => each.kind === 'request'),
			returns: own.filter((each) => each.kind === 'return'),
			draws: own.filter((each) => each.kind === 'draw'),
			blocks: [
				...own.filter((each) => each.kind === 'allotment'),
				...own.filter((each) => each.kind === 'close')
			],
			reservations: own.filter((each) => each.kind === 'reservation')
		};
	});
}

function wantedBy(share: Share): Wanted & { customerId: string } {
	const { customerId, requests, returns, draws, blocks, reservations } = share;
	return {
		customerId,
		asks: requests,
		leaving: returns.map(({ proof: { activation }, licenseId }) => ({
			act: activation.act,
			licenseId,
			way: 'return',
			request: activation.req
		})),
		alike: draws.map(({ licenseId, claims: { fp } }) => ({ licenseId, fp })),
		requests: draws.map(({ claims }) => claims.req),
		acts: draws.map(({ claims }) => claims.act),
		blocks: [...draws, ...blocks].map(({ allotment }) => allotment.claims.jti),
		licenseIds: [...draws, ...blocks, ...reservations].map(({ licenseId }) => licenseId)
	};
}

function isCarrying({ returns }: PlacedRequest): boolean {
	return returns.length > 0;
}
