/**
 * Answers to requests as the ledger remembers them: asked again, the same bytes are given. [SE3]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { signRefusal, type RequestAnswer, type SignedToken } from './answer.ts';
import type { Ledger, RequestRecord } from './ledger.ts';

/** A request as one transaction sees it. */
export type KnownRequest = Omit<RequestRecord, 'revision'>;

export function rememberAnswer(ledger: Ledger, answer: Omit<KnownRequest, 'customerId'>): void {
	const { customerId, requests, changed } = ledger;
	requests.set(answer.request, { customerId, ...answer });
	changed.requests.add(answer.request);
}

/**
 * The request of a file that was found again is granted, unless something is known of it that is: asked
 * once more it gets these bytes, or is spent. [SE3, SY6]
 *
 * @param act - `null` where the machine holds its seat by another activation.
 */
export function rememberFound(
	ledger: Ledger,
	{ req: request, sub: licenseId, cnf, iat }: Claims['activation'],
	{ act, kid, token }: SignedToken & { act: string | null }
): void {
	const known = ledger.requests.get(request);
	if (known && isGranted(known)) return;
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
