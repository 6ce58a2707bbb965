/** What strangers may try how often, and what it costs the people whose accounts and licenses they try. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { writePushFile } from '#lib/formats/push.ts';
import { signPush } from '#lib/signing/push.ts';
import { apikey, session, user } from '#server/db/schema/people.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import type { Database } from '#server/db/database.ts';
import { openEmbedded } from '#server/db/store.ts';
import { proxiesOf } from '#server/http/caller.ts';
import { CODES } from '#server/http/rate-limit.ts';
import { CODE_TRIES } from '#server/operations/people/code-flows.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { makeKey } from '../fixtures/chain.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { askFor, claimsOf, makeMachine } from '../fixtures/hub.ts';
import type { Demo } from '../fixtures/running-hub.ts';

let home: string;
let hub: Running;
let db: Database;
let demo: Demo;

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-guesses-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	const store = await openEmbedded(data);
	db = store.db;
	// This test is the proxy: it says from which address it calls.
	const reach = { proxies: proxiesOf(['127.0.0.1', '::1'])! };
	const openStore = () => Promise.resolve(store);
	hub = await serve({ data, port: 0, demo: true, openStore, reach });
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
});
afterAll(async () => {
	await hub.close();
	rmSync(home, { recursive: true, force: true });
});

const post = (path: string, body: object, from = '198.51.100.1', headers = {}) =>
	fetch(`${hub.url}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-forwarded-for': from, ...headers },
		body: JSON.stringify(body)
	});
const account = (role: string) => demo.users.find((each) => each.role === role)!;
const cookieOf = (answer: Response) => ({
	cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
});
async function signIn({ email, password }: { email: string; password: string }, from?: string) {
	const answer = await post('/auth/sign-in/email', { email, password }, from);
	return { status: answer.status, answer, ...cookieOf(answer) };
}
const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;
const keyed = (at: number) => {
	const { number, key } = demo.licenses[at]!;
	return { number, sec: claimsOf<'license'>(key).sec };
};

test('[PE4] sixty guesses at one account from sixty addresses are not sixty tries', async () => {
	const { email, password } = account('technician');
	expect((await signIn({ email, password }, '192.0.2.50')).status).toBe(200);
	const guesses = Array.from({ length: 60 }, (_, n) =>
		signIn(
			{ email: n % 2 ? email : email.toUpperCase(), password: `wrong guess ${n}` },
			`203.0.113.${n}`
		)
	);
	const statuses = (await Promise.all(guesses)).map(({ status }) => status);
	expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
	expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(50);
	// Right as it is, it is not looked at; who is signed in from their own address is not kept out.
	const late = await signIn({ email, password }, '203.0.113.99');
	expect(late.status).toBe(429);
	expect(Number(late.answer.headers.get('retry-after'))).toBeGreaterThan(0);
	expect((await signIn({ email, password }, '192.0.2.50')).status).toBe(200);
	expect((await signIn(account('manager'), '203.0.113.99')).status).toBe(200);
});

test('[PE4] ten thousand guesses at codes of an account are a hundred at most', async () => {
	const { email } = account('technician');
	const addresses = Array.from({ length: 40 }, (_, n) => `100.64.0.${n}`);
	const flows: string[] = [];
	for (const from of addresses) {
		const asked = await post('/auth/code/send', { email }, from);
		if (asked.status === 200) flows.push(((await asked.json()) as { flow: string }).flow);
	}
	expect(flows).toHaveLength(CODES.perAccount);
	let judged = 0;
	const guess = async (n: number) => {
		const code = String(n).padStart(8, '0');
		const body = { flow: flows[n % flows.length]!, code };
		const answer = await post('/auth/code/enter', body, addresses[n % addresses.length]);
		const { facts } = (await answer.json()) as { facts: { triesLeft?: number } };
		expect([401, 429]).toContain(answer.status);
		if (facts.triesLeft !== undefined && facts.triesLeft > 0) judged++;
	};
	for (let n = 0; n < 10_000; n += 50)
		await Promise.all(Array.from({ length: 50 }, (_, at) => guess(n + at)));
	// The last wrong one of each is told like those after it.
	expect(judged).toBe(CODES.perAccount * (CODE_TRIES - 1));
});

test('[PE4] sign-up says the same of a known address as of a new one', async () => {
	const known = account('manager').email;
	const answers = [];
	for (const email of [known, `${uuidv7()}@example.com`]) {
		const body = { email, password: 'tr0mbone & lighthouse', name: 'Nora New' };
		const answer = await post('/auth/sign-up/email', body);
		const said = (await answer.json()) as { token: unknown; user: object };
		answers.push({
			status: answer.status,
			token: said.token,
			user: Object.keys(said.user).sort(),
			cookies: answer.headers.getSetCookie()
		});
	}
	expect(answers[0]).toEqual(answers[1]);
	expect(answers[0]).toMatchObject({ status: 200, token: null, cookies: [] });
});

test('[PE4] sign-up is closed unless it was opened', async () => {
	const data = join(home, 'closed');
	await copyEmptyDatabase(data);
	const closed = await serve({ data, port: 0, demo: true, openSignUp: false });
	const answer = await fetch(`${closed.url}/auth/sign-up/email`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ email: 'n@example.com', password: 'tr0mbone & lighthouse', name: 'N' })
	});
	await closed.close();
	expect(answer.status).toBe(403);
	expect(await answer.json()).toMatchObject({
		code: 'NOT_PERMITTED',
		facts: { action: 'sign-up' }
	});
});

test('[PE4] a changed password ends other sessions, names the keys that go on, and is no common one', async () => {
	const person = account('manager');
	const [here, there] = [await signIn(person), await signIn(person, '192.0.2.60')];
	const { password } = person;
	const made = await post('/auth/api-key/create', { name: 'Nightly', password }, undefined, {
		cookie: here.cookie
	});
	expect(await made.json()).not.toHaveProperty('notices');
	const change = (newPassword: string) =>
		post(
			'/auth/change-password',
			{ currentPassword: person.password, newPassword, revokeOtherSessions: false },
			undefined,
			{ cookie: here.cookie }
		);
	const common = await change('Password123!');
	expect(common.status).toBe(400);
	expect(await codeOf(common)).toBe('PASSWORD_COMMON');
	const changed = await change('tr0mbone & lighthouse');
	expect(changed.status).toBe(200);
	expect(changed.headers.get('cache-control')).toBe('no-store');
	const { apiKeys } = (await changed.clone().json()) as { apiKeys: { endsAt: string }[] };
	expect(apiKeys).toMatchObject([{ name: 'Nightly', endsAt: expect.any(String) }]);
	expect(Date.parse(apiKeys[0]!.endsAt)).toBeLessThan(Date.now() + 366 * 86_400_000);
	const [{ id } = { id: '' }] = await db.select().from(user).where(eq(user.email, person.email));
	expect(await db.select().from(session).where(eq(session.userId, id))).toHaveLength(1);
	const me = async (headers: { cookie: string }): Promise<unknown> =>
		(await fetch(`${hub.url}/auth/get-session`, { headers })).json();
	expect(await me(there)).toBeNull();
	expect(await me(cookieOf(changed))).toMatchObject({ user: { email: person.email } });
});

test('[PE4] answers of sign-in are kept by nobody, and a key of staff says what it opens', async () => {
	const { answer, cookie } = await signIn(account('staff'));
	expect(answer.headers.get('cache-control')).toBe('no-store');
	const { password } = account('staff');
	const made = await post('/auth/api-key/create', { name: 'Backups', password }, undefined, {
		cookie,
		'accept-language': 'de'
	});
	const said = (await made.json()) as { notices: { code: string; title: string }[] };
	expect(said.notices).toMatchObject([
		{ code: 'KEY_OF_STAFF', title: expect.stringMatching(/Sicherung/) }
	]);
});

test('[PE4] a session alone makes no API key: the password is asked for again, and guesses count', async () => {
	const { email, password } = account('staff');
	const { cookie } = await signIn({ email, password });
	const make = (fields: object) =>
		post('/auth/api-key/create', { name: 'Left open', ...fields }, undefined, { cookie });
	const before = await db.select().from(apikey);
	for (const fields of [{}, { password: '' }, { password: null }, { password: ['x'] }]) {
		const answer = await make(fields);
		expect(answer.status, JSON.stringify(fields)).toBe(401);
		expect(await codeOf(answer)).toBe('SIGN_IN_REFUSED');
	}
	const guesses = [];
	for (let n = 0; n < 12; n++) guesses.push((await make({ password: `guess ${n}` })).status);
	expect(guesses.slice(-4)).toEqual([429, 429, 429, 429]);
	expect((await make({ password })).status, 'the right one, after too many').toBe(429);
	expect(await db.select().from(apikey)).toHaveLength(before.length);
});

describe('[HT1] limits', () => {
	test('six hundred unproven asks for a number do not lock its owner out', async () => {
		const { number } = demo.licenses[1]!;
		const request = await askFor({ number }, await makeMachine());
		const codes: (string | undefined)[] = [];
		for (let from = 0; from < 4; from++)
			for (let n = 0; n < 75; n++)
				codes.push(
					await codeOf(await post('/v1/activations', { request }, `203.0.113.${100 + from}`))
				);
		expect(codes.filter((code) => code === 'LICENSE_NOT_FOUND')).toHaveLength(4 * 60);
		expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(4 * 15);
		const own = await askFor(keyed(1), await makeMachine());
		expect((await post('/v1/activations', { request: own }, '192.0.2.70')).status).toBe(201);
	});

	test('pushes are charged by command, before any command is looked at', async () => {
		const { signer, jwk } = await makeKey();
		const outbox = uuidv7();
		const args = { type: 'no.such', version: 1, args: {} };
		const commands = Array.from({ length: 500 }, (_, at) => ({
			id: uuidv7(),
			outbox,
			n: at + 1,
			...args,
			hash: hashOf(args as unknown as Parameters<typeof hashOf>[0]),
			createdAt: 1
		}));
		const body = { protocol: 2, outbox, key: jwk, desk: 'A', commands };
		const signed = await signPush(body as unknown as Parameters<typeof signPush>[0], {
			signer,
			now: 1
		});
		const push = writePushFile(signed, ['Keyferry push']);
		const statuses = [];
		for (let n = 0; n < 18; n++)
			statuses.push((await post('/v1/pushes', { push }, '203.0.113.150')).status);
		expect(statuses).toEqual([200, ...Array.from({ length: 17 }, () => 429)]);
		// Others go on, from the same address too.
		const own = await askFor(keyed(1), await makeMachine());
		expect((await post('/v1/activations', { request: own }, '203.0.113.150')).status).toBe(201);
	});

	test('a batch is charged by its procedures', async () => {
		const batch = Array.from({ length: 100 }, () => 'session.me').join(',');
		const statuses = new Set<number>();
		const ask = (path: string, from: string) =>
			fetch(`${hub.url}/rpc/${path}`, { headers: { 'x-keyferry': '1', 'x-forwarded-for': from } });
		for (let n = 0; n < 62; n++)
			statuses.add((await ask(`${batch}?batch=1&input={}`, '203.0.113.160')).status);
		expect(statuses.has(429)).toBe(true);
		const limited = await ask('session.me', '203.0.113.160');
		expect(await limited.json()).toMatchObject({
			error: { data: { refusal: { refused: 'RATE_LIMITED' } } }
		});
		expect((await ask('session.me', '203.0.113.161')).status).toBe(200);
	});
});

test('[PE2] of ten thousand guesses at invitations from one address few are looked at, and nobody else is stopped', async () => {
	const AT_ONCE = 100;
	const guess = (from: string) => {
		const batch = Array.from({ length: AT_ONCE }, () => 'people.invitation').join(',');
		const codes = Array.from({ length: AT_ONCE }, (_, at) => [at, { code: uuidv7() }] as const);
		return post(`/rpc/${batch}?batch=1`, Object.fromEntries(codes), from, { 'x-keyferry': '1' });
	};
	const answers: Record<string, number> = {};
	for (let n = 0; n < 100; n++) {
		const text = await (await guess('203.0.113.170')).text();
		for (const [, code = ''] of text.matchAll(/"refused":"(\w+)"/g))
			answers[code] = (answers[code] ?? 0) + 1;
	}
	expect(Object.keys(answers).sort()).toEqual(['INVITATION_INVALID', 'RATE_LIMITED']);
	expect(answers.INVITATION_INVALID).toBeLessThanOrEqual(2 * AT_ONCE);
	expect(await (await guess('203.0.113.171')).text()).toContain('INVITATION_INVALID');
});

test('[DV1] neither a pull nor an unsigned push makes anybody the owner of an outbox', async () => {
	const [stranger, owner] = [await signIn(account('staff')), { cookie: '' }];
	Object.assign(owner, cookieOf((await signIn(account('technician'), '192.0.2.50')).answer));
	const outbox = uuidv7();
	const rpc = (name: string, input: object, cookie: string) =>
		post(`/rpc/${name}`, input, undefined, { 'x-keyferry': '1', cookie });
	const pull = (input: object, cookie: string) =>
		fetch(`${hub.url}/rpc/sync.pull?input=${encodeURIComponent(JSON.stringify(input))}`, {
			headers: { 'x-keyferry': '1', cookie }
		});
	const first = (await (await pull({}, stranger.cookie)).json()) as {
		result: { data: { cursor: { hubEpoch: string } } };
	};
	const { cursor } = first.result.data;
	const rows = () => db.select().from(outboxes).where(eq(outboxes.outbox, outbox));
	await pull({ cursor, outbox }, stranger.cookie);
	expect(await rows()).toEqual([]);

	const { signer, jwk } = await makeKey();
	const asked = {
		type: 'allotment.reserve',
		version: 1,
		args: { number: 'KF-0000-0000-0000', seats: 1 }
	} as const;
	const command = { id: uuidv7(), outbox, n: 1, ...asked, hash: hashOf(asked), createdAt: 1 };
	const body = { protocol: 2, outbox, key: jwk, desk: 'Field phone', commands: [command] };
	await rpc('sync.push', { outbox, commands: [command] }, stranger.cookie);
	const pushed = await rpc('sync.push', await signPush(body, { signer, now: 1 }), owner.cookie);
	expect(pushed.status).toBe(200);
	const [person] = await db
		.select()
		.from(user)
		.where(eq(user.email, account('technician').email));
	expect(await rows()).toMatchObject([{ userId: person!.id, reportedAt: null }]);
	await pull({ cursor, outbox }, stranger.cookie);
	expect(await rows(), 'marked by somebody else').toMatchObject([{ reportedAt: null }]);
	await pull({ cursor, outbox }, owner.cookie);
	expect(await rows()).toMatchObject([{ reportedAt: expect.any(Number) }]);
});

/** Last: the technician may push no more for a minute. */
test('[HT1] a signed-in person’s pushes are charged by command as well, signed or not', async () => {
	const { cookie } = await signIn(account('technician'), '192.0.2.50');
	const args = { type: 'no.such', version: 1, args: {} };
	const hash = hashOf(args as unknown as Parameters<typeof hashOf>[0]);
	const commandsOf = (outbox: string) =>
		Array.from({ length: 500 }, (_, at) => {
			return { id: uuidv7(), outbox, n: at + 1, ...args, hash, createdAt: 1 };
		});
	const pushes = [];
	for (let n = 0; n < 8; n++) {
		const [{ signer, jwk: key }, outbox] = [await makeKey(), uuidv7()];
		const commands = commandsOf(outbox);
		const body = { protocol: 2, outbox, key, desk: 'A', commands };
		const signed = await signPush(body as unknown as Parameters<typeof signPush>[0], {
			signer,
			now: 1
		});
		const input = n % 2 ? { outbox, commands } : signed;
		const sent = { 'x-keyferry': '1', cookie };
		pushes.push((await post('/rpc/sync.push', input, '192.0.2.50', sent)).status);
	}
	expect(pushes).toEqual([200, 200, 200, 200, 429, 429, 429, 429]);
	const own = await askFor(keyed(1), await makeMachine());
	expect((await post('/v1/activations', { request: own }, '192.0.2.50')).status).toBe(201);
});
