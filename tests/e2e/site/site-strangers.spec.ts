/**
 * Pages of other sites in the browser of a signed-in admin: one at another address, and one whose name was
 * led to the server. They read nothing of it and change nothing.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Page } from '@playwright/test';
import {
	makeSiteMachine,
	makeVendor,
	startSite,
	type SiteMachine,
	type SiteProcess
} from '../../fixtures/running-site.ts';
import { WireClient, type Hold } from '../../site/wire-client.ts';
import { fillAccount, fillReach, title } from './unset-site.ts';

const PRODUCT = 'atlas-server';
const STRANGE = 'evil.example';

const test = base.extend<object, object>({
	launchOptions: [
		async ({ launchOptions }, use) => {
			const led = `--host-resolver-rules=MAP ${STRANGE} 127.0.0.1`;
			await use({ ...launchOptions, args: [...(launchOptions.args ?? []), led] });
		},
		{ scope: 'worker' }
	]
});
test.use({ locale: 'en-GB' });

let machine: SiteMachine;
let site: SiteProcess;
let stranger: Server;
let strangers: string;

test.beforeAll(async () => {
	machine = makeSiteMachine(await makeVendor());
	await machine.activate();
	site = await startSite(machine);
	stranger = createServer((_, answer) => {
		answer.setHeader('content-type', 'text/html').end('<title>Stranger</title>');
	}).listen(0, '127.0.0.1');
	await once(stranger, 'listening');
	strangers = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
});
test.afterAll(async () => {
	stranger.closeAllConnections();
	stranger.close();
	await site.end();
	machine.remove();
});

type Attempt = { path: string; method: string; headers?: Record<string, string>; body?: string };

/** All that a page may try with the cookies of its browser. @returns What each of them let it read. */
function attempt(page: Page, at: string, attempts: Attempt[]): Promise<string[]> {
	return page.evaluate(
		async ({ at, attempts }) => {
			const said: string[] = [];
			for (const { path, ...init } of attempts)
				for (const mode of ['cors', 'no-cors'] as const) {
					const how = `${init.method} ${path} ${mode}`;
					const answer = await fetch(at + path, { ...init, mode, credentials: 'include' }).catch(
						() => undefined
					);
					if (answer && answer.type !== 'opaque')
						said.push(`${how}: ${answer.status} ${await answer.text()}`);
				}
			// A form needs nobody's leave to be sent, and carries what cookies may come along.
			for (const { path, method, body } of attempts) {
				if (method !== 'POST') continue;
				const form = document.createElement('form');
				Object.assign(form, { action: at + path, method, enctype: 'text/plain' });
				const field = document.createElement('input');
				Object.assign(field, { name: body, value: '' });
				const frame = document.createElement('iframe');
				frame.name = form.target = 'sent';
				form.append(field);
				document.body.append(frame, form);
				const answered = new Promise((done) => (frame.onload = done));
				form.submit();
				await answered;
				if (frame.contentDocument?.body.textContent)
					said.push(`form ${path}: ${frame.contentDocument.body.textContent}`);
				frame.remove();
				form.remove();
			}
			return said;
		},
		{ at, attempts }
	);
}

function attemptsOn(client: WireClient, { hold, shared }: { hold: Hold; shared: Buffer }) {
	const ask = { client: client.id, dh: client.dh, product: PRODUCT, user: 'stranger' };
	const claim = JSON.stringify(ask);
	const input = JSON.stringify({ id: hold.id, reason: 'by a stranger' });
	const settings = { name: 'Taken over', hideNames: true, neverContactHub: true, announce: true };
	const lease = `/v1/leases/${hold.id}`;
	const json = { 'content-type': 'application/json' };
	const call = { ...json, 'x-keyferry': '1' };
	// Even whoever has what proves it: it is the browser that does not let a page.
	const proofOf = (sent: { method: string; path: string; body: string }, key: Buffer) =>
		client.headers(key, { ...sent, nonce: 'A'.repeat(22) });
	const claiming = { method: 'POST', path: '/v1/leases', body: claim };
	const ending = { method: 'DELETE', path: lease, body: '' };
	return [
		{ method: 'GET', path: '/v1/site' },
		{ method: 'GET', path: '/v1/openapi.json' },
		{ method: 'GET', path: `/v1/resources?product=${PRODUCT}` },
		{ method: 'GET', path: `${lease}/events` },
		{ ...claiming, headers: json },
		{ ...claiming, headers: { ...json, ...proofOf(claiming, shared) } },
		{ method: 'DELETE', path: lease, headers: proofOf(ending, hold.key) },
		...['account.me', 'settings.read', 'clients.list'].flatMap((name) => [
			{ method: 'GET', path: `/site/rpc/${name}` },
			{ method: 'GET', path: `/site/rpc/${name}`, headers: call }
		]),
		...Object.entries({ 'clients.end': input, 'settings.save': JSON.stringify(settings) }).flatMap(
			([name, body]) => [
				{ method: 'POST', path: `/site/rpc/${name}`, body },
				{ method: 'POST', path: `/site/rpc/${name}`, headers: call, body }
			]
		),
		{ method: 'POST', path: '/site/rpc/account.signOut', headers: call, body: '' }
	] satisfies Attempt[];
}

test('[ST3, ST5] a page of another site reads nothing and changes nothing, though its admin is signed in', async ({
	page
}) => {
	await page.goto(/http:\S+\/site\/setup\/\S+/.exec(site.log())?.[0] ?? '');
	await fillAccount(page);
	await fillReach(page, 'Plant west');
	await expect(title(page, 'Is this machine ready?')).toBeVisible();
	const holder = new WireClient(site, { product: PRODUCT });
	const said = await holder.claim({ user: 'Ada' });
	if (said.said !== 'yes') throw new Error(said.code);
	const other = new WireClient(site, { product: PRODUCT });
	const shared = other.sharedWith(await other.siteKey());
	const attempts = attemptsOn(other, { hold: said.hold, shared });
	const own = ['account.me', 'settings.read', 'clients.list'].map((name) => ({
		method: 'GET',
		path: `/site/rpc/${name}`,
		headers: { 'x-keyferry': '1' }
	}));

	const strange = await page.context().newPage();
	await strange.goto(strangers);
	expect(await attempt(strange, site.address, attempts)).toEqual([]);

	// Its name leads to the server now, so that its page is of the same origin: no answer is but that.
	const led = `http://${STRANGE}:${site.port}`;
	const opened = await strange.goto(`${led}/site`);
	expect(opened?.status()).toBe(421);
	const read = await attempt(strange, led, [...attempts, { method: 'GET', path: '/metrics' }]);
	expect(read.length).toBeGreaterThan(attempts.length);
	for (const each of read) expect(each).toMatch(/HOST_NOT_SERVED|\/metrics [\w-]+: 404/);

	// The page of the server itself does what the others could not.
	const known = await attempt(page, site.address, own);
	expect(known.filter((each) => each.includes('"Plant west"'))).not.toEqual([]);
	expect(known.filter((each) => each.includes(said.hold.id))).not.toEqual([]);
	expect(known.join()).toContain('"signed-in"');
	expect(known.join()).not.toMatch(/stranger|Taken over/);
	expect(await holder.renew(said.hold)).toMatchObject({ said: 'yes', proven: true });
	const { products } = (await (await fetch(`${site.address}/v1/site`)).json()) as {
		products: { inUse: number }[];
	};
	expect(products).toMatchObject([{ inUse: 1 }]);
});
