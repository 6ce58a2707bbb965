/**
 * `/auth/provider`: signing in by redirect, and linking accounts elsewhere to one's own. [PE7]
 *
 * @module
 */
import { Hono, type Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { currentSession } from '#server/auth/current-session.ts';
import { isOwnOrigin } from '#server/http/own-origin.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import {
	enterByProvider,
	linkProvider,
	listLinks,
	unlinkProvider
} from '#server/operations/people/enter-by-provider.ts';
import { comeBack, leaveOnTrip, TRIP_SECONDS } from '#server/operations/people/provider-trips.ts';
import { addressAt, askPerson } from '#server/providers/ask-provider.ts';
import type { Provider } from '#server/providers/provider.ts';
import { beginSession, readFields, type SignInEdge } from './edge.ts';

const COOKIE = 'keyferry.trip';
const PATH = '/auth/provider';

const order = z.strictObject({
	provider: z.string().max(40),
	/** A place in the desk, as its address says it after the `#`. */
	back: z
		.string()
		.max(200)
		.regex(/^\/(?!\/)[\w/.?=&%-]*$/),
	link: z.boolean().optional()
});

/** To be mounted at `/auth`. */
export function providerRoutes(edge: SignInEdge): Hono {
	const app = new Hono();
	const redirectUriOf = ({ id }: Provider) => `${edge.hub.address}${PATH}/${id}/callback`;
	const sessionOf = async (context: Context) => {
		const { isSecure } = edge.callerOf(context);
		const { db } = edge.store;
		const found = await currentSession(edge.auth(isSecure), db, context.req.raw.headers);
		return found?.isHalf ? undefined : found;
	};

	app.get('/ways', (context) => {
		const providers = edge.providers.list().map(({ id, title }) => ({ id, title }));
		return context.json({ signUp: edge.openSignUp, providers });
	});

	app.post('/provider/start', async (context) => {
		const { raw } = context.req;
		const caller = edge.callerOf(context);
		const refused = (refusal: Refusal) => problem(refusal, { language: languageOf(raw.headers) });
		if (!isOwnOrigin(raw, caller)) return refused(refuse('NOT_PERMITTED', { action: 'auth' }));
		const asked = await readFields(raw, order);
		if (isRefusal(asked)) return refused(asked);
		const limited = await edge.limiter.byAddress(caller.address);
		if (limited) return refused(limited);
		// The provider sends people back to this address, where alone the cookie is known.
		const { address } = edge.hub;
		if (caller.origin !== new URL(address).origin)
			return refused(refuse('HOST_NOT_SERVED', { address }));
		const provider = edge.providers.find(asked.provider);
		if (!provider) return refused(refuse('NOT_FOUND', { what: `provider ${asked.provider}` }));
		const session = asked.link ? await sessionOf(context) : undefined;
		if (asked.link && !session) return refused(refuse('SIGN_IN_REQUIRED', {}));
		if (session && !session.isFresh) return refused(refuse('SIGN_IN_STALE', {}));
		const trip = { provider: provider.id, back: asked.back, linkTo: session?.userId };
		const { browser, ...left } = await leaveOnTrip(edge.hub, trip);
		setCookie(context, COOKIE, browser, {
			path: PATH,
			httpOnly: true,
			sameSite: 'Lax',
			secure: caller.isSecure,
			maxAge: TRIP_SECONDS
		});
		const redirectUri = redirectUriOf(provider);
		return context.json({ url: addressAt(provider, { ...left, redirectUri }) });
	});

	app.get('/provider/:id/callback', async (context) => {
		const provider = edge.providers.find(context.req.param('id'));
		const browser = getCookie(context, COOKIE);
		deleteCookie(context, COOKIE, { path: PATH });
		const failed = ({ refused, facts }: Refusal, place = '/sign-in') => {
			// People know it by its title.
			const named: Record<string, string> = { ...(facts as Record<string, string>) };
			if (provider && 'provider' in facts) named.provider = provider.title;
			const said = new URLSearchParams({ refused, ...named });
			return context.redirect(`/#${place}?${said.toString()}`, 303);
		};
		if (!provider) return failed(refuse('NOT_FOUND', { what: 'provider' }));
		const fail = (reason: 'denied' | 'unanswered' | 'stale') =>
			failed(refuse('PROVIDER_FAILED', { provider: provider.id, reason }));
		const { state, code, iss } = context.req.query();
		const trip =
			state !== undefined && browser !== undefined
				? await comeBack(edge.hub, { state, browser, provider: provider.id })
				: undefined;
		if (!trip) return fail('stale');
		// Of two providers one may send the other's code. (RFC 9207)
		if (iss !== undefined && provider.openId && iss !== provider.openId.issuer)
			return fail('stale');
		if (code === undefined) return fail('denied');
		const { nonce, verifier, back } = trip;
		const redirectUri = redirectUriOf(provider);
		const named = await askPerson(provider, { code, trip: { nonce, verifier, redirectUri } }).catch(
			(fault: unknown) => {
				edge.onProviderFault(provider.id, fault);
				return undefined;
			}
		);
		if (!named) return fail('unanswered');
		if (trip.linkTo !== undefined) {
			const session = await sessionOf(context);
			if (session?.userId !== trip.linkTo) return fail('stale');
			const { subject } = named;
			const link = { provider: provider.id, subject, userId: session.userId };
			const elsewhere = await linkProvider(edge.hub, link);
			return elsewhere ? failed(elsewhere, back) : context.redirect(`/#${back}`, 303);
		}
		const { openSignUp } = edge;
		const entered = await enterByProvider(edge.hub, { provider: provider.id, named, openSignUp });
		if (isRefusal(entered)) return failed(entered);
		const begun = await beginSession(edge, entered, {
			raw: context.req.raw,
			caller: edge.callerOf(context)
		});
		for (const cookie of begun.headers.getSetCookie())
			context.header('set-cookie', cookie, { append: true });
		const said = new URLSearchParams({ back });
		return context.redirect(`/#/sign-in?came=${provider.id}&${said.toString()}`, 303);
	});

	app.get('/provider/links', async (context) => {
		const session = await sessionOf(context);
		if (!session) return problem(refuse('SIGN_IN_REQUIRED', {}));
		return context.json(await listLinks(edge.store.db, session.userId));
	});

	app.post('/provider/unlink', async (context) => {
		const { raw } = context.req;
		const refused = (refusal: Refusal) => problem(refusal, { language: languageOf(raw.headers) });
		if (!isOwnOrigin(raw, edge.callerOf(context)))
			return refused(refuse('NOT_PERMITTED', { action: 'auth' }));
		const session = await sessionOf(context);
		if (!session) return refused(refuse('SIGN_IN_REQUIRED', {}));
		const asked = await readFields(raw, z.strictObject({ id: z.string().max(64) }));
		if (isRefusal(asked)) return refused(asked);
		const { userId } = session;
		const unknown = await unlinkProvider(edge.store.db, { id: asked.id, userId });
		return unknown ? refused(unknown) : context.json({});
	});
	return app;
}
