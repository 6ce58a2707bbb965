/**
 * Refusals as problem documents.
 *
 * @see RFC 9457
 * @module
 */
import type { Refusal, RefusalCode } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { refusalStatus, type RefusalStatus } from './refusal-status.ts';

/**
 * @param file - The refusal as a file, for the way back across the gap. [O11]
 * @param receipts - Of the returns that the refused request carried: those were recorded.
 */
export function problem(refusal: Refusal, options: ProblemOptions = {}): Response {
	const { status, headers, body } = problemDocument(refusal, options);
	return new Response(body, { status, headers });
}

/** The same before it is sent: some are answered with a proof over these very bytes. [LE5] */
export function problemDocument(
	refusal: Refusal,
	{ language, file, receipts }: ProblemOptions = {}
): { status: RefusalStatus; headers: Record<string, string>; body: string } {
	const { refused: code, facts } = refusal;
	const { title, next } = explain(refusal, language);
	const status = refusalStatus[code];
	const type = `urn:keyferry:refusal:${code}`;
	const headers: Record<string, string> = {
		'content-type': 'application/problem+json',
		'cache-control': 'no-store'
	};
	const retryAfter = retryAfterOf(refusal);
	if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
	const error = authorizationErrors[code];
	const body = { type, title, detail: next, status, code, facts, error, file, receipts };
	return { status, headers, body: JSON.stringify(body) };
}

/** What a client of the standard's own reads beside our code. RFC 6749 section 5.2, RFC 8628 section 3.5 */
const authorizationErrors: { [C in RefusalCode]?: string } = {
	AUTHORIZATION_PENDING: 'authorization_pending',
	SLOW_DOWN: 'slow_down',
	SERVER_CODE_EXPIRED: 'expired_token',
	SERVER_DENIED: 'access_denied',
	SERVER_CODE_INVALID: 'invalid_grant'
};

/** Somebody has to make room. */
const FULL_SECONDS = 60;

/** Seconds after which the same may do. (RFC 9110, 10.2.3) */
export function retryAfterOf(refusal: Refusal): number | undefined {
	switch (refusal.refused) {
		case 'HUB_STORAGE_FULL':
			return FULL_SECONDS;
		case 'RATE_LIMITED':
		case 'HUB_BUSY':
		case 'DATABASE_AWAY':
			return refusal.facts.retryAfterSeconds;
		default:
			return undefined;
	}
}

export type ProblemOptions = { language?: 'en' | 'de'; file?: string; receipts?: string[] };

/** A fault: nothing of it is told but an id that finds it in the log. */
export function fault(support: string): Response {
	const { body, ...init } = faultDocument(support);
	return new Response(body, init);
}

/** The same before it is sent. */
export function faultDocument(support: string) {
	const body = {
		type: 'urn:keyferry:fault',
		title: 'The server could not answer.',
		detail: `Try again; if it stays so, give the vendor this number: ${support}`,
		status: 500,
		code: 'COMMAND_FAILED',
		facts: { support }
	};
	const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
	return { status: 500, headers, body: JSON.stringify(body) };
}

/** German where the caller asks for it first, English otherwise. */
export function languageOf(headers: Pick<Headers, 'get'>): 'en' | 'de' {
	return /^\s*de\b/i.test(headers.get('accept-language') ?? '') ? 'de' : 'en';
}
