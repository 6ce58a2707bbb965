/**
 * `/auth`: what the sign-in library answers, within what this hub allows. Guesses are counted here,
 * sign-up is closed unless it is opened, and answers say what a change left standing. [HT1, PE3, PE4]
 *
 * @module
 */
import { Hono, type Context } from 'hono';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { hasSignedInFrom, keysOf } from '#server/auth/account.ts';
import { ADDRESS_HEADER, openEndpoints, type Auth } from '#server/auth/auth.ts';
import type { Store } from '#server/db/store.ts';
import { sha256 } from '#server/db/sha256.ts';
import { BODY_LIMIT, limitBody } from '#server/http/body-limit.ts';
import type { Caller } from '#server/http/caller.ts';
import { isOwnOrigin } from '#server/http/own-origin.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import type { Limiter } from '#server/http/rate-limit.ts';

type SignInEdge = {
	store: Store;
	auth: (isSecure: boolean) => Auth;
	limiter: Limiter;
	callerOf: (context: Context) => Caller;
	/** Whether anybody may make an account. */
	openSignUp: boolean;
};

type Fields = Record<string, unknown>;

/** To be mounted at the root: its paths begin with `/auth`. */
export function signInRoutes(edge: SignInEdge): Hono {
	const app = new Hono();
	app.use(
		'/auth/*',
		limitBody(() => BODY_LIMIT)
	);
	for (const [method, path] of openEndpoints)
		app.on(method, `/auth${path}`, async (context) => {
			const answer = await answerAt(edge, path, context);
			const response = new Response(answer.body, answer);
			response.headers.set('cache-control', 'no-store');
			return response;
		});
	return app;
}

async function answerAt(edge: SignInEdge, path: string, context: Context): Promise<Response> {
	const { raw } = context.req;
	const caller = edge.callerOf(context);
	const language = languageOf(raw.headers);
	const refused = (refusal: Refusal) => problem(refusal, { language });
	// Signing somebody in from another site needs no cookie, so better-auth would let it pass.
	if (!isOwnOrigin(raw, caller)) return refused(refuse('NOT_PERMITTED', { action: 'auth' }));
	if (path === '/sign-up/email' && !edge.openSignUp)
		return refused(refuse('NOT_PERMITTED', { action: 'sign-up' }));
	const ask = (fields?: Fields) => askLibrary(edge, { raw, caller, fields });
	switch (path) {
		case '/sign-in/email': {
			const fields = await fieldsOf(raw);
			const email = typeof fields?.email === 'string' ? fields.email.trim().toLowerCase() : '';
			const account = sha256(email);
			const limited = await edge.limiter.byAccount(account);
			// Whoever holds a session from there is not kept out by guesses from elsewhere.
			if (limited && !(await hasSignedInFrom(edge.store.db, email, caller.address)))
				return refused(limited);
			const answer = await ask();
			if (answer.status !== 401 && !limited) await edge.limiter.accountProven(account);
			return answer;
		}
		case '/change-password': {
			const fields = await fieldsOf(raw);
			if (!fields) return ask();
			const answer = await ask({ ...fields, revokeOtherSessions: true });
			return answer.ok ? withFields(answer, async ({ user }) => keysGoingOn(edge, user)) : answer;
		}
		case '/api-key/create': {
			const answer = await ask();
			if (!answer.ok) return answer;
			const session = await edge.auth(caller.isSecure).api.getSession({ headers: raw.headers });
			if (!session?.user.staff) return answer;
			const notice = refuse('KEY_OF_STAFF', {});
			const { title, next } = explain(notice, language);
			return withFields(answer, async () => ({
				notices: [{ code: notice.refused, title, next }]
			}));
		}
		default:
			return ask();
	}
}

/** Asks as the caller did, at the address that the caller has of this hub. */
function askLibrary(
	{ auth }: SignInEdge,
	{ raw, caller, fields }: { raw: Request; caller: Caller; fields?: Fields }
): Promise<Response> {
	const { pathname, search } = new URL(raw.url);
	const headers = new Headers(raw.headers);
	headers.set(ADDRESS_HEADER, caller.address);
	const url = new URL(pathname + search, caller.origin);
	if (!fields)
		return auth(caller.isSecure).handler(new Request(new Request(url, raw.clone()), { headers }));
	headers.delete('content-length');
	const body = JSON.stringify(fields);
	return auth(caller.isSecure).handler(new Request(url, { method: raw.method, headers, body }));
}

async function fieldsOf(raw: Request): Promise<Fields | undefined> {
	const json: unknown = await raw
		.clone()
		.json()
		.catch(() => undefined);
	return typeof json === 'object' && json !== null && !Array.isArray(json)
		? (json as Fields)
		: undefined;
}

async function withFields(
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
async function keysGoingOn({ store }: SignInEdge, user: unknown): Promise<Fields> {
	const { id } = user as { id: string };
	return { apiKeys: await keysOf(store.db, id) };
}
