/** Signing in by redirect, at a real OpenID provider on loopback. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { account, providerTrips, session, user } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';
import { openEmbedded } from '#server/db/store.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { startIdentityProvider, type IdentityProvider } from '../fixtures/identity-provider.ts';
import { freePort, type Demo } from '../fixtures/running-hub.ts';

const PASSWORD = 'a long enough password';

let home: string;
let hub: Running;
let db: Database;
let demo: Demo;
let provider: IdentityProvider;
/** Listens and says nothing. */
let silent: Server;
let downPort: number;
beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-oidc-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	const port = await freePort();
	const callback = (id: string) => `http://localhost:${port}/auth/provider/${id}/callback`;
	provider = await startIdentityProvider({
		redirectUris: [callback('loopback')]
	});
	silent = createServer(() => undefined).listen(0, '127.0.0.1');
	await once(silent, 'listening');
	downPort = await freePort();
	const store = await openEmbedded(data);
	db = store.db;
	const at = (id: string, issuerPort: number) => ({
		...provider.options,
		id,
		title: id,
		issuer: `http://127.0.0.1:${issuerPort}`
	});
	hub = await serve({
		data,
		port,
		demo: true,
		openSignUp: true,
		openStore: () => Promise.resolve(store),
		providers: [
			at('silent', (silent.address() as AddressInfo).port),
			at('down', downPort),
			provider.options
		]
	});
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
	await vi.waitUntil(async () => (await waysOf()).includes('loopback'), { timeout: 60_000 });
});
afterAll(async () => {
	await hub.close();
	await provider.stop();
	silent.close();
	rmSync(home, { recursive: true, force: true });
});

async function waysOf(): Promise<string[]> {
	const answer = await fetch(`${hub.url}/auth/ways`);
	const { providers } = (await answer.json()) as { providers: { id: string }[] };
	return providers.map(({ id }) => id);
}

/** A browser, as far as this goes: cookies by origin, and redirects that it follows. */
class Browser {
	#jar = new Map<string, Map<string, string>>();

	cookies(url: string): string {
		const own = this.#jar.get(new URL(url).origin) ?? new Map<string, string>();
		return Array.from(own, (pair) => pair.join('=')).join('; ');
	}

	async ask(url: string, init: RequestInit = {}): Promise<Response> {
		const headers = new Headers(init.headers);
		headers.set('cookie', this.cookies(url));
		const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
		const { origin } = new URL(url);
		const own = this.#jar.get(origin) ?? new Map<string, string>();
		this.#jar.set(origin, own);
		for (const cookie of answer.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (/max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) own.delete(name);
			else own.set(name, value);
		}
		return answer;
	}

	post(path: string, body: object): Promise<Response> {
		const headers = { 'content-type': 'application/json', origin: hub.url };
		return this.ask(`${hub.url}/auth${path}`, {
			method: 'POST',
			headers,
			body: JSON.stringify(body)
		});
	}

	/** Where the provider is to be asked. */
	async leave(more: { provider?: string; link?: boolean; back?: string } = {}): Promise<string> {
		const answer = await this.post('/provider/start', { provider: 'loopback', back: '/', ...more });
		const { url } = (await answer.json()) as { url?: string };
		if (url === undefined) throw new Error(`${answer.status}`);
		return url;
	}

	/** Follows redirects up to the hub's own address. @returns That, not yet opened. */
	async toCallback(url: string): Promise<string> {
		for (let at = url; ;) {
			if (at.startsWith(hub.url)) return at;
			const answer = await this.ask(at);
			const next = answer.headers.get('location');
			if (next === null) throw new Error(`${answer.status} ${await answer.text()}`);
			at = new URL(next, at).href;
		}
	}

	/** @returns Where in the desk it ends. */
	async open(callback: string): Promise<URLSearchParams & { place?: string }> {
		const answer = await this.ask(callback);
		expect(answer.headers.get('cache-control')).toBe('no-store');
		const [, place = '', said = ''] =
			/^\/#(\/[^?]*)\??(.*)$/.exec(answer.headers.get('location') ?? '') ?? [];
		return Object.assign(new URLSearchParams(said), { place });
	}

	async signIn(more: { provider?: string; link?: boolean; back?: string } = {}) {
		return this.open(await this.toCallback(await this.leave(more)));
	}

	async me(): Promise<string | undefined> {
		const answer = await this.ask(`${hub.url}/rpc/session.me`, { headers: { 'x-keyferry': '1' } });
		const { result } = (await answer.json()) as {
			result: { data: { user: { email: string } } | null };
		};
		return result.data?.user.email;
	}
}

