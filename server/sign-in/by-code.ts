/**
 * `/auth/code`: signing in, making an account and setting a password anew by a code in a mail. [PE3, PE4]
 *
 * @module
 */
import { Hono } from 'hono';
import * as z from 'zod';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { languages } from '#lib/messages/words/message.ts';
import { hasSignedInFrom } from '#server/auth/account.ts';
import { sha256 } from '#server/db/sha256.ts';
import { isOwnOrigin } from '#server/http/own-origin.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import { enterCode } from '#server/operations/people/enter-code.ts';
import { sendCode } from '#server/operations/people/send-code.ts';
import { accountEmail, text } from '#server/rpc/inputs.ts';
import { beginSession, keysGoingOn, readFields, withFields } from './edge.ts';
import type { SignInEdge } from './edge.ts';

const asked = z.strictObject({ email: accountEmail, language: z.enum(languages).optional() });

const entered = z.strictObject({
	flow: z.string().max(64),
	code: z.string().max(64),
	name: text.max(100).optional(),
	password: z.string().max(128).optional()
});

/** To be mounted at `/auth/code`. */
export function codeRoutes(edge: SignInEdge): Hono {
	const app = new Hono();
	app.post('/send', async (context) => {
		const { raw } = context.req;
		const caller = edge.callerOf(context);
		const language = languageOf(raw.headers);
		const refused = (refusal: Refusal) => problem(refusal, { language });
		if (!isOwnOrigin(raw, caller)) return refused(refuse('NOT_PERMITTED', { action: 'auth' }));
		const order = await readFields(raw, asked);
		if (isRefusal(order)) return refused(order);
		const { email } = order;
		const isAtHome = () => hasSignedInFrom(edge.store.db, email, caller.address);
		const limited = await edge.limiter.codes(sha256(email), caller.address, isAtHome);
		if (limited) return refused(limited);
		const { openSignUp } = edge;
		const sent = { email, language: order.language ?? language, openSignUp };
		return Response.json(await sendCode(edge.hub, sent));
	});
	app.post('/enter', async (context) => {
		const { raw } = context.req;
		const caller = edge.callerOf(context);
		const refused = (refusal: Refusal) => problem(refusal, { language: languageOf(raw.headers) });
		if (!isOwnOrigin(raw, caller)) return refused(refuse('NOT_PERMITTED', { action: 'auth' }));
		const order = await readFields(raw, entered);
		if (isRefusal(order)) return refused(order);
		const limited = await edge.limiter.codeTries(caller.address);
		if (limited) return refused(limited);
		const proven = await enterCode(edge.hub, order);
		if (isRefusal(proven)) return refused(proven);
		const answer = await beginSession(edge, proven, { raw, caller });
		if (order.password === undefined) return answer;
		return withFields(answer, ({ user }) => keysGoingOn(edge, user));
	});
	return app;
}
