/** Codes in mails over HTTP: what a hub without sign-up says to strangers, and what a session is. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { session, user } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';
import { openEmbedded } from '#server/db/store.ts';
import { proxiesOf } from '#server/http/caller.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { startMailServer, type MailServer } from '../fixtures/mail-server.ts';
import type { Demo } from '../fixtures/running-hub.ts';

let home: string;
let mail: MailServer;
let hub: Running;
let db: Database;
let demo: Demo;
beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-codes-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	mail = await startMailServer();
	const store = await openEmbedded(data);
	db = store.db;
	hub = await serve({
		data,
		port: 0,
		demo: true,
		openSignUp: false,
		openStore: () => Promise.resolve(store),
		reach: { proxies: proxiesOf(['127.0.0.1', '::1'])! },
		smtp: { url: new URL(mail.url), from: 'licenses@example.com' }
	});
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
});
afterAll(async () => {
	await hub.close();
	await mail.stop();
	rmSync(home, { recursive: true, force: true });
});

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
	fetch(`${hub.url}/auth${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: hub.url, ...headers },
		body: JSON.stringify(body)
	});
const emailOf = (role: string) => demo.users.find((each) => each.role === role)!.email;
const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const codeFor = async (email: string, from: string, more: Record<string, string> = {}) => {
	mail.received.length = 0;
	const answer = await post('/code/send', { email, ...more }, { 'x-forwarded-for': from });
	const { flow } = (await answer.json()) as { flow: string };
	const { text, subject } = await mail.mailTo(email);
	return { sent: { flow, code: /^\d{8}$/m.exec(text!)![0] }, subject };
};
const meOf = async (cookie: string): Promise<unknown> => {
	const headers = { 'x-keyferry': '1', cookie };
	const answer = await fetch(`${hub.url}/rpc/session.me`, { headers });
	const { result } = (await answer.json()) as {
		result: { data: { user: { email: string } } | null };
	};
	return result.data?.user.email;
};

test('[PE3] a code in the mail signs in, in the language of whoever asks', async () => {
	const email = emailOf('technician');
	const { subject, sent } = await codeFor(email, '192.0.2.1', { language: 'de' });
	expect(subject).toBe('Ihr Code');
	const answer = await post('/code/enter', sent);
	expect(answer.status).toBe(200);
	expect(answer.headers.get('cache-control')).toBe('no-store');
	expect(await meOf(cookieOf(answer))).toBe(email);
	const again = await post('/code/enter', sent);
	expect(again.status).toBe(401);
	expect(await again.json()).toMatchObject({ code: 'CODE_INVALID', facts: { triesLeft: 0 } });
	expect(again.headers.getSetCookie()).toEqual([]);
});

test('[PE3] a session is new with each sign-in: one that was planted in the browser is nobody’s', async () => {
	const [victim, attacker] = [emailOf('manager'), emailOf('technician')];
	const own = await post('/code/enter', (await codeFor(attacker, '192.0.2.2')).sent);
	const planted = cookieOf(own);
	const made = `${planted.split('=')[0]}=${'a'.repeat(32)}.${'b'.repeat(43)}%3D`;
	const before = await db.select({ token: session.token }).from(session);
	for (const cookie of [planted, made]) {
		const { sent } = await codeFor(victim, '192.0.2.3');
		const answer = await post('/code/enter', sent, { cookie });
		expect(cookieOf(answer)).not.toBe(cookie);
		expect(await meOf(cookieOf(answer))).toBe(victim);
		expect(await meOf(cookie)).toBe(cookie === planted ? attacker : undefined);
	}
	const password = demo.users.find(({ email }) => email === victim)!.password;
	const byPassword = await post('/sign-in/email', { email: victim, password }, { cookie: planted });
	expect(await meOf(cookieOf(byPassword))).toBe(victim);
	expect(await meOf(planted)).toBe(attacker);
	const [person] = await db.select().from(user).where(eq(user.email, victim));
	const theirs = await db.select().from(session).where(eq(session.userId, person!.id));
	const known = new Set(before.map(({ token }) => token));
	expect(theirs.filter(({ token }) => known.has(token))).toEqual([]);
});

test('[PE3] neither answer nor time tells whether an address is known', async () => {
	const known = emailOf('owner');
	const answers = [];
	const times: Record<string, number[]> = { known: [], unknown: [] };
	// From one address each: so many codes for one account are not sent.
	for (let n = 0; n < 12; n++)
		for (const kind of ['known', 'unknown'] as const) {
			const email = kind === 'known' ? known : `${uuidv7()}@example.com`;
			const started = performance.now();
			const answer = await post('/code/send', { email }, { 'x-forwarded-for': `198.51.100.${n}` });
			const said = (await answer.json()) as { flow: string; until: number };
			times[kind]!.push(performance.now() - started);
			answers.push({ status: answer.status, said: Object.keys(said), length: said.flow.length });
		}
	expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
	const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
	const [a, b] = [median(times.known!), median(times.unknown!)];
	expect(Math.max(a, b) / Math.min(a, b), JSON.stringify(times)).toBeLessThan(2.5);
	// And a guess at a code that was never sent is answered like any other.
	const { flow } = (await (
		await post('/code/send', { email: `${uuidv7()}@example.com` })
	).json()) as { flow: string };
	const guess = await post('/code/enter', { flow, code: '12345678' });
	expect(await guess.json()).toMatchObject({ code: 'CODE_INVALID', facts: { triesLeft: 4 } });
});

test('[PE4] a password set by code ends all other sessions and names the keys that go on', async () => {
	const { email, password } = demo.users.find(({ role }) => role === 'manager')!;
	const before = await post('/sign-in/email', { email, password });
	const cookie = cookieOf(before);
	await post('/api-key/create', { name: 'Nightly', password }, { cookie });
	const { sent } = await codeFor(email, '192.0.2.4');
	const common = await post('/code/enter', { ...sent, password: 'password123' });
	expect(await common.json()).toMatchObject({ code: 'PASSWORD_COMMON' });
	const answer = await post('/code/enter', { ...sent, password: 'tr0mbone & lighthouse' });
	expect(await answer.clone().json()).toMatchObject({ apiKeys: [{ name: 'Nightly' }] });
	expect(await meOf(cookie)).toBeUndefined();
	expect(await meOf(cookieOf(answer))).toBe(email);
	expect((await post('/sign-in/email', { email, password })).status).toBe(401);
	const anew = await post('/sign-in/email', { email, password: 'tr0mbone & lighthouse' });
	expect(anew.status).toBe(200);
});

test('[PE4] nobody is mailed codes without end, and who is at home is not kept from theirs', async () => {
	const email = emailOf('staff');
	const ask = (from: string) => post('/code/send', { email }, { 'x-forwarded-for': from });
	const { sent } = await codeFor(email, '192.0.2.5');
	const athome = await post('/code/enter', sent, { 'x-forwarded-for': '192.0.2.5' });
	expect(athome.status).toBe(200);
	const statuses = [];
	for (let n = 0; n < 30; n++) statuses.push((await ask(`203.0.113.${n % 6}`)).status);
	// One is gone already for the code above.
	expect(statuses.filter((each) => each === 200)).toHaveLength(19);
	const limited = await ask('203.0.113.200');
	expect(limited.status).toBe(429);
	expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
	expect((await ask('192.0.2.5')).status).toBe(200);
});

test('[HT1] another site neither asks for a code nor enters one', async () => {
	const evil = { origin: 'https://evil.example' };
	for (const [path, body] of [
		['/code/send', { email: emailOf('owner') }],
		['/code/enter', { flow: 'x', code: '12345678' }]
	] as const)
		expect((await post(path, body, evil)).status).toBe(403);
	for (const body of [{}, { email: 'no address' }, { email: ['a@example.com'] }, { more: 1 }])
		expect((await post('/code/send', body)).status).toBe(400);
});