const refusedOf = (said: URLSearchParams) => said.get('refused');

test('[PE7] providers that are down or silent delay nothing, and are there once they answer', async () => {
	// The hub was started with them: it listens, and other ways work.
	expect(await waysOf()).toEqual(['loopback']);
	const { email, password } = demo.users[0]!;
	const started = performance.now();
	expect((await new Browser().post('/sign-in/email', { email, password })).status).toBe(200);
	expect(performance.now() - started).toBeLessThan(4000);
	const unknown = await new Browser().post('/provider/start', { provider: 'down', back: '/' });
	expect(unknown.status).toBe(404);
	const redirectUris = [`${hub.url}/auth/provider/down/callback`];
	const late = await startIdentityProvider({ port: downPort, redirectUris, inToken: true });
	await expect.poll(() => waysOf()).toEqual(['down', 'loopback']);
	late.user = { sub: 'lea', email: 'lea@example.com', email_verified: true };
	const lea = new Browser();
	await lea.signIn({ provider: 'down' });
	expect(await lea.me()).toBe('lea@example.com');
	await late.stop();
});

test('[PE7] registers whoever has a verified address, and signs them in again as the same', async () => {
	provider.user = {
		sub: 'nina',
		name: 'Nina New',
		email: 'Nina.New@example.com',
		email_verified: true
	};
	const first = new Browser();
	const said = await first.signIn({ back: '/licenses?sort=name' });
	expect([said.place, said.get('came'), said.get('back')]).toEqual([
		'/sign-in',
		'loopback',
		'/licenses?sort=name'
	]);
	expect(await first.me()).toBe('nina.new@example.com');
	// The address may change there: it is the same person.
	provider.user = { sub: 'nina', email: 'other@example.com', email_verified: false };
	const again = new Browser();
	await again.signIn();
	expect(await again.me()).toBe('nina.new@example.com');
	const rows = await db.select().from(user).where(eq(user.email, 'nina.new@example.com'));
	expect(rows).toMatchObject([{ name: 'Nina New', emailVerified: true }]);
	expect(await db.select().from(providerTrips)).toEqual([]);
});

test('[PE7] an address that the provider does not call verified is nobody’s', async () => {
	const { email } = demo.users[0]!;
	for (const proof of [{ email_verified: false }, {}, { email: undefined }]) {
		provider.user = { sub: 'mallory', name: 'M', email, ...proof };
		const browser = new Browser();
		const said = await browser.signIn();
		expect(refusedOf(said)).toBe('PROVIDER_ADDRESS_UNPROVEN');
		expect(said.get('provider')).toBe('Loopback Login');
		expect(await browser.me()).toBeUndefined();
	}
	const links = await db.select().from(account).where(eq(account.accountId, 'mallory'));
	expect(links).toEqual([]);
});

test('[PE3] a verified address takes over what a stranger set up at it', async () => {
	const email = 'vera.victim@example.com';
	const stranger = new Browser();
	await stranger.post('/sign-up/email', { email, password: PASSWORD, name: 'Stranger' });
	await stranger.post('/sign-in/email', { email, password: PASSWORD });
	expect(await stranger.me()).toBe(email);
	provider.user = { sub: 'vera', name: 'Vera', email, email_verified: true };
	const vera = new Browser();
	await vera.signIn();
	expect([await vera.me(), await stranger.me()]).toEqual([email, undefined]);
	expect((await new Browser().post('/sign-in/email', { email, password: PASSWORD })).status).toBe(
		401
	);
});

test('[PE7] links an account elsewhere to one’s own, and unlinks it', async () => {
	const { email, password } = demo.users.find(({ role }) => role === 'manager')!;
	const browser = new Browser();
	await browser.post('/sign-in/email', { email, password });
	provider.user = { sub: 'max', name: 'Max' };
	const linked = await browser.signIn({ link: true, back: '/settings' });
	expect([linked.place, refusedOf(linked)]).toEqual(['/settings', null]);
	const elsewhere = new Browser();
	await elsewhere.signIn();
	expect(await elsewhere.me()).toBe(email);
	// Nobody else links it as well, and nobody else takes it off.
	const other = new Browser();
	const { email: second, password: secret } = demo.users.find(({ role }) => role === 'technician')!;
	await other.post('/sign-in/email', { email: second, password: secret });
	expect(refusedOf(await other.signIn({ link: true }))).toBe('PROVIDER_LINKED_ELSEWHERE');
	const links = async (of: Browser) =>
		(await (await of.ask(`${hub.url}/auth/provider/links`)).json()) as { id: string }[];
	const [{ id } = { id: '' }] = await links(browser);
	expect((await other.post('/provider/unlink', { id })).status).toBe(404);
	expect(await links(other)).toEqual([]);
	expect((await browser.post('/provider/unlink', { id })).status).toBe(200);
	expect(await links(browser)).toEqual([]);
	expect(refusedOf(await new Browser().signIn())).toBe('PROVIDER_ADDRESS_UNPROVEN');
	expect((await new Browser().ask(`${hub.url}/auth/provider/links`)).status).toBe(401);
});

