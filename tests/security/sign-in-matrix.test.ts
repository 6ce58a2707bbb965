/**
 * Every endpoint that the sign-in library has × everybody who may ask it. The list is the library's
 * own: an endpoint that an update or a plugin adds fails here until somebody has said what it may do.
 */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { makeAuth, openEndpoints } from '#server/auth/auth.ts';
import { apikey, member, rateLimit, user } from '#server/db/schema/people.ts';
import { askers, keyKinds, startAskedHub, type AskedHub, type AskerKind } from './asked-hub.ts';

let hub: AskedHub;
beforeAll(async () => {
	hub = await startAskedHub();
});
afterAll(() => hub.stop());

/** In the order of {@link askers}. An API key is no session: with it nobody changes an account. */
type Row = readonly number[];

/** Somebody who is signed in, and everybody else. */
const perSession = (session: number, none = 401): Row =>
	askers.map((asker) => (asker === 'signed out' || asker in keyKinds ? none : session));
type Open = { body?: object; vary?: () => object; expected: Row };
type Endpoint = Open | 'closed';

const session = perSession(200);
const everybody = (status: number): Row => askers.map(() => status);

const endpoints: Record<string, Endpoint> = {
	'POST /sign-in/email': {
		// Guesses at one account are counted, whoever makes them.
		vary: () => ({ email: `${uuidv7()}@example.com`, password: 'not the password' }),
		expected: everybody(401)
	},
	'POST /sign-up/email': {
		body: { email: 'nobody@example.com', password: 'short', name: 'Nobody' },
		expected: everybody(400)
	},
	'GET /get-session': { expected: everybody(200) },
	'POST /change-password': {
		body: { currentPassword: 'not the password', newPassword: 'a new enough password' },
		expected: perSession(400)
	},
	// A session alone makes none: the password is asked for again. [PE4]
	'POST /api-key/create': { body: { name: 'Script' }, expected: everybody(401) },
	'GET /api-key/list': { expected: session },
	'POST /api-key/delete': {
		body: { keyId: 'no-such-key' },
		expected: perSession(404)
	},
	// Without a body, which ends no session: asked with one further down.
	'POST /sign-out': { expected: everybody(415) },

	...Object.fromEntries(
		[
			'GET /account-info',
			'GET /api-key/get',
			'GET /callback/:id',
			'GET /delete-user/callback',
			'GET /error',
			'GET /list-accounts',
			'GET /list-sessions',
			'GET /ok',
			'GET /reset-password/:token',
			'GET /verify-email',
			'POST /api-key/update',
			'POST /callback/:id',
			'POST /change-email',
			'POST /delete-user',
			'POST /get-access-token',
			'POST /get-session',
			'POST /link-social',
			'POST /refresh-token',
			'POST /request-password-reset',
			'POST /reset-password',
			'POST /revoke-other-sessions',
			'POST /revoke-session',
			'POST /revoke-sessions',
			'POST /send-verification-email',
			'POST /sign-in/social',
			'POST /unlink-account',
			'POST /update-session',
			'POST /update-user',
			'POST /verify-password'
		].map((name) => [name, 'closed' as const])
	)
};

/** What the library would answer on: endpoints without a path are the hub's own calls. */
function libraryEndpoints(): string[] {
	const { api } = makeAuth({ db: hub.db, secret: 'x'.repeat(32), isSecure: false });
	return Object.values(api).flatMap((each) => {
		const { path, options } = each as { path?: string; options: { method?: string | string[] } };
		return path === undefined ? [] : [options.method ?? 'GET'].flat().map((of) => `${of} ${path}`);
	});
}

async function ask(name: string, asker: AskerKind, body?: object): Promise<Response> {
	// How often is another question, and this asks more often than anybody may.
	await hub.db.delete(rateLimit);
	const [method, path] = name.split(' ') as [string, string];
	const json = body && { 'content-type': 'application/json' };
	return fetch(`${hub.url}/auth${path.replace(/:\w+/, 'x')}`, {
		method,
		headers: { origin: hub.url, ...json, ...hub.as[asker] },
		body: body && JSON.stringify(body)
	});
}

test('every endpoint of the sign-in library is in the table, and no other', () => {
	expect([...new Set(libraryEndpoints())].sort()).toEqual(Object.keys(endpoints).sort());
	const open = Object.keys(endpoints).filter((name) => endpoints[name] !== 'closed');
	expect(openEndpoints.map((each) => each.join(' ')).sort()).toEqual(open.sort());
});

describe.for(Object.entries(endpoints))('[RE2] %s', ([name, endpoint]) => {
	test('answers each asker as the table says', async () => {
		const { body, vary, expected }: Open =
			endpoint === 'closed' ? { body: {}, expected: everybody(404) } : endpoint;
		const isSent = name.startsWith('POST') && name !== 'POST /sign-out';
		const found: number[] = [];
		for (const asker of askers) {
			const sent = isSent ? (vary?.() ?? body) : undefined;
			const answer = await ask(name, asker, sent);
			found.push(answer.status);
			const text = await answer.text();
			if (endpoint === 'closed') expect(JSON.parse(text)).toMatchObject({ code: 'NOT_FOUND' });
			expect(text).not.toMatch(/node_modules|\.ts:\d|\n\s+at /);
		}
		expect(found).toEqual(expected);
	});
});

