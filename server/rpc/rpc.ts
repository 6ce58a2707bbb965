/**
 * Mounting the router: who asks, and that a page of another site cannot.
 *
 * @module
 */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono, type Context } from 'hono';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { BODY_LIMIT, limitBody, PUSH_LIMIT } from '#server/http/body-limit.ts';
import type { Caller } from '#server/http/caller.ts';
import { isOwnOrigin } from '#server/http/own-origin.ts';
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

/** What carries many commands, rows or files at once. */
const LARGE = new Set(['/rpc/sync.push', '/rpc/sync.pull', '/rpc/adopt.files']);

export function rpc({ hub, limiter, callerOf, findMe, onFault }: RpcEdge): Hono {
	const app = new Hono();
	app.use(
		'/*',
		limitBody((path) => (LARGE.has(path) ? PUSH_LIMIT : BODY_LIMIT))
	);
	app.all('/*', async (context) => {
		const { req } = context;
		const caller = callerOf(context);
		if (!isOwnCall(req.raw, caller))
			return context.json(forbidden, 403, { 'cache-control': 'no-store' });
		const limited = await limiter.byProcedures(caller.address, proceduresIn(req.raw.url));
		if (limited) return tooMany(limited);
		const response = await fetchRequestHandler({
			endpoint: '/rpc',
			req: req.raw,
			router,
			// A cursor over many customers is longer than an address may be.
			allowMethodOverride: true,
			createContext: async () => {
				const found = await findMe(req.raw.headers, caller);
				return { hub, me: found?.me ?? null, asker: found?.asker };
			},
			onError: ({ error, path }) => {
				// A full disk is told as a refusal, and yet is the hub's own trouble.
				const refused = error instanceof RefusalError ? error.refusal.refused : undefined;
				if (error.code === 'INTERNAL_SERVER_ERROR' || refused === 'HUB_STORAGE_FULL')
					onFault(path, error.cause ?? error);
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

function tooMany(refusal: Refusal<'RATE_LIMITED'>): Response {
	const data = { code: 'TOO_MANY_REQUESTS', httpStatus: 429, refusal };
	const error = { message: explain(refusal).title, code: -32_029, data };
	const headers = {
		'cache-control': 'no-store',
		'retry-after': String(refusal.facts.retryAfterSeconds)
	};
	return Response.json({ error }, { status: 429, headers });
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

const refusal = refuse('NOT_PERMITTED', { action: 'rpc' });
const forbidden = {
	error: {
		message: explain(refusal).title,
		code: -32_003,
		data: { code: 'FORBIDDEN', httpStatus: 403, refusal }
	}
};
