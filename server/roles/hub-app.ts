/**
 * The hub's HTTP face: sign-in, desk, products and health on one port.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono, type Context } from 'hono';
import type { Logger } from 'pino';
import { refuse } from '#lib/domain/refusal.ts';
import { findKeyHolder, findPerson, findPersonById, type Person } from '#server/auth/asker.ts';
import type { Auth } from '#server/auth/auth.ts';
import { answers, type Store } from '#server/db/store.ts';
import { describeFault, isDiskFull } from '#server/fault.ts';
import type { HubClock } from '#server/hub/hub-time.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { fault, languageOf, problem } from '#server/http/problem.ts';
import { callerOf, isAddressed, type Caller, type Reach } from '#server/http/caller.ts';
import { makeLimiter, type Limits } from '#server/http/rate-limit.ts';
import { v1 } from '#server/rest/v1/v1.ts';
import { wellKnown, type Published } from '#server/rest/well-known.ts';
import { listCustomers } from '#server/operations/people/list-customers.ts';
import type { Me } from '#server/rpc/procedures.ts';
import { rpc } from '#server/rpc/rpc.ts';
import { deskFiles, inlineScriptHashes } from '#server/http/desk-files.ts';
import { signInRoutes } from './sign-in.ts';
import { securityHeaders } from '#server/http/security-headers.ts';

export type AppParts = {
	hub: Hub;
	store: Store;
	/** @param isSecure - Whether the session's cookie is for encrypted lines only. */
	auth: (isSecure: boolean) => Auth;
	published: () => Published;
	time: HubClock;
	limits: Limits;
	reach: Reach;
	/** Whether anybody may make an account. */
	openSignUp: boolean;
	log: Logger;
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
	reach,
	openSignUp,
	log,
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
		const ms = Math.round(performance.now() - started);
		log.info({ method, path, status: context.res.status, ms }, 'answered');
	});
	app.onError((error, context) => {
		const support = randomUUID();
		const { method, path } = context.req;
		log.error({ support, method, path, error: describeFault(error) }, 'fault');
		if (isDiskFull(error))
			return problem(refuse('HUB_STORAGE_FULL', {}), {
				language: languageOf(context.req.raw.headers)
			});
		return fault(support);
	});

	app.get('/health/live', (context) => context.json({ live: true }));
	app.get('/health/ready', async (context) => {
		const ready = isReady() && (await answers(store));
		const leap = time.leap();
		const clock = leap && { clock: { leap, next: 'keyferry hub-time confirm' } };
		return context.json({ ready, ...clock }, ready ? 200 : 503);
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

	const findAsker = async (headers: Headers) =>
		askerOf(await findKeyHolder(auth(true), store.db, headers));
	const findAuthor = async (userId: string) => askerOf(await findPersonById(store.db, userId));
	const addressOf = (context: Context) => caller(context).address;
	const limiter = makeLimiter(limits);
	app.route('/', v1({ hub, limiter, findAsker, findAuthor, addressOf }));
	app.all('/v1/*', notFound);

	const findMe = async (headers: Headers, { isSecure }: Caller) => {
		const person = await findPerson(auth(isSecure), store.db, headers);
		const asker = askerOf(person);
		return person && asker && { me: await meOf(hub, person), asker };
	};
	const onFault = (path: string | undefined, error: unknown) =>
		log.error({ path, error: describeFault(error) }, 'fault');
	app.route('/rpc', rpc({ hub, limiter, callerOf: caller, findMe, onFault }));

	app.route('/', signInRoutes({ store, auth, limiter, callerOf: caller, openSignUp }));
	app.all('/auth/*', notFound);
	app.route('/', deskFiles());
	return app;
}

/** Staff may see every customer; they are listed for them too. */
async function meOf(hub: Hub, { user, customers }: Person): Promise<Me> {
	if (!user.staff) return { user, customers };
	const all = await listCustomers(hub);
	return { user, customers: all.map(({ id, name }) => ({ id, name, role: 'staff' })) };
}

export function askerOf(person: Person | undefined): Asker | undefined {
	if (!person) return undefined;
	const { user, customers } = person;
	const roles = new Map(customers.map(({ id, role }) => [id, role]));
	return { userId: user.id, staff: user.staff, roles };
}

function notFound({ req }: Context): Response {
	const language = languageOf(req.raw.headers);
	return problem(refuse('NOT_FOUND', { what: req.path }), { language });
}

function socketAddressOf(context: Context): string {
	return getConnInfo(context).remote.address ?? 'unknown';
}
