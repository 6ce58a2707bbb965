/** One product, its licensing type changed again and again, at a real hub and a real site server. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { openLicensing, type Licensing, type LicensingOptions } from '#lib/sdk/node/licensing.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import type { LicensePage } from '#server/operations/licenses/list-licenses.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { serveSite, type RunningSite } from '#server/serve-site.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { claimsOf } from '../fixtures/hub.ts';
import type { Demo } from '../fixtures/running-hub.ts';
import { recording } from '../journeys/field-machine.ts';

const DAY = 86_400;
let home: string;
let hub: Running;
let demo: Demo;
let roots: PublicJwk[];

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-types-'));
	const data = join(home, 'hub');
	await copyEmptyDatabase(data);
	hub = await serve({ data, port: 0, demo: true });
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
	const answer = await fetch(`${hub.url}/.well-known/keyferry-roots.json`);
	roots = ((await answer.json()) as { keys: PublicJwk[] }).keys;
});
afterAll(async () => {
	await hub.close();
	rmSync(home, { recursive: true, force: true });
});

/** A machine of its own for each name. */
async function openOn(
	name: string,
	options: Omit<Partial<LicensingOptions>, 'roots'>
): Promise<Licensing> {
	const opened = await openLicensing({
		roots,
		product: 'atlas-server',
		version: '8.2',
		state: join(home, name),
		probe: recordedProbe(recording(name)),
		...options
	});
	if (isRefusal(opened)) throw new Error(opened.refused);
	return opened;
}

function mustBe<T>(value: T): Exclude<T, { refused: string }> {
	if (isRefusal(value)) throw new Error(JSON.stringify(value));
	// Sound: refusals were thrown.
	return value as Exclude<T, { refused: string }>;
}

