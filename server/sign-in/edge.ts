/**
 * What the ways to sign in have in common: whom they ask, what a caller sent, and how a session of
 * theirs begins.
 *
 * @module
 */
import type { Context } from 'hono';
import type * as z from 'zod';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { keysOf } from '#server/auth/account.ts';
import { ADDRESS_HEADER, type Auth } from '#server/auth/auth.ts';
import { hasSecondFactor } from '#server/auth/second-factor.ts';
import type { Store } from '#server/db/store.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Providers } from '#server/providers/discovery.ts';
import type { Caller } from '#server/http/caller.ts';
import { joinByAddress } from '#server/operations/orders/join-by-address.ts';
import type { Limiter } from '#server/http/rate-limit.ts';

export type SignInEdge = {
	hub: Hub;
	store: Store;
	auth: (isSecure: boolean) => Auth;
	limiter: Limiter;
	callerOf: (context: Context) => Caller;
	/** Whether anybody may make an account. */
	openSignUp: boolean;
	providers: Providers;
	/** Told why a provider named nobody. */
	onProviderFault: (provider: string, fault: unknown) => void;
};

export type Fields = Record<string, unknown>;

/** Headers as the sign-in library is to see them: with the address that the hub says. */
export function libraryHeaders(raw: Request, caller: Caller): Headers {
	const headers = new Headers(raw.headers);
	headers.set(ADDRESS_HEADER, caller.address);
	return headers;
}

/** @returns `undefined` for anything but one object of JSON. */
export async function fieldsOf(raw: Request): Promise<Fields | undefined> {
	const json: unknown = await raw
		.clone()
		.json()
		.catch(() => undefined);
	return typeof json === 'object' && json !== null && !Array.isArray(json)
		? (json as Fields)
		: undefined;
}

/** What was sent, in its shape. */
export async function readFields<T>(
	raw: Request,
	shape: z.ZodType<T>
): Promise<T | Refusal<'BODY_INVALID'>> {
	const parsed = shape.safeParse(await fieldsOf(raw));
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const path = issue?.path.join('.') ?? '';
	return refuse('BODY_INVALID', { path, reason: issue?.code ?? 'invalid' });
}

/** A new session of somebody who has proven who they are, and what is to be said of it. */
export async function beginSession(
	edge: SignInEdge,
	person: { userId: string; isSecond?: boolean },
	asked: { raw: Request; caller: Caller }
): Promise<Response> {
	const { auth } = edge;
	await joinByAddress(edge.hub, person.userId);
	const headers = libraryHeaders(asked.raw, asked.caller);
	// A session that the browser had is no part of what begins.
	headers.delete('cookie');
	const { userId, isSecond = false } = person;
	const body = { userId, isSecond };
	const { api } = auth(asked.caller.isSecure);
	const answer = await api.openSession({ body, headers, asResponse: true });
	return isSecond ? answer : withSecond(edge, answer);
}

/** What a session says that a second factor is still to be shown in. [PE6] */
export const halfSession = Promise.resolve({ secondFactor: 'required' });

/** Says of a new session whether a second factor is asked for. */
export async function withSecond(edge: SignInEdge, answer: Response): Promise<Response> {
	const { user } = (await answer.clone().json()) as { user: { id: string } };
	const isAsked = await hasSecondFactor(edge.store.db, user.id);
	return isAsked ? withFields(answer, () => halfSession) : answer;
}

export async function withFields(
	answer: Response,
	more: (said: Fields) => Promise<Fields>
): Promise<Response> {
	const said = (await answer.json()) as Fields;
	const headers = new Headers(answer.headers);
	headers.delete('content-length');
	const body = JSON.stringify({ ...said, ...(await more(said)) });
	return new Response(body, { status: answer.status, headers });
}

/** Scripts do not stop because a person changed a password: they are named instead. [PE4] */
export async function keysGoingOn({ store }: SignInEdge, user: unknown): Promise<Fields> {
	const { id } = user as { id: string };
	return { apiKeys: await keysOf(store.db, id) };
}
