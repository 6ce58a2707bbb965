/**
 * The hub's HTTP face: sign-in, desk, products and health on one port.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono, type Context } from 'hono';
import type { Logger } from 'pino';
import { noticeKeyTerm } from '#lib/domain/hub/hub-key.ts';
import { refuse } from '#lib/domain/refusal.ts';
import {
	findKeyHolder,
	findPerson,
	findPersonById,
	standingOf,
	type Person
} from '#server/auth/asker.ts';
import type { Auth } from '#server/auth/auth.ts';
import type { Store } from '#server/db/store.ts';
import { describeFault } from '#server/fault.ts';
import type { HubClock } from '#server/hub/hub-time.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { fault, languageOf, problem } from '#server/http/problem.ts';
import { callerOf, isAddressed, type Caller, type Reach } from '#server/http/caller.ts';
import { makeSlots, type Places } from '#server/http/slots.ts';
import { makeLimiter, type Counts, type Limits } from '#server/http/rate-limit.ts';
import type { Providers } from '#server/providers/discovery.ts';
import { v1 } from '#server/rest/v1/v1.ts';
import { wellKnown, type Published } from '#server/rest/well-known.ts';
import { keptBy } from '#server/operations/catalog/keep-customer.ts';
import type { Me } from '#server/rpc/procedures.ts';
import { rpc } from '#server/rpc/rpc.ts';
import { deskFiles, inlineScriptHashes } from '#server/http/desk-files.ts';
import { signInRoutes } from '#server/sign-in/routes.ts';
import { mayWatch } from '#server/metrics/may-watch.ts';
import type { Metrics } from '#server/metrics/metrics.ts';
import { securityHeaders } from '#server/http/security-headers.ts';

export type AppParts = {
	hub: Hub;
	store: Store;
	/** @param isSecure - Whether the session's cookie is for encrypted lines only. */
	auth: (isSecure: boolean) => Auth;
	published: () => Published;
	time: HubClock;
	limits: Limits;
	/** Where it is counted how often one asks, where that is not here. */
	counts?: Counts;
	/** Who has a slot, where that is not known here alone. */
	slots?: Places;
	reach: Reach;
	/** Whether anybody may make an account. */
	openSignUp: boolean;
	providers: Providers;
	onProviderFault: (provider: string, fault: unknown) => void;
	log: Logger;
	metrics: Metrics;
	/** Who shows it may read the metrics from anywhere. */
	metricsToken?: string;
	/** False while the first start still fills in demo data. */
	isReady: () => boolean;
};

export function makeApp({
	hub,
	store,
	auth,
	published,
	time,
	limits,
	counts,
	slots = makeSlots(),
	reach,
	openSignUp,
	providers,
	onProviderFault,
	log,
	metrics,
	metricsToken,
	isReady
}: AppParts): Hono {
	const app = new Hono();
	const caller = (context: Context) => callerOf(reach, context.req.raw, socketAddressOf(context));

	app.use(
		'*',
		securityHeaders({
			scripts: () => inlineScriptHashes(),
			isSecure: (context) => caller(context).isSecure
		})
	);
	app.use('*', async (context, next) => {
		const started = performance.now();
		await next();
		// Only what is named here is logged: paths carry no secrets, bodies and headers might.
		const { method, path } = context.req;
		const ms = performance.now() - started;
		const { status } = context.res;
		metrics.answered({ method, path, status, seconds: ms / 1000 });
		log.info({ method, path, status, ms: Math.round(ms) }, 'answered');
	});
	app.onError((error, context) => {
		const support = randomUUID();
		const { method, path } = context.req;
		log.error({ support, method, path, error: describeFault(error) }, 'fault');
		const refusal = refusalOfFault(error);
		if (!refusal) return fault(support);
		return problem(refusal, { language: languageOf(context.req.raw.headers) });
	});

	app.get('/health/live', (context) => context.json({ live: true }));
	app.get('/health/ready', async (context) => {
		const ready = isReady() && (await store.isReady());
		const leap = time.leap();
		const clock = leap && { clock: { leap, next: 'keyferry hub-time confirm' } };
		const ending = noticeKeyTerm(hub.signer, hub.now());
		const key = ending && { key: { ...ending, next: 'keyferry hub-key rotate' } };
		return context.json({ ready, ...clock, ...key }, ready ? 200 : 503);
	});
	app.get('/metrics', async (context) => {
		const { address } = caller(context);
		if (!mayWatch(context.req.raw, { token: metricsToken, address, origin: reach.origin }))
			return notFound(context);
		const { type, text } = await metrics.read();
		return context.body(text, 200, { 'content-type': type, 'cache-control': 'no-store' });
	});
	// Health is asked by whoever watches the machine, under whatever name it has there.
	app.use('*', (context, next) =>
		isAddressed(reach, context.req.raw)
			? next()
			: Promise.resolve(
					problem(refuse('HOST_NOT_SERVED', { address: reach.origin ?? '' }), {
						language: languageOf(context.req.raw.headers)
					})
				)
	);
	app.route('/.well-known', wellKnown(published));

	// After a silence nobody is told the time that was before it. [CL3]
	for (const path of ['/v1/*', '/rpc/*'])
		app.use(path, async (_, next) => {
			await hub.catchUpTime();
			await next();
		});

	const findAsker = async (headers: Headers) =>
		askerOf(await findKeyHolder(auth(true), store.db, headers));
	const findAuthor = async (userId: string) => askerOf(await findPersonById(store.db, userId));
	const addressOf = (context: Context) => caller(context).address;
	const limiter = makeLimiter(limits, counts);
	app.route('/', v1({ hub, limiter, slots, findAsker, findAuthor, addressOf }));
	app.all('/v1/*', notFound);

	const findMe = async (headers: Headers, { isSecure }: Caller) => {
		const person = await findPerson(auth(isSecure), store.db, headers);
		// A page that shows one person's desk never asks as another who signed in beside it. [PE5]
		const meant = headers.get('x-keyferry-user');
		if (meant !== null && meant !== person?.user.id) return undefined;
		const asker = askerOf(person);
		return person && asker && { me: await meOf(hub, person), asker };
	};
	const onFault = (path: string | undefined, error: unknown) =>
		log.error({ path, error: describeFault(error) }, 'fault');
	app.route('/rpc', rpc({ hub, limiter, callerOf: caller, findMe, onFault }));

	const edge = { hub, store, auth, limiter, callerOf: caller, openSignUp, providers };
	app.route('/', signInRoutes({ ...edge, onProviderFault }));
	app.all('/auth/*', notFound);
	app.route('/', deskFiles());
	return app;
}

/** The vendor's people may see every customer: what they keep on their desks is listed. */
async function meOf(hub: Hub, { user, customers, second }: Person): Promise<Me> {
	if (!user.vendor) return { user, customers, ...(second === 'owed' && { owesSecond: true }) };
	const role = user.vendor;
	const kept = await keptBy(hub.db, user.id);
	return {
		user,
		customers: kept.map((customer) => ({ ...customer, role })),
		hubKey: noticeKeyTerm(hub.signer, hub.now())
	};
}

export function askerOf(person: Person | undefined): Asker | undefined {
	if (!person) return undefined;
	const { sessionId, limits } = person;
	return { userId: person.user.id, ...standingOf(person), sessionId, limits };
}

function notFound({ req }: Context): Response {
	const language = languageOf(req.raw.headers);
	return problem(refuse('NOT_FOUND', { what: req.path }), { language });
}

function socketAddressOf(context: Context): string {
	return getConnInfo(context).remote.address ?? 'unknown';
}
