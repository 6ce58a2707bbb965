/**
 * Secrets that were used in every way stay where they belong: never in logs, tables, the database's
 * own files, backups, error documents or what the command line shows.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { products } from '#server/db/schema/catalog.ts';
import { openEmbedded } from '#server/db/store.ts';
import type { KeyFile, Secrets } from '#server/keys/folder.ts';
import { askFor, claimsOf, makeMachine } from '../fixtures/hub.ts';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { KEYFERRY } from '../fixtures/program.ts';

const PASSWORD = 'canary password of nobody';
const PLANTED = 'canary-planted-where-it-must-be-found';

let home: string;
let data: string;
let hub: RunningHub;
/** By what they are; never in a place that is looked through. */
const canaries: Record<string, string> = {};
/** What the hub said to people who did something wrong, and what it showed of files. */
const said: string[] = [];
let backup: string;

/** Which of the secrets a text or file holds, as text or as the bytes that the text encodes. */
function found(bytes: Buffer | string, wanted = canaries): string[] {
	const held = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes);
	return Object.entries(wanted).flatMap(([name, secret]) => {
		const raw = /^[A-Za-z0-9_-]{22,43}$/.test(secret) && Buffer.from(secret, 'base64url');
		return held.includes(secret) || (raw && held.includes(raw)) ? [name] : [];
	});
}

const run = (...args: string[]) => {
	const ran = spawnSync(process.execPath, [KEYFERRY, ...args], { encoding: 'utf8' });
	return ran.stdout + ran.stderr;
};

async function send(path: string, init: RequestInit & { json?: unknown }): Promise<Response> {
	const { json, headers, ...rest } = init;
	const answer = await fetch(`${hub.address}${path}`, {
		...(json !== undefined && { method: 'POST', body: JSON.stringify(json) }),
		...rest,
		headers: {
			'content-type': 'application/json',
			'x-keyferry': '1',
			origin: hub.address,
			...(headers as Record<string, string>)
		}
	});
	if (!answer.ok) said.push(await answer.clone().text());
	return answer;
}

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-canaries-'));
	data = join(home, 'data');
	hub = await startHub({ data, args: ['--log'] });
	const { demo } = hub;
	collectKeys();
	demo.users.forEach(({ role, password }) => (canaries[`password of ${role}`] = password));
	canaries['password of a new user'] = PASSWORD;
	canaries['API key'] = demo.token;
	demo.licenses.forEach(({ key }, at) => {
		const read = readFile(key);
		if (isRefusal(read)) throw new Error(read.refused);
		canaries[`license key ${at}`] = read.body.text;
		canaries[`sec ${at}`] = claimsOf<'license'>(key).sec;
	});
	await useEverything();
	await askWrongly();
	backup = join(home, 'hub.kfbackup');
	run('backup', backup, '--hub', hub.address, '--token', demo.token);
});

afterAll(async () => {
	await hub.stop();
	rmSync(home, { recursive: true, force: true });
});

function collectKeys(): void {
	const json = (name: string) => JSON.parse(readFileSync(join(data, name), 'utf8')) as unknown;
	const secrets = json('secrets.json') as Secrets;
	canaries['sealing key'] = secrets.sealingKey;
	canaries['auth secret'] = secrets.authSecret;
	for (const name of readdirSync(join(data, 'keys'))) {
		const { jwk } = json(join('keys', name)) as KeyFile;
		if ('d' in jwk) canaries['private hub key'] = jwk.d;
	}
	const root = JSON.parse(readFileSync(`${data}-root.json`, 'utf8')) as { d: string };
	canaries['private root key'] = root.d;
}

async function useEverything(): Promise<void> {
	const { demo } = hub;
	const sign = { email: 'nora@example.com', password: PASSWORD, name: 'Nora New' };
	await send('/auth/sign-up/email', { json: sign });
	const sessions = [await send('/auth/sign-in/email', { json: sign })];
	for (const { email, password } of demo.users)
		sessions.push(await send('/auth/sign-in/email', { json: { email, password } }));
	sessions.forEach((answer, at) => {
		const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
		// The table of sessions holds ids; what makes one a session is the signature behind it.
		const [, signature = ''] = decodeURIComponent(cookie.split('=').slice(1).join('=')).split('.');
		canaries[`session ${at}`] = signature;
	});
	const { number, key } = demo.licenses[1]!;
	const request = await askFor({ number, sec: claimsOf<'license'>(key).sec }, await makeMachine());
	canaries.proof = claimsOfRequest(request).proof;
	const granted = await send('/v1/activations', { json: { request } });
	expect(granted.status).toBe(201);
	const headers = { authorization: `Bearer ${demo.token}` };
	const pulled = await send('/rpc/sync.pull?input=%7B%7D', { headers });
	expect(pulled.status).toBe(200);
	for (const [name, text] of [
		['key.kflic', key],
		['request.kfreq', request]
	] as const) {
		writeFileSync(join(home, name), text);
		said.push(run('inspect', join(home, name), '--json'), run('inspect', join(home, name)));
	}
}

function claimsOfRequest(token: string): { proof: string } {
	return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as {
		proof: string;
	};
}

