/**
 * `/auth/second-factor`: set up, asked for, and taken off. [PE6]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { currentSession, type CurrentSession } from '#server/auth/current-session.ts';
import { session as sessions } from '#server/db/schema/people.ts';
import { sha256 } from '#server/db/sha256.ts';
import { isOwnOrigin } from '#server/http/own-origin.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import {
	beginSecondFactor,
	confirmSecondFactor,
	proveSecondFactor,
	readSecondFactor,
	removeSecondFactor
} from '#server/operations/people/second-factor.ts';
import { beginSession, readFields, type SignInEdge } from './edge.ts';

const typed = z.strictObject({ code: z.string().max(64) });

/** To be mounted at `/auth/second-factor`. */
export function secondFactorRoutes(edge: SignInEdge): Hono {
	const app = new Hono();
	const { hub } = edge;

	/** Whoever has a session, a half one included. */
	const sessionIn = async (context: Context): Promise<CurrentSession | Refusal> => {
		const { raw } = context.req;
		const caller = edge.callerOf(context);
		if (!isOwnOrigin(raw, caller)) return refuse('NOT_PERMITTED', { action: 'auth' });
		const found = await currentSession(edge.auth(caller.isSecure), edge.store.db, raw.headers);
		return found ?? refuse('SIGN_IN_REQUIRED', {});
	};
	const wholeSessionIn = async (context: Context): Promise<CurrentSession | Refusal> => {
		const found = await sessionIn(context);
		if (isRefusal(found) || !found.isHalf) return found;
		return refuse('SECOND_FACTOR_REQUIRED', {});
	};
	const refused = ({ req }: Context, refusal: Refusal) =>
		problem(refusal, { language: languageOf(req.raw.headers) });

	/** What was typed, as far as this account may be guessed at. */
	const guessIn = async (context: Context, userId: string): Promise<string | Refusal> => {
		const asked = await readFields(context.req.raw, typed);
		if (isRefusal(asked)) return asked;
		const limited = await edge.limiter.byAccount(sha256(`second factor ${userId}`));
		return limited ?? asked.code;
	};
	const proven = (userId: string) => edge.limiter.accountProven(sha256(`second factor ${userId}`));

	app.get('/', async (context) => {
		const found = await wholeSessionIn(context);
		if (isRefusal(found)) return refused(context, found);
		const set = await readSecondFactor(hub, found.userId);
		return context.json(set ? { isSet: true, ...set } : { isSet: false });
	});
	app.post('/begin', async (context) => {
		const found = await wholeSessionIn(context);
		if (isRefusal(found)) return refused(context, found);
		// Whoever finds a session open is not to lock its owner out.
		if (!found.isFresh) return refused(context, refuse('SIGN_IN_STALE', {}));
		const begun = await beginSecondFactor(hub, found.userId);
		return isRefusal(begun) ? refused(context, begun) : context.json(begun);
	});
	app.post('/confirm', async (context) => {
		const found = await wholeSessionIn(context);
		if (isRefusal(found)) return refused(context, found);
		const { userId } = found;
		const code = await guessIn(context, userId);
		if (isRefusal(code)) return refused(context, code);
		const backupCodes = await confirmSecondFactor(hub, { userId, code });
		if (isRefusal(backupCodes)) return refused(context, backupCodes);
		await proven(userId);
		// This session has shown it; all others are asked for it.
		await edge.store.db
			.update(sessions)
			.set({ secondAt: new Date() })
			.where(eq(sessions.id, found.id));
		return context.json({ backupCodes });
	});
	app.post('/enter', async (context) => {
		const found = await sessionIn(context);
		if (isRefusal(found)) return refused(context, found);
		const { userId, id } = found;
		const code = await guessIn(context, userId);
		if (isRefusal(code)) return refused(context, code);
		const wrong = await proveSecondFactor(hub, { userId, code });
		if (wrong) return refused(context, wrong);
		await proven(userId);
		const asked = { raw: context.req.raw, caller: edge.callerOf(context) };
		const begun = await beginSession(edge, { userId, isSecond: true }, asked);
		await edge.store.db.delete(sessions).where(eq(sessions.id, id));
		return begun;
	});
	app.post('/remove', async (context) => {
		const found = await wholeSessionIn(context);
		if (isRefusal(found)) return refused(context, found);
		const { userId } = found;
		const code = await guessIn(context, userId);
		if (isRefusal(code)) return refused(context, code);
		const wrong = await removeSecondFactor(hub, { userId, code });
		if (wrong) return refused(context, wrong);
		await proven(userId);
		return context.json({});
	});
	return app;
}