test('[RE2] other spellings of a closed address are closed as well', async () => {
	for (const path of [
		'/organization/list/',
		'//organization/list',
		'/organization%2Flist',
		'/%6Frganization/list',
		'/Organization/List',
		'/sign-in/../organization/list'
	]) {
		const answer = await fetch(`${hub.url}/auth${path}`, { headers: hub.as.manager });
		expect(answer.status, path).toBe(404);
	}
});

const ownFields = ['createdAt', 'email', 'emailVerified', 'id', 'image', 'name', 'updatedAt'];

test('[RE2] a session says nothing of anybody else', async () => {
	for (const asker of askers) {
		const answer = await ask('GET /get-session', asker);
		const said = (await answer.json()) as { user: object } | null;
		const isSession = asker !== 'signed out' && !(asker in keyKinds);
		expect(said !== null, asker).toBe(isSession);
		if (said) expect(Object.keys(said.user).sort(), asker).toEqual(ownFields);
	}
});

describe('an API key', () => {
	test('[RE2] is made for oneself only, with no rights of its own', async () => {
		const [staff] = await hub.db.select().from(user).where(eq(user.email, 'staff@example.com'));
		const { password } = hub.demo.users.find(({ role }) => role === 'technician')!;
		const own = { name: 'Script', password };
		for (const more of [
			{ userId: staff!.id },
			{ permissions: { everything: ['all'] } },
			{ rateLimitEnabled: false },
			{ remaining: 1_000_000 }
		]) {
			const answer = await ask('POST /api-key/create', 'technician', { ...own, ...more });
			expect(answer.status, JSON.stringify(more)).toBeGreaterThanOrEqual(400);
		}
		const made = await ask('POST /api-key/create', 'technician', own);
		const { key } = (await made.json()) as { key: string };
		const asked = await fetch(`${hub.url}/rpc/session.me`, {
			headers: { 'x-keyferry': '1', authorization: `Bearer ${key}` }
		});
		const { result } = (await asked.json()) as {
			result: { data: { user: { vendor?: string }; customers: { role: string }[] } };
		};
		expect(result.data.user.vendor).toBeUndefined();
		expect(result.data.customers.map(({ role }) => role)).toEqual(['technician']);
	});

	test('[HT1] that has been used all day, without a pause, is taken as before', async () => {
		const used = { requestCount: 1_000_000, lastRequest: new Date(), rateLimitEnabled: true };
		await hub.db.update(apikey).set({ ...used, rateLimitTimeWindow: 60_000, rateLimitMax: 1_200 });
		const me = await fetch(`${hub.url}/rpc/session.me`, {
			headers: { 'x-keyferry': '1', ...hub.as['key of manager'] }
		});
		expect(await me.json()).toMatchObject({ result: { data: { user: {} } } });
	});

	test('[SY3] that the store cannot check is a fault, and never taken for nobody', async () => {
		await hub.db.execute(sql`
			create function no_room() returns trigger language plpgsql as $$
			begin raise exception 'no space left on device' using errcode = '53100'; end $$`);
		await hub.db.execute(sql`
			create trigger no_room before update on apikey execute function no_room()`);
		const me = () =>
			fetch(`${hub.url}/rpc/session.me`, {
				headers: { 'x-keyferry': '1', ...hub.as['key of manager'] }
			});
		const answer = await me();
		await hub.db.execute(sql`drop trigger no_room on apikey`);
		expect(answer.status).toBe(500);
		expect(await (await me()).json()).toMatchObject({ result: { data: { user: {} } } });
	});

	test('[RE2] of somebody else is neither listed nor deleted, and none is told again', async () => {
		const owned = await hub.db.select().from(apikey);
		const listed = await (await ask('GET /api-key/list', 'another customer')).text();
		for (const { id, key, referenceId } of owned) {
			expect(listed).not.toContain(key);
			const [owner] = await hub.db.select().from(user).where(eq(user.id, referenceId));
			if (owner!.email === 'other@example.com') continue;
			expect(listed).not.toContain(id);
			const answer = await ask('POST /api-key/delete', 'another customer', { keyId: id });
			expect(answer.status).toBe(404);
		}
		const left = await hub.db.select({ id: apikey.id }).from(apikey);
		expect(left).toHaveLength(owned.length);
	});
});

test('[RE2] signing up makes nobody a member, staff or verified', async () => {
	const named = { email: 'new@example.com', password: 'a long enough password', name: 'Nora New' };
	const more = { ...named, vendor: 'admin', emailVerified: true, role: 'manager' };
	expect((await ask('POST /sign-up/email', 'signed out', more)).status).toBe(200);
	const [made] = await hub.db.select().from(user).where(eq(user.email, named.email));
	expect(made).toMatchObject({ emailVerified: false });
	expect(await hub.db.select().from(member).where(eq(member.userId, made!.id))).toEqual([]);
});

/** Last: it ends the session that it is asked with. */
test('[RE2] signing out ends one’s own session and no other', async () => {
	expect((await ask('POST /sign-out', 'no customer', {})).status).toBe(200);
	expect(await (await ask('GET /get-session', 'no customer')).json()).toBeNull();
	expect(await (await ask('GET /get-session', 'manager')).json()).not.toBeNull();
});
