/**
 * The kinds of procedures that routers are made of, and how a refusal leaves one.
 *
 * @module
 */
import { initTRPC, type TRPCError } from '@trpc/server';
import * as z from 'zod';
import { mayAct, type Action, type Rank, type VendorRole } from '#lib/domain/access.ts';
import type { EndingKey } from '#lib/domain/hub/hub-key.ts';
import { isRefusal, refuse, type Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { RefusalError } from './refusal-error.ts';

/** What `session.me` says of a signed-in person. */
export type Me = {
	user: { id: string; email: string; name: string; vendor?: VendorRole };
	customers: { id: string; name: string; role: Rank }[];
	/** The vendor asks a second factor of its people, and they have none: until then they are none. [PE6] */
	owesSecond?: true;
	/** Of staff: the key that the hub signs with, where its end is near or past. [KE1] */
	hubKey?: EndingKey;
};

export type RpcContext = {
	hub: Hub;
	me: Me | null;
	asker: Asker | undefined;
	/** Counts commands that whoever asks has pushed; absent at the operator's own terminal. [HT1] */
	charge?: (commands: number) => Promise<Refusal | undefined>;
	/** Guesses at codes, of which only wrong ones count: by address, or by who has signed in. [HT1] */
	guesses?: {
		stopped: (whose?: string) => Promise<Refusal | undefined>;
		failed: (whose?: string) => Promise<void>;
	};
};

const trpc = initTRPC.context<RpcContext>().create({
	isDev: false,
	errorFormatter({ shape, error }) {
		const refusal = refusalOf(error);
		// A fault's own words may repeat what was sent: they stay in the log.
		const message = refusal ? refusal.refused : error.code;
		return { ...shape, message, data: { ...shape.data, refusal } };
	}
});

export const routerOf = trpc.router;

export const makeCallerOf = trpc.createCallerFactory;

/** A read-only key changes nothing, whatever a procedure is called. [PE4] */
const base = trpc.procedure.use(({ ctx, path, type, next }) => {
	if (ctx.asker?.limits?.readOnly && type !== 'query')
		throw new RefusalError(refuse('NOT_PERMITTED', { action: path }));
	return next();
});

/** For anybody, signed in or not. */
export const anybody = base;

/** What is no fault of what was asked is told: the same works again later. */
const procedure = base.use(async ({ next }) => {
	const result = await next();
	const refusal = result.ok ? undefined : refusalOfFault(result.error);
	if (refusal && !result.ok) throw new RefusalError(refusal, result.error);
	return result;
});

export const signedIn = procedure.use(({ ctx, next }) => {
	if (!ctx.asker) throw new RefusalError(refuse('SIGN_IN_REQUIRED', {}));
	return next({ ctx: { ...ctx, asker: ctx.asker } });
});

/** For people themselves: an API key, which may lie in a script, looks after nobody's account. [PE4] */
export const inPerson = signedIn.use(({ ctx, path, next }) => {
	const { sessionId } = ctx.asker;
	if (sessionId === undefined) throw new RefusalError(refuse('NOT_PERMITTED', { action: path }));
	return next({ ctx: { ...ctx, sessionId } });
});

/** For the vendor's own people, as far as the action is theirs. [PE1] */
export function vendorMay(action: Action) {
	return signedIn.use(({ ctx, path, next }) => {
		if (!mayAct(ctx.asker.vendor, action))
			throw new RefusalError(refuse('NOT_PERMITTED', { action: path }));
		return next({ ctx });
	});
}

/** tRPC knows only errors: a refusal is thrown, and comes out as one at the desk. */
export function orThrow<T>(value: T | Refusal): T {
	if (isRefusal(value)) throw new RefusalError(value);
	return value;
}

/** The refusal that an error carries; input that fits no schema is one as well. */
export function refusalOf(error: TRPCError): Refusal | undefined {
	if (error instanceof RefusalError) return error.refusal;
	if (error.cause instanceof RefusalError) return error.cause.refusal;
	if (error.code === 'BAD_REQUEST' && error.cause instanceof z.core.$ZodError) {
		const [issue] = error.cause.issues;
		const path = issue?.path.join('.') ?? '';
		return refuse('BODY_INVALID', { path, reason: issue?.code ?? 'invalid' });
	}
	if (error.code === 'NOT_FOUND') return refuse('NOT_FOUND', { what: 'procedure' });
	return undefined;
}

/** What is said of a code that nobody has: only these count as guesses. */
const unknownCodes: ReadonlySet<RefusalCode> = new Set([
	'INVITATION_INVALID',
	'SERVER_CODE_INVALID'
]);

/** Whoever enters wrong codes is stopped for a while, and nobody else. */
export async function guessing<T>(
	{ guesses, asker }: RpcContext,
	enter: () => Promise<T | Refusal>
): Promise<T> {
	const stopped = await guesses?.stopped(asker?.userId);
	const entered = stopped ?? (await enter());
	if (isRefusal(entered) && unknownCodes.has(entered.refused)) await guesses?.failed(asker?.userId);
	return orThrow(entered);
}
