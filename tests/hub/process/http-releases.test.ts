/** Releases over HTTP: what staff send, and what a program fetches with a key, a request or a proof. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { proofOf } from '#lib/signing/request.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../../fixtures/empty-database.ts';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import type { Demo } from '../../fixtures/running-hub.ts';

let home: string;
let hub: Running;
let demo: Demo;
const bytes = randomBytes(300_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const version = '9.9';

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-releases-'));
	await copyEmptyDatabase(join(home, 'data'));
	hub = await serve({ data: join(home, 'data'), port: 0, demo: true });
	demo = JSON.parse(readFileSync(join(home, 'data', 'demo.json'), 'utf8')) as Demo;
	await rpc('release.save', { product: 'atlas', version, notes: 'Faster.' });
	const sent = await upload({ name: 'atlas-9.9.zip', platform: 'linux-x64' }, bytes);
	expect([sent.status, await sent.json()]).toEqual([
		201,
		{ name: 'atlas-9.9.zip', size: bytes.length, sha256 }
	]);
});
afterAll(async () => {
	await hub.close();
	rmSync(home, { recursive: true, force: true });
});

const bearer = () => ({ authorization: `Bearer ${demo.token}` });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
	fetch(`${hub.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
async function rpc(name: string, input: unknown, headers: Record<string, string> = bearer()) {
	const sent = { 'x-keyferry': '1', 'content-type': 'application/json', ...headers };
	const answer = await post(`/rpc/${name}`, input, sent);
	return (await answer.json()) as { result?: { data: unknown }; error?: unknown };
}
const upload = (
	said: Record<string, string>,
	body: Buffer,
	headers: Record<string, string> = bearer()
) => {
	const query = new URLSearchParams({ product: 'atlas', version, size: `${body.length}`, ...said });
	const init = { method: 'POST', headers, body: new Uint8Array(body) };
	return fetch(`${hub.url}/v1/releases/upload?${query}`, init);
};
/** The demo's license of Atlas that covers 8 and 9. */
const license = () => {
	const { number, key } = demo.licenses.find(
		({ product, seats }) => product === 'atlas' && seats === 25
	)!;
	return { number, sec: claimsOf<'license'>(key).sec };
};
type Answer = {
	code?: string;
	release: {
		version: string;
		files: { name: string; size: number; sha256: string; href: string }[];
	};
	newer: { version: string; why: { code: string; title: string }[] }[];
};
async function ask(body: unknown, headers: Record<string, string> = {}) {
	const answer = await post('/v1/releases', body, headers);
	return { status: answer.status, said: (await answer.json()) as Answer };
}
const linked = async () => {
	const { said } = await ask({ license: license().number, platform: 'linux-x64' }, bearer());
	return `${hub.url}${said.release.files[0]!.href}`;
};

describe('asking which release a license may run', () => {
	test('[P8] an API key of a member, a proof and a request of a machine are answered alike', async () => {
		const { number, sec } = license();
		const id = uuidv7();
		const proof = { id, mac: await proofOf(sec, id, 'releases') };
		const request = await askFor({ number, sec }, await makeMachine());
		for (const [body, headers] of [
			[{ license: number }, bearer()],
			[{ product: 'atlas' }, bearer()],
			[{ license: number, proof }, {}],
			[{ request }, {}]
		] as const) {
			const { status, said } = await ask(body, headers);
			expect([status, said.code]).toEqual([200, undefined]);
			expect(said.release).toMatchObject({
				version,
				files: [{ name: 'atlas-9.9.zip', size: bytes.length, sha256 }]
			});
		}
	});

	test('[P8] nobody, a session, a wrong proof and a request without one learn nothing', async () => {
		const { number } = license();
		const { email, password } = demo.users.find(({ role }) => role === 'manager')!;
		const signedIn = await post(
			'/auth/sign-in/email',
			{ email, password },
			{ 'content-type': 'application/json' }
		);
		const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
		const proof = { id: uuidv7(), mac: 'A'.repeat(22) };
		const request = await askFor({ number }, await makeMachine());
		for (const [body, headers] of [
			[{ license: number }, {}],
			[{ license: number }, { cookie }],
			[{ license: number, proof }, {}],
			[{ request }, {}],
			[{ license: 'KF-0000-0000-0000' }, bearer()]
		] as const) {
			const { status, said } = await ask(body, headers);
			expect([status, said.code]).toEqual([404, 'LICENSE_NOT_FOUND']);
		}
		expect((await ask({ product: 'atlas' })).said.code).toBe('SIGN_IN_REQUIRED');
		expect((await ask({}, bearer())).said.code).toBe('BODY_INVALID');
	});

	test('[P8] a newer one that is not offered comes with every reason, in words', async () => {
		await rpc('release.save', { product: 'atlas', version: '10.0' });
		const link = { name: 'a.zip', size: 1, sha256, url: 'https://example.com/a.zip' };
		await rpc('release.addLink', {
			product: 'atlas',
			version: '10.0',
			platform: 'windows-x64',
			...link
		});
		const { said } = await ask({ license: license().number, platform: 'linux-x64' }, bearer());
		expect(said.newer).toMatchObject([
			{
				version: '10.0',
				why: [
					{ code: 'VERSION_NOT_COVERED', title: expect.stringContaining('8 to 9') },
					{ code: 'PLATFORM_NOT_RELEASED' }
				]
			}
		]);
		const wanted = await ask({ license: license().number, version: '10.0' }, bearer());
		expect([wanted.status, wanted.said.code]).toEqual([403, 'VERSION_NOT_COVERED']);
		const none = await ask({ license: license().number, version: '8.77' }, bearer());
		expect([none.status, none.said.code]).toEqual([404, 'NOT_FOUND']);
	});
});

