/** Second factors: what a session is worth before one was shown, and what guesses come to. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { totpAt } from '#server/auth/totp.ts';
import { audit } from '#server/db/schema/hub.ts';
import { secondFactors, session, user } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';
import { openEmbedded } from '#server/db/store.ts';
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
	home = mkdtempSync(join(tmpdir(), 'keyferry-second-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	mail = await startMailServer();
	const store = await openEmbedded(data);
	db = store.db;
	const smtp = { url: new URL(mail.url), from: 'licenses@example.com' };
	const openStore = () => Promise.resolve(store);
	hub = await serve({ data, port: 0, demo: true, openStore, smtp });
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
});
afterAll(async () => {
	await hub.close();
	await mail.stop();
	rmSync(home, { recursive: true, force: true });
});

const headersWith = (cookie: string) => ({
	'content-type': 'application/json',
	'x-keyferry': '1',
	origin: hub.url,
	cookie
});
const post = (path: string, body: object, cookie = '') =>
	fetch(`${hub.url}${path}`, {
		method: 'POST',
		headers: headersWith(cookie),
		body: JSON.stringify(body)
	});
const get = async (path: string, cookie: string): Promise<unknown> =>
	(await fetch(`${hub.url}${path}`, { headers: headersWith(cookie) })).json();
const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;
const accountOf = (role: string) => demo.users.find((each) => each.role === role)!;
type Me = { user: { email: string; vendor?: string }; owesSecond?: true } | null;
const meOf = async (cookie: string) =>
	((await get('/rpc/session.me', cookie)) as { result: { data: Me } }).result.data;
const signIn = async (role: string) => {
	const { email, password } = accountOf(role);
	const answer = await post('/auth/sign-in/email', { email, password });
	const said = (await answer.clone().json()) as { secondFactor?: string };
	return { cookie: cookieOf(answer), asked: said.secondFactor };
};
/** A password of the app that was not used yet: hub time stands still for nobody, so `lastStep` goes back. */
const passwordFor = async (role: string, secret: string) => {
	const [person] = await db
		.select()
		.from(user)
		.where(eq(user.email, accountOf(role).email));
	await db.update(secondFactors).set({ lastStep: 0 }).where(eq(secondFactors.userId, person!.id));
	return totpAt(secret, Math.floor(Date.now() / 30_000));
};
const setUp = async (role: string) => {
	const { cookie } = await signIn(role);
	const begun = await post('/auth/second-factor/begin', {}, cookie);
	const { secret, address } = (await begun.json()) as { secret: string; address: string };
	const code = await passwordFor(role, secret);
	const confirmed = await post('/auth/second-factor/confirm', { code }, cookie);
	const { backupCodes } = (await confirmed.json()) as { backupCodes: string[] };
	return { cookie, secret, address, backupCodes };
};