async function post(path: string, body: object): Promise<{ file: string }> {
	const answer = await fetch(`${hub.url}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	if (!answer.ok) throw new Error(await answer.text());
	return (await answer.json()) as { file: string };
}

/** Seats of a license that machines hold, as the hub counts them. */
async function heldAtHub(number: string): Promise<number> {
	const input = encodeURIComponent(JSON.stringify({ search: number }));
	const answer = await fetch(`${hub.url}/rpc/license.list?input=${input}`, {
		headers: { 'x-keyferry': '1', authorization: `Bearer ${demo.token}` }
	});
	if (!answer.ok) throw new Error(await answer.text());
	const { result } = (await answer.json()) as { result: { data: LicensePage } };
	return result.data.licenses.find((row) => row.number === number)!.counts.active;
}

describe('[LC6] [S4] licensing online', () => {
	const ask = { name: 'Ada', organization: 'Example GmbH', label: 'desk-1' };

	test('sends its request, opens, and renews its file by itself without the key', async () => {
		const { key, number, seats } = demo.licenses[1]!;
		const online = { product: 'atlas', licensing: { online: hub.url } };
		const licensing = await openOn('online', online);
		expect(await licensing.has('modeling')).toBe(false);
		const made = mustBe(await licensing.createRequest({ ...ask, key }));
		expect(mustBe(await licensing.submit(made.file))).toMatchObject([{ outcome: 'loaded' }]);
		expect(await licensing.has('modeling')).toBe(true);

		// A week later another process of the product looks, and knows no key.
		const now = () => Math.floor(Date.now() / 1000) + 8 * DAY;
		const later = await openOn('online', { ...online, now });
		const connection = mustBe(await later.connect());
		const [license] = (await later.status()).licenses;
		expect(license).toMatchObject({ number, state: 'active', generation: 2, seats });
		expect((await later.status()).waiting).toEqual([]);
		await connection.close();

		const files = readdirSync(join(home, 'online'), { recursive: true, encoding: 'utf8' });
		const texts = files
			.map((file) => join(home, 'online', file))
			.filter((path) => /\.[a-z]+$/.test(path) && existsSync(path))
			.map((path) => readFileSync(path, 'utf8'));
		const { sec } = claimsOf<'license'>(key);
		expect(texts.filter((text) => text.includes(sec))).toEqual([]);
	});

	test('goes on with its file where the hub does not answer, and says so', async () => {
		const away = { product: 'atlas', licensing: { online: 'http://127.0.0.1:9' } };
		const now = () => Math.floor(Date.now() / 1000) + 20 * DAY;
		const licensing = await openOn('online', { ...away, now });
		mustBe(await licensing.connect());
		expect(await licensing.has('modeling')).toBe(true);
		const made = mustBe(await licensing.createRequest({ ...ask, key: demo.licenses[1]!.number }));
		expect(await licensing.submit(made.file)).toMatchObject({ refused: 'HUB_UNREACHABLE' });
	});

	test('of files is carried, not sent', async () => {
		const licensing = await openOn('file', {});
		expect(() => licensing.submit('x')).toThrow('carry');
		expect(mustBe(await licensing.connect()).lease).toBeUndefined();
	});
});

describe('[LC6] [S4] one product, from a file to a server, online, and to its file again', () => {
	let site: RunningSite;
	beforeAll(async () => {
		const data = join(home, 'site');
		const [rootsFile, probe] = [join(home, 'hub', 'roots.json'), recordedProbe(recording('rack'))];
		site = await serveSite({ data, roots: rootsFile, port: 0, probe });
		const { key } = withClients();
		const licensing = site.site.licensing();
		const made = mustBe(await licensing.createRequest({ key, name: 'Admin', label: 'rack' }));
		const { file } = await post('/v1/activations', { request: made.file });
		expect(await licensing.load(file)).toMatchObject([{ outcome: 'loaded' }]);
	});
	afterAll(() => site.close());

	const withClients = () => demo.licenses.find(({ clients }) => clients !== undefined)!;
	const inUse = () => site.site.pools.list().length;

	test('[O7] the server has its own license renewed by the number alone, more than once', async () => {
		const licensing = site.site.licensing();
		for (const gen of [2, 3]) {
			const ask = { key: withClients().number, name: 'Admin', label: 'rack' };
			const made = mustBe(await licensing.createRequest(ask));
			const { file } = await post('/v1/activations', { request: made.file });
			expect(await licensing.load(file)).toMatchObject([
				{ outcome: 'loaded', activation: { gen } }
			]);
		}
	});

	test('seats are right at hub and site after each change', async () => {
		const { key, number, product } = withClients();
		const ask = { key, name: 'Ada', label: 'desk-2' };
		const others = await heldAtHub(number);
		const counts = async () => [(await heldAtHub(number)) - others, inUse()];
		const as = (licensing: LicensingOptions['licensing']) =>
			openOn('mover', { licensing, product });

		const file = await as('file');
		const request = mustBe(await file.createRequest(ask));
		await file.load((await post('/v1/activations', { request: request.file })).file);
		expect([await counts(), await file.has('dataflow')]).toEqual([[1, 0], true]);

		const back = mustBe(await file.createReturn());
		await file.load((await post('/v1/returns', { return: back.file })).file);
		const server = await as({ server: site.url });
		const connection = mustBe(await server.connect());
		expect([await counts(), await server.has('dataflow')]).toEqual([[0, 1], true]);
		expect(await (await as('file')).has('dataflow')).toBe(false);
		const there = (await site.site.licensing().status()).licenses[0]!;
		const { seats: _, ...shown } = there;
		expect((await server.status()).licenses).toEqual([shown]);

		await connection.close();
		const online = await as({ online: hub.url });
		const again = mustBe(await online.createRequest(ask));
		expect(mustBe(await online.submit(again.file))).toMatchObject([{ outcome: 'loaded' }]);
		expect([await counts(), await online.has('dataflow')]).toEqual([[1, 0], true]);

		const returned = mustBe(await online.createReturn());
		expect(mustBe(await online.submit(returned.file))).toMatchObject([{ outcome: 'returned' }]);
		expect([await counts(), await online.has('dataflow')]).toEqual([[0, 0], false]);

		const last = await as('file');
		expect(await last.has('dataflow')).toBe(false);
		const second = mustBe(await last.createRequest(ask));
		await last.load((await post('/v1/activations', { request: second.file })).file);
		expect([await counts(), await last.has('dataflow')]).toEqual([[1, 0], true]);
	});
});