test('[PE7] a link needs a session that is fresh, and the same one when it comes back', async () => {
	const { email, password } = demo.users.find(({ role }) => role === 'owner')!;
	const browser = new Browser();
	await browser.post('/sign-in/email', { email, password });
	provider.user = { sub: 'otto' };
	const callback = await browser.toCallback(await browser.leave({ link: true }));
	await browser.post('/sign-out', {});
	expect((await browser.open(callback)).get('reason')).toBe('stale');
	expect(await db.select().from(account).where(eq(account.accountId, 'otto'))).toEqual([]);
	await browser.post('/sign-in/email', { email, password });
	const [person] = await db.select().from(user).where(eq(user.email, email));
	await db
		.update(session)
		.set({ createdAt: new Date(Date.now() - 16 * 60_000) })
		.where(eq(session.userId, person!.id));
	const asked = await browser.post('/provider/start', {
		provider: 'loopback',
		back: '/',
		link: true
	});
	expect(await asked.json()).toMatchObject({ code: 'SIGN_IN_STALE' });
});

test('[PE7] a wrong nonce, a state that was used or is somebody else’s, and a “no” sign nobody in', async () => {
	provider.user = { sub: 'nina' };
	const browser = new Browser();
	const altered = new URL(await browser.leave());
	altered.searchParams.set('nonce', 'of-another-trip');
	const wrong = await browser.open(await browser.toCallback(altered.href));
	expect([refusedOf(wrong), wrong.get('reason')]).toEqual(['PROVIDER_FAILED', 'unanswered']);

	const callback = await browser.toCallback(await browser.leave());
	const other = new Browser();
	expect((await other.open(callback)).get('reason'), 'in another browser').toBe('stale');
	await other.leave();
	expect((await other.open(callback)).get('reason'), 'under way itself').toBe('stale');
	expect((await browser.open(callback)).get('came')).toBe('loopback');
	const good = await browser.toCallback(await browser.leave());
	const cookies = browser.cookies(hub.url);
	expect((await browser.open(good)).get('came')).toBe('loopback');
	const replayed = await fetch(good, { headers: { cookie: cookies }, redirect: 'manual' });
	expect(replayed.headers.get('location')).toContain('reason=stale');
	expect(replayed.headers.getSetCookie().join()).not.toContain('session_token');

	const fresh = new Browser();
	const code = new URL(await fresh.toCallback(await fresh.leave()));
	code.searchParams.set('iss', 'https://other.example');
	expect((await fresh.open(code.href)).get('reason'), 'another provider’s').toBe('stale');
	const guessed = new URL(await fresh.toCallback(await fresh.leave()));
	guessed.searchParams.set('code', 'a-guess');
	expect((await fresh.open(guessed.href)).get('reason')).toBe('unanswered');
	provider.user = undefined;
	const refusing = new Browser();
	expect((await refusing.signIn()).get('reason')).toBe('denied');
	expect([await fresh.me(), await refusing.me()]).toEqual([undefined, undefined]);
});

test('[PE7] leads to no other site and from none', async () => {
	const browser = new Browser();
	for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', 'x', '/a b']) {
		const answer = await browser.post('/provider/start', { provider: 'loopback', back });
		expect(answer.status, back).toBe(400);
	}
	const from = await browser.ask(`${hub.url}/auth/provider/start`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
		body: JSON.stringify({ provider: 'loopback', back: '/' })
	});
	expect(from.status).toBe(403);
	const named = await browser.ask(
		hub.url.replace('localhost', '127.0.0.1') + '/auth/provider/start',
		{
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ provider: 'loopback', back: '/' })
		}
	);
	expect(await named.json()).toMatchObject({ code: 'HOST_NOT_SERVED' });
});

/** Last: it ends the provider. */
test('[PE7] a provider that goes away while somebody is there signs nobody in, and says so', async () => {
	provider.user = { sub: 'nina' };
	const browser = new Browser();
	const callback = await browser.toCallback(await browser.leave());
	await provider.stop();
	const said = await browser.open(callback);
	expect([refusedOf(said), said.get('reason')]).toEqual(['PROVIDER_FAILED', 'unanswered']);
	expect(await waysOf()).toContain('loopback');
});