test('[PE6] until it is shown a session opens nothing, however it was begun', async () => {
	const before = await signIn('manager');
	const { cookie, secret, address, backupCodes } = await setUp('manager');
	expect(address).toMatch(/^otpauth:\/\/totp\/.*secret=/);
	expect(backupCodes).toHaveLength(10);
	expect((await meOf(cookie))?.user.email, 'where it was set up').toBe(accountOf('manager').email);
	expect(await meOf(before.cookie), 'begun before').toBeNull();
	const [kept] = await db.select().from(secondFactors);
	expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${secret}|${backupCodes[0]}`));

	const { email, password } = accountOf('manager');
	const byPassword = await signIn('manager');
	const sent = (await (await post('/auth/code/send', { email })).json()) as { flow: string };
	const code = /^\d{8}$/m.exec((await mail.mailTo(email)).text!)![0];
	const byCode = await post('/auth/code/enter', { flow: sent.flow, code });
	expect(await byCode.clone().json()).toMatchObject({ secondFactor: 'required' });
	for (const half of [byPassword.cookie, cookieOf(byCode)]) {
		expect(await meOf(half)).toBeNull();
		expect(await get('/auth/get-session', half)).toMatchObject({ secondFactor: 'required' });
		for (const [path, body] of [
			[
				'/auth/change-password',
				{ currentPassword: password, newPassword: 'tr0mbone & lighthouse' }
			],
			['/auth/api-key/create', { name: 'Script', password }],
			['/auth/second-factor/begin', {}],
			['/auth/second-factor/remove', { code: await passwordFor('manager', secret) }]
		] as const)
			expect(await codeOf(await post(path, body, half)), path).toBe('SECOND_FACTOR_REQUIRED');
		expect(await get('/auth/api-key/list', half)).toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' });
		expect(await get('/auth/provider/links', half)).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
	}
	expect(byPassword.asked).toBe('required');
	const shown = await passwordFor('manager', secret);
	const entered = await post('/auth/second-factor/enter', { code: shown }, byPassword.cookie);
	expect((await meOf(cookieOf(entered)))?.user.email).toBe(email);
	expect(cookieOf(entered), 'a session of its own').not.toBe(byPassword.cookie);
	expect(await get('/auth/get-session', byPassword.cookie)).toBeNull();
	const again = await post('/auth/second-factor/enter', { code: shown }, cookieOf(byCode));
	expect(await codeOf(again), 'used already').toBe('SECOND_FACTOR_REFUSED');
	const [first] = backupCodes;
	const typed = `${first!.slice(0, 4).toUpperCase()}-${first!.slice(4, 8)} ${first!.slice(8)}`;
	const backup = await post('/auth/second-factor/enter', { code: typed }, cookieOf(byCode));
	expect((await meOf(cookieOf(backup)))?.user.email).toBe(email);
	const { cookie: next } = await signIn('manager');
	const spent = await post('/auth/second-factor/enter', { code: first! }, next);
	expect(await codeOf(spent)).toBe('SECOND_FACTOR_REFUSED');
	expect(await get('/auth/second-factor', cookie)).toMatchObject({ isSet: true, backupCodes: 9 });

	const off = { code: await passwordFor('manager', secret) };
	expect((await post('/auth/second-factor/remove', off, cookie)).status).toBe(200);
	expect((await signIn('manager')).asked).toBeUndefined();
});

test('[PE6] five hundred guesses are ten, and a session that is not fresh sets nothing up', async () => {
	const { cookie: whole } = await setUp('technician');
	const { cookie } = await signIn('technician');
	const statuses: number[] = [];
	for (let n = 0; n < 500; n += 100)
		statuses.push(
			...(await Promise.all(
				Array.from({ length: 100 }, async (_, at) => {
					const code = String(n + at).padStart(6, '0');
					return (await post('/auth/second-factor/enter', { code }, cookie)).status;
				})
			))
		);
	expect(statuses.filter((status) => status !== 429)).toHaveLength(10);
	expect(await get('/auth/second-factor', whole)).toMatchObject({ isSet: true });

	const owner = await signIn('owner');
	const [person] = await db
		.select()
		.from(user)
		.where(eq(user.email, accountOf('owner').email));
	const createdAt = new Date(Date.now() - 16 * 60_000);
	await db.update(session).set({ createdAt }).where(eq(session.userId, person!.id));
	const late = await post('/auth/second-factor/begin', {}, owner.cookie);
	expect(await codeOf(late)).toBe('SIGN_IN_STALE');
});

test('[PE6] what the vendor asks of its people they are not without', async () => {
	const { cookie: admin } = await signIn('admin');
	const ask = (required: boolean, cookie: string) =>
		post('/rpc/staff.requireSecondFactor', { required }, cookie);
	const missing = await ask(true, admin);
	expect(await missing.text()).toContain('SECOND_FACTOR_MISSING');
	const { cookie: own } = await setUp('admin');
	const { cookie: staff } = await signIn('staff');
	expect((await meOf(staff))?.user.vendor).toBe('staff');
	expect((await ask(true, own)).status).toBe(200);
	expect(await get('/rpc/staff.secondFactor', own)).toMatchObject({ result: { data: true } });
	expect((await meOf(own))?.user.vendor).toBe('admin');
	const me = await meOf(staff);
	expect([me?.user.vendor, me?.owesSecond]).toEqual([undefined, true]);
	const { password } = accountOf('staff');
	const key = await post('/auth/api-key/create', { name: 'Around', password }, staff);
	expect(await codeOf(key)).toBe('SECOND_FACTOR_MISSING');
	const { cookie: ready } = await setUp('staff');
	expect((await meOf(ready))?.user.vendor).toBe('staff');
	expect((await ask(false, own)).status).toBe(200);
	const noted = await db.select().from(audit).where(eq(audit.customerId, VENDOR_ID));
	expect(
		noted.filter(({ action }) => action === 'hub.second-factor').map(({ facts }) => facts)
	).toEqual([{ required: true }, { required: false }]);
});
