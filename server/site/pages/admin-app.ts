/**
 * The pages of a site server, and the procedures that they call. The desk's own files are public; what they
 * show is asked for, by whoever is signed in. [ST2, ST3]
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getConnInfo } from '@hono/node-server/conninfo';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono, type Context } from 'hono';
import { BODY_LIMIT, limitBody, PUSH_LIMIT } from '#server/http/body-limit.ts';
import type { Caller } from '#server/http/caller.ts';
import { deskFiles, deskPage } from '#server/http/desk-files.ts';
import { makeDoor } from '#server/reach/door.ts';
import { ADMIN_COOKIE, ADMIN_SESSION_SECONDS } from '#server/site/admin/account.ts';
import type { SiteAdmin } from '#server/site/admin/site-admin.ts';
import { SITE_CHECK } from '#server/site/admin/site-setup.ts';
import { siteRouter } from '#server/site/rpc/router.ts';

/** What carries files. */
const LARGE = new Set(['/site/rpc/license.load']);

export type AdminApp = {
	app: Hono;
	/** For the console alone, until there is an account: the path that opens the set-up, once. */
	link: () => string | undefined;
	/** Another address that pages may ask, while it is being checked. */
	connect: () => string[];
};

export type AdminEdge = {
	callerOf: (context: Context) => Caller;
	/** Told of faults, never of refusals. */
	onFault: (path: string | undefined, error: unknown) => void;
};

export function makeAdminApp(admin: SiteAdmin, { callerOf, onFault }: AdminEdge): AdminApp {
	const app = new Hono();
	const { account, setup, site } = admin;
	const door = makeDoor(setup.browser);
	const connect = () => {
		const reach = setup.reach();
		return reach ? [reach.url] : [];
	};

	app.get('/', (context) => context.redirect('/site#/site', 303));
	app.get('/site', (context) => {
		context.header('cache-control', 'no-store');
		const page = deskPage(connect());
		return page === undefined
			? context.text('The pages are not built here: npm run build\n')
			: context.html(page);
	});
	app.get(`${SITE_CHECK}:nonce`, (context) => {
		const { origin } = callerOf(context);
		const seen = setup.seen(context.req.param('nonce'), { origin, from: socketAddressOf(context) });
		if (!seen) return context.notFound();
		// The page that asks is at another address, and what is said here is no secret.
		context.header('access-control-allow-origin', '*');
		context.header('cross-origin-resource-policy', 'cross-origin');
		context.header('cache-control', 'no-store');
		return context.json(seen);
	});
	app.get('/site/ca.crt', (context) => {
		const file = join(site.folder, 'tls/ca.crt');
		if (!existsSync(file)) return context.notFound();
		context.header('content-type', 'application/x-x509-ca-cert');
		context.header('content-disposition', 'attachment; filename="keyferry-ca.crt"');
		return context.body(readFileSync(file));
	});
	app.get('/site/setup/:code{[A-Za-z0-9_-]{22}}', async (context) => {
		// Looking ahead is not opening. Once there is an account, there is nothing to open.
		if (context.req.raw.method !== 'GET' || account.name() !== undefined) return context.notFound();
		const { address, isSecure } = callerOf(context);
		const cookie = await door.open(context.req.param('code'), { address, isSecure });
		// Whoever was let in may come by the same link again.
		if (cookie === undefined && !door.knows(context.req.raw.headers)) return context.notFound();
		if (cookie !== undefined) context.header('set-cookie', cookie);
		context.header('cache-control', 'no-store');
		return context.redirect('/site#/site/setup', 303);
	});

	app.use(
		'/site/rpc/*',
		limitBody((path) => (LARGE.has(path) ? PUSH_LIMIT : BODY_LIMIT))
	);
	app.all('/site/rpc/*', async (context) => {
		const { raw } = context.req;
		const { address, isSecure } = callerOf(context);
		if (!isOwnCall(raw)) return context.notFound();
		const token = cookieIn(raw.headers);
		const isSignedIn = token !== undefined && account.knows(token);
		const isNew = account.name() === undefined && door.knows(raw.headers);
		const said: { cookie?: string } = {};
		const cookieOf = (value: string, seconds: number) =>
			`${ADMIN_COOKIE}=${value}; Path=/site; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`;
		const session = {
			isSignedIn,
			isNew,
			address,
			begin: () => void (said.cookie = cookieOf(account.open(), ADMIN_SESSION_SECONDS)),
			end: () => {
				if (token !== undefined) account.end(token);
				said.cookie = cookieOf('', 0);
			}
		};
		const response = await fetchRequestHandler({
			endpoint: '/site/rpc',
			req: raw,
			router: siteRouter,
			createContext: () => ({ admin, site, session }),
			onError: ({ error, path }) => {
				if (error.code === 'INTERNAL_SERVER_ERROR') onFault(path, error.cause ?? error);
			}
		});
		response.headers.set('cache-control', 'no-store');
		// It lives as long as it is used.
		if (isSignedIn) said.cookie ??= cookieOf(token, ADMIN_SESSION_SECONDS);
		if (said.cookie !== undefined) response.headers.append('set-cookie', said.cookie);
		return response;
	});
	app.route('/', deskFiles());
	return {
		app,
		link: () => (account.name() === undefined ? `/site/setup/${door.code}` : undefined),
		connect
	};
}

/** A page of another site cannot set the header, and a browser names the origin of what it sends. */
function isOwnCall({ headers, url }: Request): boolean {
	const origin = headers.get('origin');
	const isOwn = origin === null || URL.parse(origin)?.host === new URL(url).host;
	return isOwn && headers.get('x-keyferry') === '1';
}

function cookieIn(headers: Headers): string | undefined {
	const cookies = headers.get('cookie')?.split(/;\s*/) ?? [];
	return cookies
		.find((each) => each.startsWith(`${ADMIN_COOKIE}=`))
		?.slice(ADMIN_COOKIE.length + 1);
}

function socketAddressOf(context: Context): string {
	return getConnInfo(context).remote.address ?? 'unknown';
}
