/**
 * What a hub that is being set up promises to whoever asks it without a browser: to guessers, to forged
 * grants, and on PostgreSQL.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SetupState } from '#lib/protocol/setup.ts';
import { exportPrivateJwk, generateKeyPair, thumbprint } from '#lib/signing/keys.ts';
import { grantHubKey, readRootFile, rootFileText, signTrust } from '#lib/signing/root.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import type { HubOptions } from '#server/roles/hub.ts';
import { openSetupRole, type SetupProcess } from '#server/roles/setup.ts';
import { copyEmptyDatabase, makeDatabase, testServer } from '../../fixtures/empty-database.ts';

const ORIGIN = 'http://localhost:4870';
const PASSWORD = 'tide table under nine';

let data: string;
let hub: SetupProcess;
let finished: number;
let cookie: string;

beforeEach(() => {
	data = mkdtempSync(join(tmpdir(), 'keyferry-setup-'));
	finished = 0;
	cookie = '';
});

afterEach(async () => {
	await hub.close();
	rmSync(data, { recursive: true, force: true });
});

async function start(options: Partial<HubOptions> = {}): Promise<void> {
	const useTls = () => undefined;
	const finish = async () => void finished++;
	const listening = { port: 4881, host: '0.0.0.0' };
	hub = await openSetupRole(
		{ data, ...options },
		{ useTls, finish, isTlsGiven: false, ...listening }
	);
	await hub.begin(ORIGIN);
}

function ask(path: string, init: RequestInit = {}, remoteAddress = '127.0.0.1') {
	const request = new Request(new URL(path, ORIGIN), init);
	return hub.fetch(request, { incoming: { socket: { remoteAddress } } });
}

async function come(): Promise<void> {
	const answer = await ask(hub.address(ORIGIN));
	expect(answer.status).toBe(303);
	cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

async function call(
	procedure: string,
	input?: unknown
): Promise<{ data?: unknown; code?: string }> {
	const headers = { cookie, 'x-keyferry': '1', 'content-type': 'application/json' };
	const body = input === undefined ? undefined : JSON.stringify(input);
	const method = procedure === 'state' ? 'GET' : 'POST';
	const answer = await ask(`/setup/rpc/${procedure}`, { method, headers, body });
	const said = (await answer.json()) as {
		result?: { data: unknown };
		error?: { message: string };
	};
	return { data: said.result?.data, code: said.error?.message };
}

async function state(): Promise<SetupState> {
	return (await call('state')).data as SetupState;
}

async function upToKeys(): Promise<SetupState> {
	await come();
	expect(await call('settleReach')).toEqual({ code: 'BODY_INVALID' });
	const admin = { email: 'Ada@quay.example', name: 'Ada Admin', password: PASSWORD };
	expect(await call('admin', { ...admin, password: 'password12' })).toEqual({
		code: 'PASSWORD_COMMON'
	});
	expect((await call('admin', admin)).code).toBeUndefined();
	const reach = { vendor: 'Quay Software', url: ORIGIN, tls: 'none' };
	expect(await call('reach', { ...reach, url: `${ORIGIN}/desk` })).toEqual({
		code: 'BODY_INVALID'
	});
	expect((await call('reach', reach)).code).toBeUndefined();
	expect((await call('settleReach')).code).toBeUndefined();
	return state();
}

async function grantFor(hubKey: string, now: number) {
	const jwk = await exportPrivateJwk((await generateKeyPair(true)).privateKey);
	const { signer, jwk: root } = (await readRootFile(rootFileText(jwk)))!;
	return {
		root,
		hubKey: await grantHubKey(signer, { jwk: { ...root, x: hubKey }, now }),
		trust: await signTrust(signer, { now, seq: 1, roots: [root], kids: [] })
	};
}

describe('who may set a hub up', () => {
	beforeEach(() => start());

	test('[SU2] an address that has guessed ten codes finds nothing, and the right code opens once for another', async () => {
		for (let guess = 0; guess < 10; guess++)
			expect((await ask(`/setup/${`${guess}`.repeat(22)}`)).status).toBe(404);
		const link = hub.address(ORIGIN);
		expect((await ask(link)).status).toBe(404);
		expect((await ask(link, { method: 'HEAD' }, '10.0.0.2')).status).toBe(404);
		const opened = await ask(link, {}, '10.0.0.3');
		expect(opened.status).toBe(303);
		const [kept] = opened.headers.getSetCookie();
		expect(kept).toMatch(/HttpOnly; SameSite=Lax/);
		expect((await ask(link, {}, '10.0.0.4')).status).toBe(404);
		// Whoever was let in is not turned away by their own link.
		const headers = { cookie: kept!.split(';')[0]! };
		expect((await ask(link, { headers }, '10.0.0.3')).status).toBe(303);
		// Nothing in the folder is worth anything to a thief of a copy.
		expect(readFileSync(join(data, 'setup.json'), 'utf8')).not.toContain(headers.cookie.slice(15));
	});

	test('[SU2] a page of another site, a foreign token and no token are answered alike: by nothing', async () => {
		await come();
		const headers = { cookie, 'x-keyferry': '1', 'content-type': 'application/json' };
		const unknown = await ask('/nowhere');
		const strange: Record<string, string>[] = [
			{ origin: 'https://evil.example' },
			{ 'x-keyferry': '0' },
			{ cookie: 'keyferry-setup=AAAAAAAAAAAAAAAAAAAAAA' },
			{ cookie: '' }
		];
		for (const changed of strange) {
			const answer = await ask('/setup/rpc/state', { headers: { ...headers, ...changed } });
			expect([answer.status, await answer.text()]).toEqual([404, await unknown.clone().text()]);
		}
		expect((await ask('/setup/rpc/state', { headers })).status).toBe(200);
	});

	test('[SU2] another start makes another code, and the browser that was bound goes on', async () => {
		await come();
		const before = hub.address(ORIGIN);
		await hub.close();
		await start();
		expect((await state()).next).toBe('admin');
		expect((await ask(before, {}, '10.0.0.5')).status).toBe(404);
		const first = cookie;
		await come();
		expect((await state()).next).toBe('admin');
		cookie = first;
		expect((await ask('/setup', { headers: { cookie } })).status).toBe(404);
	});
});

describe('the keys', () => {
	beforeEach(() => start());

	test('[SU3] a grant for another key, by another root or for more than asked is not taken', async () => {
		const { hubKey, now } = await upToKeys();
		const good = await grantFor(hubKey!, now);
		const other = await grantFor(good.root.x, now);
		for (const [wrong, code] of [
			[other, 'CLAIMS_INVALID'],
			[{ ...good, root: other.root }, 'SIGNATURE_INVALID'],
			[{ ...good, trust: other.trust }, 'SIGNATURE_INVALID'],
			[{ ...good, hubKey: good.trust }, 'TOKEN_TYPE_UNEXPECTED'],
			[await grantFor(hubKey!, now - 86_400), 'CLAIMS_INVALID'],
			[{ ...good, root: { ...good.root, x: 'A'.repeat(43) } }, 'KEY_WEAK']
		] as const)
			expect(await call('keys', wrong)).toEqual({ code });
		expect(existsSync(join(data, 'keys'))).toBe(false);
	});

	test('[SU2] [SU3] killed between a root’s word and the folder, it goes on with that root', async () => {
		const { hubKey, now } = await upToKeys();
		const grant = await grantFor(hubKey!, now);
		await hub.close();
		const file = join(data, 'setup.json');
		const record = JSON.parse(readFileSync(file, 'utf8')) as object;
		writeFileSync(file, JSON.stringify({ ...record, grant }));
		// Its tables only take time to make.
		await copyEmptyDatabase(data);
		await start();
		const found = await state();
		expect(found).toMatchObject({ next: 'catalog', root: await thumbprint(grant.root) });
		const keys = await readHubKeys(data);
		expect(keys.hubKeys).toMatchObject([{ token: grant.hubKey, jwk: { x: hubKey } }]);
		expect(keys).toMatchObject({ iss: 'Quay Software', roots: [{ x: grant.root.x }] });
		expect(await call('keys', await grantFor(hubKey!, now))).toEqual({ code: 'BODY_INVALID' });
	});
});

describe.skipIf(testServer === undefined)('on PostgreSQL', () => {
	test('[SU1] a hub is set up to its end, and a second one not into the same database', async () => {
		const { url: databaseUrl, drop } = await makeDatabase();
		try {
			await start({ databaseUrl });
			const { hubKey, now } = await upToKeys();
			expect((await call('keys', await grantFor(hubKey!, now))).code).toBeUndefined();
			const order = {
				product: { slug: 'tide-table', title: 'Tide Table', contact: 'ada@quay.example' },
				customer: 'Harbor Nine BV',
				terms: { edition: 'Standard', seats: 3, versions: { from: 1, to: 2 } }
			};
			const issued = await call('first', order);
			expect(issued.data).toMatchObject({ product: 'Tide Table', customer: 'Harbor Nine BV' });
			const client = new pg.Client(databaseUrl);
			await client.connect();
			const { rows } = await client.query('select defaults from product');
			await client.end();
			// Whoever issues the next one types neither again.
			expect(rows).toEqual([{ defaults: { edition: 'Standard', versions: { from: 1, to: 2 } } }]);
			// Asked again, as after an answer that was lost, it is the one that is there.
			expect(await call('first', order)).toEqual(issued);
			expect((await state()).license).toEqual(issued.data);
			expect(await call('finish')).toEqual({ code: 'BODY_INVALID' });
			expect((await call('skip', 'mail')).code).toBeUndefined();
			expect((await call('finish')).data).toEqual({ address: ORIGIN });
			expect(finished).toBe(1);
			expect(existsSync(join(data, 'setup.json'))).toBe(false);
			expect(JSON.parse(readFileSync(join(data, 'reach.json'), 'utf8'))).toEqual({
				url: ORIGIN,
				port: 4881,
				host: '0.0.0.0'
			});
			const other = openSetupRole(
				{ data: join(data, 'other'), databaseUrl },
				{ useTls: () => undefined, finish: async () => undefined, isTlsGiven: false }
			);
			await expect(other).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
		} finally {
			await hub.close();
			await drop();
		}
	});
});
