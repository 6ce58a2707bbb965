/**
 * One call of a product and its answer, apart from what carries them: both are proven as texts. [LE4, LE5]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { answerText, MAC_HEADER, NONCE_HEADER, requestText } from '#lib/protocol/lease.ts';
import { isMacOf, macOf, type MacKey } from '#lib/sdk/node/lease-keys.ts';
import { languageOf, problemDocument } from '#server/http/problem.ts';

export type ClientCall = {
	method: string;
	/** With its query, as it was sent. */
	path: string;
	headers: Pick<Headers, 'get'>;
	body: string;
	/** Of the caller. */
	address: string;
};

export type Answered = {
	status: number;
	headers: Record<string, string>;
	body: string;
	/** What follows, as it happens. */
	stream?: ReadableStream<Uint8Array>;
};

/** What a caller brings to prove that it sent the call. */
export type Proof = { nonce: string; mac: string };

const NONCE = /^[A-Za-z0-9_-]{22}$/;
const MAC = /^[A-Za-z0-9_-]{43}$/;

export function callProofOf({ headers }: ClientCall): Proof | Refusal<'CLIENT_PROOF_INVALID'> {
	const nonce = headers.get(NONCE_HEADER) ?? '';
	const mac = headers.get(MAC_HEADER) ?? '';
	return NONCE.test(nonce) && MAC.test(mac) ? { nonce, mac } : refuse('CLIENT_PROOF_INVALID', {});
}

export function isProven(
	{ method, path, body }: ClientCall,
	{ nonce, mac }: Proof,
	key: MacKey
): boolean {
	return isMacOf(key, requestText({ method, path, nonce, body }), mac);
}

export function answer(status: number, value: unknown): Answered {
	return {
		status,
		headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
		body: value === undefined ? '' : JSON.stringify(value)
	};
}

export function decline(refusal: Refusal, { headers }: Pick<ClientCall, 'headers'>): Answered {
	return problemDocument(refusal, { language: languageOf(headers) });
}

/** The answer as whoever proved the call may believe it. */
export function prove(answered: Answered, nonce: string, key: MacKey): Answered {
	const { status, headers, body } = answered;
	const mac = macOf(key, answerText({ status, nonce, body }));
	return { ...answered, headers: { ...headers, [MAC_HEADER]: mac } };
}
