/**
 * Deciding activation requests: load, decide, sign and save in one transaction, under a lock on
 * each license. [SE2] Many requests are decided together as cheaply as one.
 *
 * @module
 */
import type { Writing } from '#server/db/writing.ts';
import { isRefusal, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import { findAgain } from './adopt-allotment.ts';
import type {
	Placed,
	PlacedAllotment,
	PlacedChange,
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
import type { Brought } from './found-files.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open.ts';
import { lockMeant, readBrought, type Wanted } from './read-ledger.ts';
import { recordDraw } from './record-draw.ts';
import { reserve } from './reserve.ts';
import { findRevocations } from './revocations.ts';
import { changeTexts } from './change-texts.ts';
import { closeLedger } from './close.ts';
import { serveWaiting } from './serve-waiting.ts';

/** Of a fact: recorded, and not answered yet. Of what was asked: not decided. [KE1] */
type KeyEnded = Refusal<'HUB_KEY_ENDED'>;

/** What became of each. */
export type Decided = {
	answers: ReadonlyMap<PlacedRequest, RequestAnswer | KeyEnded>;
	/** Of returns, those that requests carry included. */
	receipts: ReadonlyMap<PlacedReturn, Receipt | KeyEnded>;
	/** A draw's answer, or the "no" that its machine is told. */
	draws: ReadonlyMap<PlacedDraw, DrawAnswer | KeyEnded>;
	/** Allotments, as they were signed. */
	reserved: ReadonlyMap<PlacedReservation, SignedToken | Refusal>;
	/** Changed texts: why not, if so. */
	texts: ReadonlyMap<PlacedChange, Refusal | undefined>;
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
	const shares = sharesOf(placed).map((share) => ({ share, wanted: wantedBy(share) }));
	// All licenses before any customer: the order of locks. [SY4]
	const locks = shares.map(({ wanted }) => lockMeant(writing, wanted));
	const customers = shares.map(({ share }) => writing.lockCustomer(share.customerId));
	for (const ahead of [...locks, ...customers]) ahead.catch(() => undefined);
	const opened: { share: Share; ledger: Ledger }[] = [];
	for (const [at, { share, wanted }] of shares.entries()) {
		const [ledger] = await Promise.all([
			openLedger(hub, writing, { ...wanted, locked: locks[at]! }),
			customers[at]
		]);
		await readBrought(writing.tx, ledger, broughtIn(share), forgottenIn(ledger, share));
		opened.push({ share, ledger });
	}
	// Customers may ask for one machine in the same moment. [TR2]
	const trials = opened.flatMap(({ ledger }) => ledger.trials);
	for (const { ledger } of opened) ledger.trials = trials;
	const answers = new Map<PlacedRequest, RequestAnswer | KeyEnded>();
	const receipts = new Map<PlacedReturn, Receipt | KeyEnded>();
	const draws = new Map<PlacedDraw, DrawAnswer | KeyEnded>();
	const news = new Set<PlacedClose | PlacedAllotment>();
	const reserved = new Map<PlacedReservation, SignedToken | Refusal>();
	const texts = new Map<PlacedChange, Refusal | undefined>();
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
			const carried = withoutRefusals(ask.returns.map((each) => receipts.get(each)!));
			const riding = {
				revocation: revocations.get(ask.licenseId),
				receipts: carried.length > 0 ? carried : undefined
			};
			answers.set(ask, isRefusal(answer) ? answer : { ...answer, ...riding });
		}
		if (carrying === own.length) await serveWaiting(writing.tx, ledger);
		for (const each of share.reservations)
			reserved.set(each, await reserve(writing.tx, ledger, each));
		for (const [each, refusal] of await changeTexts(writing.tx, ledger, share.changes))
			texts.set(each, refusal);
		await closeLedger(writing, ledger, { isLast: true });
	}
	return { answers, receipts, draws, reserved, texts, news };
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
	/** In the order in which they were asked: one may follow another. */
	changes: PlacedChange[];
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
			reservations: own.filter((each) => each.kind === 'reservation'),
			changes: own.filter((each) => each.kind === 'change')
		};
	});
}

function wantedBy(share: Share): Wanted & { customerId: string } {
	const { customerId, requests, returns, draws, blocks, reservations, changes } = share;
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
		acts: [...draws.map(({ claims }) => claims.act), ...changes.flatMap(({ act }) => act ?? [])],
		blocks: [...draws, ...blocks].map(({ allotment: { claims } }) => ({
			id: claims.jti,
			max: claims.max
		})),
		licenseIds: [...draws, ...blocks, ...reservations, ...changes].map(({ licenseId }) => licenseId)
	};
}

/** Returns and draws: what is given back, and what more counts as the same machine. [SE8] */
function broughtIn({ returns, draws }: Share): Brought[] {
	return [
		...returns.map(({ proof: { activation }, licenseId }) => ({ ...activation, licenseId })),
		...draws.map(({ claims, licenseId }) => ({ ...claims, licenseId }))
	].map(({ act, licenseId, fp }) => ({ act, licenseId, fp }));
}

/** What is given back and not in use by this very file: it may have been forgotten, in part too. [SE8] */
function forgottenIn({ held }: Ledger, { returns }: Share): Brought[] {
	return returns.flatMap(({ proof: { activation }, licenseId }) => {
		const { act, gen, fp } = activation;
		const known = held.get(act);
		const isKnown = known?.state === 'active' && known.gen === gen && known.firstKey !== null;
		return isKnown ? [] : [{ act, licenseId, fp }];
	});
}

function isCarrying({ returns }: PlacedRequest): boolean {
	return returns.length > 0;
}
