/**
 * Mounting the router: who asks, and that a page of another site cannot.
 *
 * @module
 */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { Hono, type Context } from 'hono';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { BODY_LIMIT, limitBody, PUSH_LIMIT } from '#server/http/body-limit.ts';
import type { Caller } from '#server/http/caller.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { isOwnOrigin } from '#server/http/own-origin.ts';
import { retryAfterOf } from '#server/http/problem.ts';
import type { Limiter } from '#server/http/rate-limit.ts';
import { RefusalError } from './refusal-error.ts';
import type { Me } from './procedures.ts';
import { router } from './router.ts';

export type RpcEdge = {
	hub: Hub;
	limiter: Limiter;
	callerOf: (context: Context) => Caller;
	findMe: (headers: Headers, caller: Caller) => Promise<{ me: Me; asker: Asker } | undefined>;
	/** Told of faults, never of refusals. */
	onFault: (path: string | undefined, error: unknown) => void;
};

/** Under this name wrong codes are counted, as failed proofs of a license's number are. */
const CODES = 'codes';

/** What carries many commands, rows or files at once. */
export const LARGE = new Set(['/rpc/sync.push', '/rpc/sync.pull', '/rpc/adopt.files']);

export function rpc({ hub, limiter, callerOf, findMe, onFault }: RpcEdge): Hono {
	const app = new Hono();
	app.use(
		'/*',
		limitBody((path) => (LARGE.has(path) ? PUSH_LIMIT : BODY_LIMIT))
	);
	app.all('/*', async (context) => {
		const { req } = context;
		const caller = callerOf(context);
		if (!isOwnCall(req.raw, caller)) return refused(refuse('NOT_PERMITTED', { action: 'rpc' }));
		const limited = await limiter.byProcedures(caller.address, proceduresIn(req.raw.url));
		if (limited) return refused(limited);
		let found: Awaited<ReturnType<typeof findMe>>;
		try {
			found = await findMe(req.raw.headers, caller);
		} catch (error) {
			const refusal = refusalOfFault(error);
			if (!refusal) throw error;
			onFault(undefined, error);
			return refused(refusal);
		}
		const response = await fetchRequestHandler({
			endpoint: '/rpc',
			req: req.raw,
			router,
			// A cursor over many customers is longer than an address may be.
			allowMethodOverride: true,
			createContext: () => ({
				hub,
				me: found?.me ?? null,
				asker: found?.asker,
				charge: (commands) =>
					limiter.byOwnCommands(found?.asker.userId ?? caller.address, commands),
				guesses: {
					stopped: (whose = caller.address) => limiter.ofProofs(CODES, whose),
					failed: (whose = caller.address) => limiter.proofFailed(CODES, whose)
				}
			}),
			onError: ({ error, path }) => {
				// A store in trouble is told as a refusal, and yet is the hub's own trouble.
				if (error instanceof RefusalError) hub.onRefusal?.(error.refusal.refused);
				const isOwn = error instanceof RefusalError && error.cause !== undefined;
				if (error.code === 'INTERNAL_SERVER_ERROR' || isOwn) onFault(path, error.cause ?? error);
			},
			responseMeta: ({ errors }) => {
				const refused = errors.flatMap((error) =>
					error instanceof RefusalError ? (retryAfterOf(error.refusal) ?? []) : []
				);
				return refused.length > 0 ? { headers: { 'retry-after': `${Math.max(...refused)}` } } : {};
			}
		});
		response.headers.set('cache-control', 'no-store');
		return response;
	});
	return app;
}

/** A batch names its procedures with commas between. */
function proceduresIn(url: string): number {
	return new URL(url).pathname.split(/,|%2C/i).length;
}

/** Of the whole call, before any procedure is looked for. */
function refused(refusal: Refusal): Response {
	const refused = new RefusalError(refusal);
	const { code } = refused;
	const status = getHTTPStatusCodeFromError(refused);
	const data = { code, httpStatus: status, refusal };
	const error = { message: explain(refusal).title, code: TRPC_ERROR_CODES_BY_KEY[code], data };
	const headers = new Headers({ 'cache-control': 'no-store' });
	const retryAfter = retryAfterOf(refusal);
	if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
	return Response.json({ error }, { status, headers });
}

/**
 * A form or image of another site cannot set the header, and its script would have to ask first.
 * Where a browser names an origin, it is this hub's own.
 */
function isOwnCall(request: Request, caller: Caller): boolean {
	const { method, headers } = request;
	if (headers.get('x-keyferry') !== '1') return false;
	const type = headers.get('content-type') ?? '';
	if (method !== 'GET' && !/^application\/json\b/.test(type)) return false;
	return isOwnOrigin(request, caller);
}
