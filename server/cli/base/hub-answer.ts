/**
 * What a hub says, looked at before anything is made of it: a portal of a network, a proxy, a newer
 * hub or a hostile one may answer in its place.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';

/** Whoever answered is no hub, or none that is trusted here: a fault of the line, not of what was sent. */
export class NotAHub extends Error {}

/** What becomes of one thing that was submitted. A refusal may bring the file that carries it inside. [O11] */
export type HubAnswer = {
	file?: string;
	/** Of the returns that a request carried. [MA4] */
	receipts?: string[];
	notices?: { title: string; next: string }[];
	refusal?: Refusal;
};

type Plain = Record<string, unknown>;

/** @returns `undefined` for what no hub says. */
export function readHubAnswer(body: unknown, ok: boolean): HubAnswer | undefined {
	if (!isPlain(body)) return undefined;
	const { file, receipts, notices } = body;
	const refusal = ok ? undefined : readProblem(body);
	if (!ok && !refusal) return undefined;
	if (file !== undefined && typeof file !== 'string') return undefined;
	if (receipts !== undefined && !isListOf(receipts, isText)) return undefined;
	if (notices !== undefined && !isListOf(notices, isNotice)) return undefined;
	return { file, receipts, notices, refusal };
}

/** One result of a push: an answer, by the id of its command. [SY8] */
export type RelayedResult = HubAnswer & { id: string };

/** @returns `undefined` where one of them is none: a push is answered as a whole. */
export function readResults(body: unknown): RelayedResult[] | undefined {
	if (!isPlain(body) || !isListOf(body.results, isPlain)) return undefined;
	const results = body.results.map((each) => {
		const { id, refusal } = each;
		const answer = readHubAnswer(each, true);
		if (!answer || typeof id !== 'string') return undefined;
		return { ...answer, id, refusal: refusal === undefined ? undefined : readRefusal(refusal) };
	});
	return results.every((each) => each !== undefined) ? results : undefined;
}

/** The refusal of a problem document. (RFC 9457) */
export function readProblem(body: unknown): Refusal | undefined {
	return isPlain(body) ? refusalOf(body.code, body.facts) : undefined;
}

/** The refusal as procedures and results hold it. */
export function readRefusal(value: unknown): Refusal | undefined {
	return isPlain(value) ? refusalOf(value.refused, value.facts) : undefined;
}

const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

function refusalOf(code: unknown, facts: unknown): Refusal | undefined {
	if (!isText(code) || !CODE.test(code)) return undefined;
	// Sound: whoever explains it looks at facts before they are said; a newer hub has others.
	return { refused: code, facts: isPlain(facts) ? facts : {} } as Refusal;
}

function isNotice(value: unknown): value is { title: string; next: string } {
	return isPlain(value) && isText(value.title) && isText(value.next);
}

function isListOf<T>(value: unknown, isOne: (each: unknown) => each is T): value is T[] {
	return Array.isArray(value) && value.every(isOne);
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function isPlain(value: unknown): value is Plain {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
