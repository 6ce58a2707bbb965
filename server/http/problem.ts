/**
 * Refusals as problem documents.
 *
 * @see RFC 9457
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { refusalStatus } from './refusal-status.ts';

/**
 * @param file - The refusal as a file, for the way back across the gap. [O11]
 * @param receipts - Of the returns that the refused request carried: those were recorded.
 */
export function problem(
	refusal: Refusal,
	{ language, file, receipts }: ProblemOptions = {}
): Response {
	const { refused: code, facts } = refusal;
	const { title, next } = explain(refusal, language);
	const status = refusalStatus[code];
	const type = `urn:keyferry:refusal:${code}`;
	const headers: Record<string, string> = {
		'content-type': 'application/problem+json',
		'cache-control': 'no-store'
	};
	if (refusal.refused === 'RATE_LIMITED')
		headers['retry-after'] = String(refusal.facts.retryAfterSeconds);
	if (refusal.refused === 'HUB_STORAGE_FULL') headers['retry-after'] = '60';
	const body = { type, title, detail: next, status, code, facts, file, receipts };
	return new Response(JSON.stringify(body), { status, headers });
}

export type ProblemOptions = { language?: 'en' | 'de'; file?: string; receipts?: string[] };

/** A fault: nothing of it is told but an id that finds it in the log. */
export function fault(support: string): Response {
	const body = {
		type: 'urn:keyferry:fault',
		title: 'The hub could not answer.',
		detail: `Try again; if it stays so, give the vendor this number: ${support}`,
		status: 500,
		code: 'COMMAND_FAILED',
		facts: { support }
	};
	const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
	return new Response(JSON.stringify(body), { status: 500, headers });
}

/** German where the caller asks for it first, English otherwise. */
export function languageOf(headers: Headers): 'en' | 'de' {
	return /^\s*de\b/i.test(headers.get('accept-language') ?? '') ? 'de' : 'en';
}
