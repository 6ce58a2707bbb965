/**
 * Answers to requests as the ledger remembers them: asked again, the same bytes are given. [SE3]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { signRefusal, type RequestAnswer, type SignedToken } from './answer.ts';
import type { DrawRecord, Ledger, RequestRecord } from './ledger.ts';

/** A request as one transaction sees it. */
export type KnownRequest = Omit<RequestRecord, 'revision'>;

export function rememberAnswer(ledger: Ledger, answer: Omit<KnownRequest, 'customerId'>): void {
	const { customerId, requests, changed } = ledger;
	requests.set(answer.request, { customerId, ...answer });
	changed.requests.add(answer.request);
}

/**
 * The request of a file that was found again is granted, unless something is known of it that is: asked
 * once more it gets these bytes, or is spent. Of several files that answer it the first one that the
 * hub has signed does, whichever came first. [SE3, SY6, SE8]
 */
export function rememberFound(
	ledger: Ledger,
	{ req: request, sub: licenseId, gen, cnf, iat }: Claims['activation'],
	{ act, kid, token }: SignedToken & { act: string }
): void {
	const known = ledger.requests.get(request);
	if (known && isGranted(known) && !(known.act === act && isBefore(gen, known.token))) return;
	rememberAnswer(ledger, {
		request,
		licenseId,
		state: 'granted',
		jkt: cnf.jkt,
		act,
		refusal: null,
		kid,
		token,
		decidedAt: iat
	});
}

function isBefore(gen: number, token: string): boolean {
	const answered = storedClaims('activation', token);
	return answered.allot !== undefined || gen < answered.gen;
}

/**
 * A draw counts as another activation than before: so does the answer to its request. What that one was
 * signed by the hub is given back with it, and the draw itself answers then. [SE3, SE8]
 */
export function moveAnswer(
	ledger: Ledger,
	{ request, allotment, token }: DrawRecord,
	{ from, to }: { from: string; to: string }
): void {
	const known = ledger.requests.get(request);
	if (!known || !isGranted(known) || known.act !== from) return;
	const block = ledger.blocks.allotments.get(allotment);
	const isDead = storedClaims('activation', known.token).act === from;
	const own = isDead && block && { kid: block.kid, token: `${block.token}~${token}` };
	rememberAnswer(ledger, { ...known, ...own, act: to });
}

/** Desks hear again how a request stands. */
export function retell({ changed }: Ledger, request: string): void {
	changed.requests.add(request);
}

/** A "no" that is said now, and not stored by this. */
export async function refuseRequest(
	{ hub }: Ledger,
	request: string,
	refusal: Refusal
): Promise<RequestAnswer> {
	const token = await signRefusal(hub, request, refusal);
	return { request, kid: hub.signer.kid, token, refusal, isNew: true };
}

export function refuseSpent(ledger: Ledger, request: string): Promise<RequestAnswer> {
	return refuseRequest(ledger, request, refuse('REQUEST_SPENT', { request }));
}

/** What was said before, byte for byte. */
export function storedAnswer({ request, kid, token, refusal }: KnownRequest): RequestAnswer {
	return { request, kid, token, refusal: refusal ?? undefined, isNew: false };
}

export function isGranted({ state }: Pick<RequestRecord, 'state'>): boolean {
	return state === 'granted';
}

/** Whether it says the very same: then its file is the same. */
export function isSameRefusal(a: Refusal, b: Refusal): boolean {
	const facts = (refusal: Refusal) => JSON.stringify(Object.entries(refusal.facts).sort());
	return a.refused === b.refused && facts(a) === facts(b);
}
