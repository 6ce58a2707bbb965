/** Who may see and do what on the pages of a site server, over HTTP. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteRouter } from '#server/site/rpc/router.ts';
import type { RunningSite } from '#server/serve-site.ts';
import {
	makeSiteMachine,
	makeVendor,
	openTestSite,
	type SiteMachine
} from '../fixtures/running-site.ts';
import { KEYFERRY } from '../fixtures/program.ts';

const ADMIN = { name: 'Ada', password: 'harbor crane before noon' };

let machine: SiteMachine;
let running: RunningSite;
let beside = 0;
/** As the account is now. */
let present = ADMIN;
const now = () => Math.floor(Date.now() / 1000) + beside;

beforeAll(async () => {
	machine = makeSiteMachine(await makeVendor());
	running = await openTestSite(machine, { now });
});
afterAll(async () => {
	await running.close();
	machine.remove();
});

type Said = { status: number; body: unknown; cookie: string | undefined };

async function call(
	procedure: string,
	input?: unknown,
	{ cookie, headers }: { cookie?: string; headers?: Record<string, string> } = {}
): Promise<Said> {
	const isQuery = kindOf(procedure) === 'query';
	const text = input === undefined ? undefined : JSON.stringify(input);
	const query = isQuery && text !== undefined ? `?input=${encodeURIComponent(text)}` : '';
	const answer = await fetch(`${running.url}/site/rpc/${procedure}${query}`, {
		method: isQuery ? 'GET' : 'POST',
		headers: {
			'x-keyferry': '1',
			'content-type': 'application/json',
			...(cookie && { cookie }),
			...headers
		},
		body: isQuery ? undefined : text
	});
	const said: unknown = await answer.json().catch(() => undefined);
	const set = answer.headers.getSetCookie()[0]?.split(';')[0];
	return { status: answer.status, body: said, cookie: set };
}

function kindOf(procedure: string): string {
	const found = Object.entries(siteRouter._def.procedures).find(([name]) => name === procedure);
	// Sound: every procedure of tRPC says its type.
	return (found?.[1] as unknown as { _def: { type: string } } | undefined)?._def.type ?? 'query';
}

const refusal = ({ body }: Said) =>
	(body as { error?: { data?: { refusal?: { refused?: string } } } }).error?.data?.refusal?.refused;
const data = ({ body }: Said) => (body as { result?: { data?: unknown } }).result?.data;
const isIn = async (cookie: string) =>
	(data(await call('account.me', undefined, { cookie })) as { state: string }).state;

test('[ST2] the console’s link opens the set-up once, and until there is an account', async () => {
	const link = running.setup!;
	expect(data(await call('account.me'))).toMatchObject({ state: 'closed', isSetUp: false });
	expect(refusal(await call('account.make', ADMIN))).toBe('SIGN_IN_REQUIRED');
	const opened = await fetch(link, { redirect: 'manual' });
	expect([opened.status, opened.headers.get('location')]).toEqual([303, '/site#/site/setup']);
	const cookie = opened.headers.getSetCookie()[0]!.split(';')[0]!;
	expect((await fetch(link, { redirect: 'manual' })).status).toBe(404);
	expect(data(await call('account.me', undefined, { cookie }))).toMatchObject({ state: 'new' });
	const weak = { ...ADMIN, password: 'password2026' };
	expect(refusal(await call('account.make', weak, { cookie }))).toBe('PASSWORD_COMMON');
	const made = await call('account.make', ADMIN, { cookie });
	expect(await isIn(made.cookie!)).toBe('signed-in');
	// Once: neither the same browser nor the link makes another.
	expect(refusal(await call('account.make', ADMIN, { cookie }))).toBe('SIGN_IN_REQUIRED');
	expect((await fetch(link, { redirect: 'manual', headers: { cookie } })).status).toBe(404);
});

test('[ST3] whoever is not signed in is answered nothing but who they are', async () => {
	const open = ['account.me', 'account.make', 'account.signIn', 'account.signOut'];
	const closed = Object.keys(siteRouter._def.procedures).filter((name) => !open.includes(name));
	expect(closed.length).toBeGreaterThan(10);
	for (const name of closed) {
		const said = await call(name);
		expect([name, said.status, refusal(said)]).toEqual([name, 401, 'SIGN_IN_REQUIRED']);
	}
});

test('[ST3] a page of another origin finds nothing, and neither does a form', async () => {
	const { cookie } = await call('account.signIn', ADMIN);
	const foreign: Record<string, string>[] = [
		{ origin: 'https://evil.example' },
		{ 'x-keyferry': '' }
	];
	for (const headers of foreign)
		expect((await call('settings.read', undefined, { cookie, headers })).status).toBe(404);
	expect((await call('settings.read', undefined, { cookie })).status).toBe(200);
});

test('[ST3] a session ends twelve hours after it was last used, or when it is told to', async () => {
	const { cookie = '' } = await call('account.signIn', ADMIN);
	beside += 7 * 3600;
	expect(await isIn(cookie)).toBe('signed-in');
	beside += 7 * 3600;
	expect(await isIn(cookie)).toBe('signed-in');
	beside += 13 * 3600;
	expect(await isIn(cookie)).toBe('signed-out');
	const { cookie: next = '' } = await call('account.signIn', ADMIN);
	await call('account.signOut', undefined, { cookie: next });
	expect(await isIn(next)).toBe('signed-out');
});

