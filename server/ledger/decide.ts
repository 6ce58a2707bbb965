/**
 * Deciding activation requests: load, decide, sign and save in one transaction of their customer, under a
 * lock on each license. [SE2, DB1] Many requests are decided together as cheaply as one.
 *
 * @module
 */
import { writing, type Writing } from '#server/db/writing.ts';
import { isRefusal, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import { findAgain } from '#server/ledger/allotments/adopt-allotment.ts';
import type {
	Placed,
	PlacedAllotment,
	PlacedChange,
	PlacedClose,
	PlacedDraw,
	PlacedRequest,
	PlacedReservation,
	PlacedReturn
} from '#server/ledger/held/ask.ts';
import type { RequestAnswer, SignedToken } from '#server/ledger/held/answer.ts';
import type { DrawAnswer } from '#server/ledger/allotments/answer-draw.ts';
import { recordClose } from '#server/ledger/allotments/close-allotment.ts';
import { decideRequest } from './decide-request.ts';
import { recordReturn, type Receipt } from './give-back.ts';
import type { Brought } from '#server/ledger/held/found-files.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import { openLedger } from './open.ts';
import { readBrought } from './read-brought.ts';
import { lockMeant, type Wanted } from './read-ledger.ts';
import { recordDraw } from '#server/ledger/allotments/record-draw.ts';
import { reserve } from '#server/ledger/allotments/reserve.ts';
import { findRevocations } from './revocations.ts';
import { changeTexts } from './change-texts.ts';
import { closeLedger } from './close.ts';
import { serveWaiting } from './serve-waiting.ts';

/** Of a fact: recorded, and not answered yet. Of what was asked: not decided. [KE1] */
type KeyEnded = Refusal<'HUB_KEY_ENDED'>;

/** Of returns, those that requests carry included. */
export type Receipts = ReadonlyMap<PlacedReturn, Receipt | KeyEnded>;

/** What became of each. */
export type Decided = {
	answers: ReadonlyMap<PlacedRequest, RequestAnswer | KeyEnded>;
	receipts: Receipts;
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
 * Decides what is of any customers, each in a transaction of its own. What a request carries for another
 * customer is recorded first: a fact, whatever becomes of the request. [DB1, SY10]
 */
export async function decideEach(hub: Hub, placed: readonly Placed[]): Promise<Decided> {
	const { receipts: told } = await decideOwn(hub, carriedElsewhere(placed));
	return decideOwn(hub, placed, told);
}

/** All at once: customers wait for nobody else's locks. @throws the first fault, once all have ended. */
async function decideOwn(hub: Hub, placed: readonly Placed[], told?: Receipts): Promise<Decided> {
	const groups = Map.groupBy(placed, (each) => each.customerId);
	const ended = await Promise.allSettled(
		[...groups].map(([customerId, own]) =>
			writing(hub.db, customerId, (shell) => decideTogether(hub, shell, own, told))
		)
	);
	const all = ended.map((each) => {
		if (each.status === 'rejected') throw each.reason;
		return each.value;
	});
	return {
		answers: new Map(all.flatMap(({ answers }) => [...answers])),
		receipts: new Map(all.flatMap(({ receipts }) => [...receipts])),
		draws: new Map(all.flatMap(({ draws }) => [...draws])),
		reserved: new Map(all.flatMap(({ reserved }) => [...reserved])),
		texts: new Map(all.flatMap(({ texts }) => [...texts])),
		news: new Set(all.flatMap(({ news }) => [...news]))
	};
}

/** Returns that requests of one customer carry for another. */
function carriedElsewhere(placed: readonly Placed[]): PlacedReturn[] {
	return placed.flatMap((each) =>
		each.kind === 'request'
			? each.returns.filter(({ customerId }) => customerId !== each.customerId)
			: []
	);
}

/**
 * Decides what is of one customer, in its transaction. Facts first: draws, those that returns carry
 * included, closes, then returns, those that requests carry included: a machine that was repaired gives
 * its old seat back and takes a new one in one file. [MA3, MA4, SY10] Machines that ask come before
 * blocks for desks.
 *
 * @param told - Receipts of returns that requests carry and that are another customer's. [DB1]
 */
export async function decideTogether(
	hub: Hub,
	shell: Writing,
	placed: readonly Placed[],
	told: Receipts = new Map()
): Promise<Decided> {
	const answers = new Map<PlacedRequest, RequestAnswer | KeyEnded>();
	const receipts = new Map(told);
	const draws = new Map<PlacedDraw, DrawAnswer | KeyEnded>();
	const news = new Set<PlacedClose | PlacedAllotment>();
	const reserved = new Map<PlacedReservation, SignedToken | Refusal>();
	const texts = new Map<PlacedChange, Refusal | undefined>();
	const decided = { answers, receipts, draws, reserved, texts, news };
	if (placed.length === 0) return decided;
	const share = shareOf(shell.customerId, placed);
	const wanted = wantedBy(share);
	// Sent one behind another: the license's lock comes first. [SY4]
	const locked = lockMeant(shell, wanted);
	const customer = shell.lockCustomer();
	for (const ahead of [locked, customer]) ahead.catch(() => undefined);
	const [ledger] = await Promise.all([openLedger(hub, shell, { ...wanted, locked }), customer]);
	await readBrought(shell.tx, ledger, broughtIn(share), forgottenIn(ledger, share));
	for (const each of share.draws) draws.set(each, await recordDraw(ledger, each));
	for (const each of share.blocks)
		if (each.kind === 'close' ? recordClose(ledger, each) : findAgain(ledger, each)) news.add(each);
	for (const each of share.returns) receipts.set(each, await recordReturn(ledger, each));
	// A machine that gives its seat back in its own request takes it before those who wait. [RE1]
	const own = share.requests.toSorted(
		(one, other) => Number(isCarrying(other)) - Number(isCarrying(one))
	);
	const carrying = own.filter(isCarrying).length;
	const revocations = await findRevocations(shell.tx, ledger);
	for (const [at, ask] of own.entries()) {
		if (at === carrying) await serveWaiting(shell.tx, ledger);
		const answer = await decideRequest(ledger, ask);
		const carried = withoutRefusals(ask.returns.map((each) => receipts.get(each)!));
		const riding = {
			revocation: revocations.get(ask.licenseId),
			receipts: carried.length > 0 ? carried : undefined
		};
		answers.set(ask, isRefusal(answer) ? answer : { ...answer, ...riding });
	}
	if (carrying === own.length) await serveWaiting(shell.tx, ledger);
	for (const each of share.reservations) reserved.set(each, await reserve(shell.tx, ledger, each));
	for (const [each, refusal] of await changeTexts(shell.tx, ledger, share.changes))
		texts.set(each, refusal);
	await closeLedger(shell, ledger, { isLast: true });
	return decided;
}

/** What is decided in the ledger of one customer. */
type Share = {
	requests: PlacedRequest[];
	returns: PlacedReturn[];
	draws: PlacedDraw[];
	/** Allotments first: a close may be of one of them. */
	blocks: (PlacedAllotment | PlacedClose)[];
	reservations: PlacedReservation[];
	/** In the order in which they were asked: one may follow another. */
	changes: PlacedChange[];
};

/** What others carry comes after what came by itself; what is another customer's is left to them. */
function shareOf(customerId: string, placed: readonly Placed[]): Share {
	const carried = placed.flatMap((each) => (each.kind === 'request' ? each.returns : []));
	const own = withDraws([...placed, ...carried]).filter((each) => each.customerId === customerId);
	return {
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
}

function withDraws(placed: readonly Placed[]): Placed[] {
	return [
		...placed,
		...placed.flatMap((each) => (each.kind === 'return' ? (each.draw ?? []) : []))
	];
}

function wantedBy(share: Share): Wanted {
	const { requests, returns, draws, blocks, reservations, changes } = share;
	return {
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