/** Each secret where something else is asked for, and where a fault may repeat what was sent. */
async function askWrongly(): Promise<void> {
	const { demo } = hub;
	const { key } = demo.licenses[0]!;
	const headers = { authorization: `Bearer ${demo.token}` };
	await send('/v1/activations', { json: { request: key } });
	await send('/v1/activations', { json: { request: key.replace('a', 'b') } });
	await send('/v1/activations', { json: { request: 'x', key } });
	await send('/v1/returns', { json: { return: key } });
	await send('/v1/adopt', { json: { file: key.slice(0, -200) } });
	await send('/v1/activations', { method: 'POST', body: key });
	await send('/rpc/license.issue', { json: { product: key, edition: PASSWORD }, headers });
	await send('/rpc/license.renew', { json: { number: key }, headers });
	await send('/rpc/machine.retire', { json: { act: PASSWORD, reason: key }, headers });
	await send('/rpc/license.suspend', { method: 'POST', body: key, headers });
	await send(`/rpc/activation.seats?input=${encodeURIComponent(JSON.stringify(key))}`, { headers });
	const { email } = demo.users[0]!;
	await send('/auth/sign-in/email', { json: { email, password: PASSWORD } });
	await send('/auth/sign-in/email', { json: { email: PASSWORD, password: demo.token } });
	await send('/auth/sign-up/email', { json: { email, password: PASSWORD, name: key } });
	await send('/rpc/license.list', { headers: { authorization: `Bearer ${demo.token}x` } });
	said.push(run('license', 'list', '--hub', hub.address, '--token', `${demo.token}x`));
	said.push(run('request', '--key', key.slice(0, -300), '--name', 'N', '--organization', 'O'));
	said.push(await (await fetch(`${hub.address}/metrics`)).text());
}

test('the canaries are all there and long enough to be told from chance', () => {
	expect(Object.keys(canaries).length).toBeGreaterThan(25);
	for (const [name, secret] of Object.entries(canaries))
		expect(secret.length, name).toBeGreaterThan(16);
});

test('in no error document, and in nothing that the command line shows of files', () => {
	expect(said.length).toBeGreaterThan(20);
	expect(said.flatMap((text) => found(text).map((name) => [name, text]))).toEqual([]);
	const shown = said.filter((text) => text.includes('(not shown)'));
	expect(shown.length).toBeGreaterThan(0);
});

test('in no line of the log, where a planted one is found', async () => {
	await fetch(`${hub.address}/v1/${PLANTED}`);
	// A process writes its log when it comes to it.
	await expect.poll(() => found(hub.log(), { planted: PLANTED })).toEqual(['planted']);
	expect(hub.log()).toContain('/v1/activations');
	expect(found(hub.log())).toEqual([]);
});

test('in no backup, whose session ids are left out too', () => {
	const text = gunzipSync(readFileSync(backup)).toString();
	expect(text).toContain(hub.demo.licenses[0]!.number);
	expect(found(text)).toEqual([]);
	expect(text).not.toContain('"table":"session"');
});

test('in no table and in no file of the database, where a planted one is found', async () => {
	await hub.end();
	const folder = join(data, 'pgdata');
	expect(await foundInTables(canaries)).toEqual([]);
	expect(foundInFiles(folder, canaries)).toEqual([]);

	const plant = {
		slug: uuidv7(),
		title: PLANTED,
		contact: canaries['sec 0']!,
		entitlements: [{ code: 'planted', title: canaries['private hub key']! }]
	};
	const store = await openEmbedded(data);
	await store.db.insert(products).values(plant);
	await store.close();
	const planted = { ...canaries, planted: PLANTED };
	expect(await foundInTables(planted)).toEqual(['private hub key', 'sec 0', 'planted']);
	expect(foundInFiles(folder, planted).sort()).toEqual(['planted', 'private hub key', 'sec 0']);

	const second = join(home, 'planted.kfbackup');
	execFileSync(process.execPath, [KEYFERRY, 'backup', second, '--data', data]);
	const text = gunzipSync(readFileSync(second)).toString();
	expect(found(text, planted)).toEqual(['private hub key', 'sec 0', 'planted']);
});

test('in no file of the data folder but those that are made for them', () => {
	const rest = readdirSync(data, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('pgdata'))
		.map(({ parentPath, name }) => join(parentPath, name).slice(data.length + 1));
	const holders = rest.filter((name) => found(readFileSync(join(data, name))).length > 0);
	expect(holders.filter((name) => !name.startsWith('keys/')).sort()).toEqual([
		'demo.json',
		'secrets.json'
	]);
});

/** Every row of every table, those of sign-in included, as JSON. */
async function foundInTables(wanted: Record<string, string>): Promise<string[]> {
	const store = await openEmbedded(data);
	try {
		type Rows = { rows: Record<string, unknown>[] };
		const rows = async (query: ReturnType<typeof sql>) => {
			const answer: unknown = await store.db.execute(query);
			return (answer as Rows).rows;
		};
		const tables = await rows(
			sql`select table_name as name from information_schema.tables where table_schema = 'public'`
		);
		expect(tables.length).toBeGreaterThan(15);
		const dumped: unknown[] = [];
		for (const { name } of tables) {
			const source = sql.identifier(String(name));
			dumped.push(...(await rows(sql`select to_jsonb(${source}.*) as row from ${source}`)));
		}
		expect(dumped.length).toBeGreaterThan(50);
		return found(JSON.stringify(dumped), wanted);
	} finally {
		await store.close();
	}
}

/** Tables, indexes and the write-ahead log, as they lie on the disk. */
function foundInFiles(folder: string, wanted: Record<string, string>): string[] {
	const names = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
	expect(names.length).toBeGreaterThan(100);
	return [...new Set(names.flatMap((name) => found(readFileSync(name), wanted)))];
}
