/**
 * The hub, as the desk talks to it: typed calls at `/rpc`, plain requests at `/auth`.
 *
 * The desk talks to the hub that served it and to no other. The one-file desk has none.
 *
 * @module
 */
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import type { Router } from '#server/rpc/router.ts';
import { owner } from '#lib/desk/store/owner.ts';
import { isTemporary } from '#lib/domain/after-refusal.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';

/** A request without an answer in this time counts as a fault. */
const TIMEOUT_MS = 30_000;

/** What every call carries: a form on another site cannot send these. */
const headers = { 'x-keyferry': '1', 'content-type': 'application/json' };

/** @param user - For whom alone it asks: with a session of anybody else the hub answers as to nobody. [PE5] */
export function hubClientOf(user: string | undefined) {
	return createTRPCClient<Router>({
		links: [
			httpBatchLink({
				url: '/rpc',
				// A cursor over many customers is longer than an address may be.
				methodOverride: 'POST',
				headers: user === undefined ? headers : { ...headers, 'x-keyferry-user': user },
				fetch: (input, init) => fetchHub(input as string, init as RequestInit)
			})
		]
	});
}

/** Asks for whoever's desk this page shows. */
export const hubClient = hubClientOf(owner);

/** Why a call came to nothing: the hub said no, or there was no usable answer. */
export type Failure =
	| { refusal: Refusal }
	| { fault: 'unreachable' | 'hub-error'; detail: string; retryAfterSeconds?: number };

/** The hub answered, and not with anything that can be used. */
export class HubFault extends Error {
	readonly retryAfterSeconds: number | undefined;

	/** @param answer - Or what is wrong with it. */
	constructor(answer: Response | string) {
		super(typeof answer === 'string' ? answer : `the hub answered ${answer.status}`);
		const retryAfter = typeof answer === 'string' ? 0 : answer.headers.get('retry-after');
		this.retryAfterSeconds = Number(retryAfter) || undefined;
	}
}

export function judgeFailure(error: unknown): Failure {
	if (error instanceof HubFault) {
		const { message: detail, retryAfterSeconds } = error;
		return { fault: 'hub-error', detail, ...(retryAfterSeconds && { retryAfterSeconds }) };
	}
	if (error instanceof TRPCClientError) {
		const data: unknown = error.data;
		const refusal = hasKey(data, 'refusal') ? data.refusal : undefined;
		const status = hasKey(data, 'httpStatus') ? data.httpStatus : undefined;
		if (isRefusal(refusal)) {
			if (refusal.refused === 'RATE_LIMITED')
				return {
					fault: 'hub-error',
					detail: refusal.refused,
					retryAfterSeconds: refusal.facts.retryAfterSeconds
				};
			// Nothing was stored: it says nothing about what was asked, and is tried again. [SY3]
			if (isTemporary(refusal.refused)) return { fault: 'hub-error', detail: refusal.refused };
			return { refusal };
		}
		if (status === 401) return { refusal: refuse('SIGN_IN_REQUIRED', {}) };
		if (status === undefined && isNoAnswer(error.cause))
			return { fault: 'unreachable', detail: error.message };
		return { fault: 'hub-error', detail: error.message };
	}
	return { fault: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
}

/** One plain request to the hub, bounded in time. Throws where there was no answer at all. */
export function fetchHub(path: string, init: RequestInit = {}): Promise<Response> {
	const signals = [AbortSignal.timeout(TIMEOUT_MS), ...(init.signal ? [init.signal] : [])];
	return fetch(path, {
		credentials: 'same-origin',
		cache: 'no-store',
		...init,
		signal: AbortSignal.any(signals)
	});
}

/** POST of JSON to `/auth`. */
export function postAuth(path: string, body: unknown): Promise<Response> {
	return fetchHub(`/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/**
 * Why `/auth` said no.
 *
 * @param otherwise - Where it does not say it in our words.
 */
export async function refusalIn(answer: Response, otherwise: Refusal): Promise<Refusal> {
	if (answer.status === 429)
		return refuse('RATE_LIMITED', {
			retryAfterSeconds: Number(answer.headers.get('retry-after') ?? 60) || 60
		});
	if (answer.status >= 500) return refuse('HUB_UNREACHABLE', { hub: location.origin });
	const said: unknown = await answer.json().catch(() => undefined);
	if (!hasKey(said, 'code') || !hasKey(said, 'facts')) return otherwise;
	const refusal = { refused: said.code, facts: said.facts };
	return isRefusal(refusal) ? refusal : otherwise;
}

/** No network, or no answer in time. */
function isNoAnswer(cause: unknown): boolean {
	return (
		cause instanceof TypeError || (cause instanceof DOMException && cause.name === 'TimeoutError')
	);
}

function hasKey<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
	return typeof value === 'object' && value !== null && key in value;
}
