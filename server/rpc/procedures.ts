/**
 * The kinds of procedures that routers are made of, and how a refusal leaves one.
 *
 * @module
 */
import { initTRPC, type TRPCError } from '@trpc/server';
import * as z from 'zod';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { isDiskFull } from '#server/fault.ts';
import { RefusalError } from './refusal-error.ts';

/** What `session.me` says of a signed-in person. */
export type Me = {
	user: { id: string; email: string; name: string; staff: boolean };
	customers: { id: string; name: string; role: string }[];
};

export type RpcContext = { hub: Hub; me: Me | null; asker: Asker | undefined };

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

/** For anybody, signed in or not. */
export const anybody = trpc.procedure;

/** A full disk is no fault of what was asked: the same works again once there is room. */
const procedure = trpc.procedure.use(async ({ next }) => {
	const result = await next();
	if (!result.ok && isDiskFull(result.error))
		throw new RefusalError(refuse('HUB_STORAGE_FULL', {}), result.error);
	return result;
});

export const signedIn = procedure.use(({ ctx, next }) => {
	if (!ctx.asker) throw new RefusalError(refuse('SIGN_IN_REQUIRED', {}));
	return next({ ctx: { hub: ctx.hub, asker: ctx.asker } });
});

export const staff = signedIn.use(({ ctx, path, next }) => {
	if (!ctx.asker.staff) throw new RefusalError(refuse('NOT_PERMITTED', { action: path }));
	return next({ ctx });
});

/** tRPC knows only errors: a refusal is thrown, and comes out as one at the desk. */
export function orThrow<T>(value: T | Refusal): T {
	if (isRefusal(value)) throw new RefusalError(value);
	return value;
}

/** The refusal that an error carries; input that fits no schema is one as well. */
function refusalOf(error: TRPCError): Refusal | undefined {
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