describe('fetching a file', () => {
	test('[P8] whole, in part, from its end, and not beyond it', async () => {
		const href = await linked();
		const fetched = async (headers: Record<string, string> = {}) => {
			const answer = await fetch(href, { headers });
			return { answer, body: Buffer.from(await answer.arrayBuffer()) };
		};
		const whole = await fetched();
		expect(whole.answer.status).toBe(200);
		expect(Buffer.compare(whole.body, bytes)).toBe(0);
		expect(Object.fromEntries(whole.answer.headers)).toMatchObject({
			'content-length': `${bytes.length}`,
			'content-disposition': 'attachment; filename="atlas-9.9.zip"',
			'content-type': 'application/octet-stream',
			'accept-ranges': 'bytes',
			etag: `"${sha256}"`,
			'cache-control': 'private, no-store',
			'x-content-type-options': 'nosniff'
		});
		const part = await fetched({ range: 'bytes=100000-100009', 'if-range': `"${sha256}"` });
		expect(part.answer.status).toBe(206);
		expect(part.answer.headers.get('content-range')).toBe(`bytes 100000-100009/${bytes.length}`);
		expect(part.body).toEqual(bytes.subarray(100_000, 100_010));
		const tail = await fetched({ range: 'bytes=299990-' });
		expect(tail.body).toEqual(bytes.subarray(299_990));
		const other = await fetched({ range: 'bytes=100-109', 'if-range': '"another"' });
		expect([other.answer.status, other.body.length]).toEqual([200, bytes.length]);
		const beyond = await fetched({ range: `bytes=${bytes.length}-` });
		expect(beyond.answer.status).toBe(416);
		expect(beyond.answer.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
		const head = await fetch(href, { method: 'HEAD' });
		expect([head.status, head.headers.get('content-length')]).toEqual([200, `${bytes.length}`]);
	});

	test('[P8] a link that was changed opens nothing', async () => {
		const href = await linked();
		for (const wrong of [
			href.slice(0, -3),
			`${hub.url}/v1/releases/file?link=../../secrets.json`
		]) {
			const answer = await fetch(wrong);
			expect([answer.status, ((await answer.json()) as Answer).code]).toEqual([
				410,
				'DOWNLOAD_LINK_INVALID'
			]);
		}
	});
});

describe('sending a file', () => {
	const incoming = () => readdirSync(join(home, 'data', 'releases', 'incoming'));

	test('[P8] the same again changes nothing; other bytes under its name are refused', async () => {
		const same = await upload({ name: 'atlas-9.9.zip', platform: 'linux-x64' }, bytes);
		expect(same.status).toBe(200);
		const other = await upload({ name: 'atlas-9.9.zip', platform: 'linux-x64' }, randomBytes(10));
		expect([other.status, ((await other.json()) as Answer).code]).toEqual([
			409,
			'RELEASE_FILE_TAKEN'
		]);
	});

	test('[P8] what is not as it was announced is refused and leaves nothing', async () => {
		const said = { name: 'b.zip', platform: 'any' };
		const short = await upload({ ...said, size: '11' }, randomBytes(10));
		const long = await upload({ ...said, size: '9' }, randomBytes(10));
		const changed = await upload({ ...said, sha256 }, randomBytes(10));
		expect([short.status, long.status, changed.status]).toEqual([400, 400, 422]);
		expect(((await changed.json()) as Answer).code).toBe('RELEASE_FILE_DAMAGED');
		for (const name of ['../b.zip', '.b', 'a/b', 'nul'])
			expect((await upload({ ...said, name }, randomBytes(10))).status, name).toBe(400);
		expect((await upload({ ...said, version: '77.7' }, randomBytes(10))).status).toBe(404);
		expect((await upload(said, randomBytes(10), {})).status).toBe(401);
		expect(incoming()).toEqual([]);
	});

	test('[P8] a sender that breaks off leaves nothing, and may send it again', async () => {
		const query = new URLSearchParams({
			product: 'atlas',
			version,
			platform: 'windows-x64',
			name: 'c.zip',
			size: '1000000'
		});
		const { hostname, port } = new URL(hub.url);
		const path = `/v1/releases/upload?${query}`;
		const headers = { ...bearer(), 'content-length': '1000000' };
		const request = httpRequest({ hostname, port, method: 'POST', path, headers });
		request.on('error', () => undefined);
		request.write(randomBytes(500_000));
		await expect.poll(() => incoming().length).toBe(1);
		request.destroy();
		await expect.poll(() => incoming().length).toBe(0);
		const again = await upload({ name: 'c.zip', platform: 'windows-x64' }, randomBytes(1000));
		expect(again.status).toBe(201);
	});

	test('[P8] a page sends by a link that it was given, for what it announced', async () => {
		const said = { product: 'atlas', version, platform: 'any', name: 'd.zip', size: 10 };
		const { result } = await rpc('release.upload', said);
		const { href } = result!.data as { href: string };
		const send = (body: Buffer) =>
			fetch(`${hub.url}${href}`, { method: 'POST', body: new Uint8Array(body) });
		expect((await send(randomBytes(11))).status).toBe(400);
		expect((await send(randomBytes(10))).status).toBe(201);
		expect(
			(await fetch(`${hub.url}${href.slice(0, -2)}`, { method: 'POST', body: 'x' })).status
		).toBe(410);
	});
});
