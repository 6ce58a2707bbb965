/**
 * Calls that prove who calls, and whose answers prove who answers: both by MACs under a key that
 * never crosses the wire. [LE4, LE5]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { answerText, MAC_HEADER, NONCE_HEADER, requestText } from '#lib/protocol/lease.ts';
import { isMacOf, macOf } from '../lease-keys.ts';
import { randomBytes } from 'node:crypto';
import { send, type NoReply, type Sending, type SiteAddress } from './wire.ts';

/** 16 bytes, base64url. */
export function newNonce(): string {
	return randomBytes(16).toString('base64url');
}

export type ProvenAnswer =
	/** 2xx, proven. */
	| { said: 'yes'; status: number; body: unknown }
	/** Proven: the site's own word. */
	| { said: 'no'; refusal: Refusal }
	/** Anybody's word, believed in nothing but that this does not work now. */
	| { said: 'nothing'; status?: number; why: Refusal };

export async function callProven(
	site: SiteAddress,
	{ key, nonce = newNonce(), ...sending }: Sending & { key: Buffer; nonce?: string }
): Promise<ProvenAnswer> {
	const reply = await send(site, { ...sending, headers: proofHeaders(sending, { key, nonce }) });
	if (isRefusal(reply)) return { said: 'nothing', why: reply };
	const { status, headers, body } = reply;
	const mac = headers[MAC_HEADER];
	if (typeof mac !== 'string' || !isMacOf(key, answerText({ status, nonce, body }), mac))
		return { said: 'nothing', status, why: unproven(site, { status, body }) };
	if (status >= 200 && status < 300) return { said: 'yes', status, body: parseJson(body) };
	const refusal = refusalOfProblem(body);
	return refusal
		? { said: 'no', refusal }
		: { said: 'nothing', status, why: refuse('SITE_NOT_TRUSTED', { reason: 'no-site' }) };
}

export function proofHeaders(
	{ method, path, body = '' }: Sending,
	{ key, nonce }: { key: Buffer; nonce: string }
): Record<string, string> {
	return {
		[NONCE_HEADER]: nonce,
		[MAC_HEADER]: macOf(key, requestText({ method, path, nonce, body }))
	};
}

/** A server that is too busy to prove anything is away for now; so is one that limits its callers. */
function unproven(
	{ origin }: SiteAddress,
	{ status, body }: { status: number; body: string }
): NoReply {
	if (status === 429 || status >= 500) return refuse('SITE_UNREACHABLE', { addresses: [origin] });
	return refuse('SITE_NOT_TRUSTED', { reason: parseJson(body) ? 'no-proof' : 'no-site' });
}

const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** The refusal of a problem document. (RFC 9457) */
export function refusalOfProblem(body: string): Refusal | undefined {
	const problem = parseJson(body);
	if (!isPlain(problem) || typeof problem.code !== 'string' || !CODE.test(problem.code))
		return undefined;
	const facts = isPlain(problem.facts) ? problem.facts : {};
	// Sound: whoever explains it looks at facts before they are said; a newer site has others.
	return { refused: problem.code, facts } as unknown as Refusal;
}

export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function isPlain(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