test('[ST3] another password ends every session, set on the page or on the machine', async () => {
	const { cookie: one = '' } = await call('account.signIn', ADMIN);
	const { cookie: two = '' } = await call('account.signIn', ADMIN);
	const wrong = { old: 'not this one at all', password: 'tide table under nine' };
	expect(refusal(await call('account.setPassword', wrong, { cookie: one }))).toBe(
		'ADMIN_SIGN_IN_REFUSED'
	);
	const right = { ...wrong, old: ADMIN.password };
	const { cookie: three = '' } = await call('account.setPassword', right, { cookie: one });
	expect([await isIn(one), await isIn(two), await isIn(three)]).toEqual([
		'signed-out',
		'signed-out',
		'signed-in'
	]);
	const ran = spawnSync(process.execPath, [
		...[KEYFERRY, 'site', 'password', '--data', machine.data, '--json']
	]);
	expect(ran.status, ran.stderr.toString()).toBe(0);
	const set = JSON.parse(ran.stdout.toString()) as typeof ADMIN;
	expect(set.name).toBe('Ada');
	expect(await isIn(three)).toBe('signed-out');
	expect((await call('account.signIn', set)).status).toBe(200);
	present = set;
	expect(refusal(await call('account.signIn', ADMIN))).toBe('ADMIN_SIGN_IN_REFUSED');
	const none = spawnSync(process.execPath, [
		...[KEYFERRY, 'site', 'password', '--data', join(machine.data, 'nowhere')]
	]);
	expect(none.status).toBe(3);
});

test('[ST3] ten wrong passwords, and the right one waits too', async () => {
	const wrong = { ...ADMIN, password: 'not this one at all' };
	const tried = [];
	for (let at = 0; at < 12; at++) tried.push(refusal(await call('account.signIn', wrong)));
	expect(tried).toContain('ADMIN_SIGN_IN_REFUSED');
	expect(tried.at(-1)).toBe('RATE_LIMITED');
	expect(refusal(await call('account.signIn', ADMIN))).toBe('RATE_LIMITED');
});

test('[ST4] a hub is not asked where that is forbidden, by whatever way', async () => {
	const asked: string[] = [];
	const { createServer } = await import('node:http');
	const hub = createServer((request, response) => {
		asked.push(request.url ?? '');
		response.end('{}');
	});
	await new Promise<void>((listening) => hub.listen(0, '127.0.0.1', listening));
	const { port } = hub.address() as { port: number };
	const address = `http://127.0.0.1:${port}`;
	try {
		const { site } = running;
		const { openGetting } = await import('#server/site/unlock/getting.ts');
		const getting = openGetting(site);
		await site.settings.write('neverContactHub', true);
		expect(await getting.start(address)).toMatchObject({ refused: 'HUB_CONTACT_FORBIDDEN' });
		expect(asked).toEqual([]);
		await site.settings.write('neverContactHub', false);
		expect(await getting.start(address)).toMatchObject({ refused: 'HUB_UNREACHABLE' });
		expect(asked).toEqual(['/v1/device-authorizations']);
		expect(getting.state()).toEqual({ state: 'none' });
	} finally {
		hub.close();
	}
});

test('[ST2] a certificate of its own is used at once, and alone after the next start', async () => {
	// Wrong passwords are forgotten with the process.
	await running.close();
	running = await openTestSite(machine, { now });
	const { cookie = '' } = await call('account.signIn', present);
	const { port } = new URL(running.url);
	const url = `https://localhost:${port}`;
	const reach = { vendor: 'Plant 4', url, tls: 'authority' };
	const wrong = { ...reach, url: 'https://localhost/path' };
	expect(refusal(await call('setup.reach', wrong, { cookie }))).toBe('BODY_INVALID');
	// The check comes after the address.
	expect(refusal(await call('setup.settleCheck', undefined, { cookie }))).toBe('BODY_INVALID');
	expect((await call('setup.reach', reach, { cookie })).status).toBe(200);
	const state = data(await call('setup.state', undefined, { cookie })) as { check: string };
	expect(await seen(state.check)).toMatchObject({ origin: url, isProxied: false });
	expect(await seen(`${url}/site/check/AAAAAAAAAAAAAAAAAAAAAA`)).toBeUndefined();
	await call('setup.settleReach', undefined, { cookie });
	await running.close();
	running = await openTestSite(machine, { now, port: Number(port) });
	expect([running.url, running.setup]).toEqual([url, undefined]);
	await expect(fetch(`http://localhost:${port}/health/live`)).rejects.toThrow();
	expect(await seen(`${url}/health/live`)).toEqual({ live: true });
});

/** Over TLS, as a browser that was told to trust it. */
function seen(url: string): Promise<unknown> {
	const ca = readFileSync(join(machine.data, 'tls/ca.crt'));
	return new Promise((answered, failed) => {
		get(url, { ca }, (answer) => {
			let text = '';
			answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
			answer.on('end', () => answered(answer.statusCode === 200 ? JSON.parse(text) : undefined));
		}).on('error', failed);
	});
}
