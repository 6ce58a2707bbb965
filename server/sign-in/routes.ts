/**
 * `/auth`: what the sign-in library answers, within what this hub allows. Guesses are counted here,
 * sign-up is closed unless it is opened, and answers say what a change left standing. [HT1, PE3, PE4]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { Hono, type Context } from 'hono';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { hasSignedInFrom, provesPassword } from '#server/auth/account.ts';
import { currentSession } from '#server/auth/current-session.ts';
import { findPerson } from '#server/auth/asker.ts';
import { limitKey, readLimits } from '#server/auth/key-limits.ts';
import { openEndpoints } from '#server/auth/auth.ts';
import { sha256 } from '#server/db/sha256.ts';
import { BODY_LIMIT, limitBody } from '#server/http/body-limit.ts';
import type { Caller } from '#server/http/caller.ts';
import { isOwnOrigin } from '#server/http/own-origin.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import { joinByAddress } from '#server/operations/orders/join-by-address.ts';
import { codeRoutes } from './by-code.ts';
import { providerRoutes } from './by-provider.ts';
import { secondFactorRoutes } from './second-factor.ts';
import {
	fieldsOf,
	halfSession,
	keysGoingOn,
	libraryHeaders,
	withFields,
	withSecond
} from './edge.ts';
import type { Fields, SignInEdge } from './edge.ts';

/** To be mounted at the root: its paths begin with `/auth`. */
export function signInRoutes(edge: SignInEdge): Hono {
	const app = new Hono();
	app.use(
		'/auth/*',
		limitBody(() => BODY_LIMIT)
	);
	app.use('/auth/*', async (context, next) => {
		await next();
		context.header('cache-control', 'no-store');
	});
	for (const [method, path] of openEndpoints)
		app.on(method, `/auth${path}`, (context) => answerAt(edge, path, context));
	app.route('/auth/code', codeRoutes(edge));
	app.route('/auth/second-factor', secondFactorRoutes(edge));
	app.route('/auth', providerRoutes(edge));
	return app;
}

/** What is asked before anybody has signed in, and to be rid of a session. */
const openToHalf: ReadonlySet<string> = new Set([
	'/sign-up/email',
	'/sign-in/email',
	'/sign-out',
	'/get-session'
]);

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
	const session = openToHalf.has(path)
		? undefined
		: await currentSession(edge.auth(caller.isSecure), edge.store.db, raw.headers);
	if (session?.isHalf) return refused(refuse('SECOND_FACTOR_REQUIRED', {}));
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
			if (!answer.ok) return answer;
			const { user } = (await answer.clone().json()) as { user: { id: string } };
			await joinByAddress(edge.hub, user.id);
			return withSecond(edge, answer);
		}
		case '/get-session': {
			const answer = await ask();
			const found = await currentSession(edge.auth(caller.isSecure), edge.store.db, raw.headers);
			return found?.isHalf ? withFields(answer, () => halfSession) : answer;
		}
		case '/change-password': {
			const fields = await fieldsOf(raw);
			if (!fields) return ask();
			const answer = await ask({ ...fields, revokeOtherSessions: true });
			return answer.ok ? withFields(answer, async ({ user }) => keysGoingOn(edge, user)) : answer;
		}
		case '/api-key/create': {
			const { headers } = raw;
			const auth = edge.auth(caller.isSecure);
			const session = await auth.api.getSession({ headers });
			if (!session) return ask();
			const { password, ...fields } = (await fieldsOf(raw)) ?? {};
			const { email } = session.user;
			const failed = await failedProof(edge, { email, password, headers, caller });
			if (failed) return refused(failed);
			const { db } = edge.store;
			const person = await findPerson(auth, db, headers);
			if (!person) return ask();
			// A key would do what its maker may only with a second factor. [PE6]
			if (person.second === 'owed') return refused(refuse('SECOND_FACTOR_MISSING', {}));
			const read = await readLimits(db, person, fields);
			if (isRefusal(read)) return refused(read);
			const answer = await ask(read.rest);
			if (!answer.ok) return answer;
			const { id } = (await answer.clone().json()) as { id: string };
			await limitKey(db, id, read.limits);
			if (!person.user.vendor || read.limits.customerId) return answer;
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

/** What opens doors for a year is not made by a session alone: somebody may have left it open. [PE4] */
async function failedProof(
	{ auth, limiter }: SignInEdge,
	asked: { email: string; password: unknown; headers: Headers; caller: Caller }
): Promise<Refusal | undefined> {
	const { email, password, headers, caller } = asked;
	const account = sha256(email);
	const limited = await limiter.byAccount(account);
	if (limited) return limited;
	const isRight = await provesPassword(auth(caller.isSecure), password, headers);
	if (!isRight) return refuse('SIGN_IN_REFUSED', { email });
	await limiter.accountProven(account);
	return undefined;
}

/** Asks as the caller did, at the address that the caller has of this hub. */
async function askLibrary(
	{ auth, store }: SignInEdge,
	{ raw, caller, fields }: { raw: Request; caller: Caller; fields?: Fields }
): Promise<Response> {
	const answer = await auth(caller.isSecure).handler(librarysRequest({ raw, caller, fields }));
	// It does not always say why: where the database is to blame, that is thrown.
	if (answer.status >= 500) await store.db.execute(sql`select 1`);
	return answer;
}

function librarysRequest({
	raw,
	caller,
	fields
}: {
	raw: Request;
	caller: Caller;
	fields?: Fields;
}) {
	const { pathname, search } = new URL(raw.url);
	const headers = libraryHeaders(raw, caller);
	const url = new URL(pathname + search, caller.origin);
	if (!fields) return new Request(new Request(url, raw.clone()), { headers });
	headers.delete('content-length');
	const body = JSON.stringify(fields);
	return new Request(url, { method: raw.method, headers, body });
}
