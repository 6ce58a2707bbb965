/** The SDK as a client of a real site server: what a product that embeds it may count on. */
import { spawn } from 'node:child_process';
import { once, type EventEmitter } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { testConnection } from '#lib/sdk/node/client/test-connection.ts';
import type { Connection, ConnectWishes } from '#lib/sdk/node/connecting.ts';
import { openLicensing, type Licensing, type LicensingOptions } from '#lib/sdk/node/licensing.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import type { RunningSite } from '#server/serve-site.ts';
import {
	makeSiteMachine,
	makeVendor,
	openTestSite,
	type SiteMachine,
	type Vendor
} from '../fixtures/running-site.ts';
import { recording } from '../journeys/field-machine.ts';
import type { JournalLine, JournalOptions } from './journal-client.fixture.ts';

/** Short, so that a lease ends while a test looks on. */
const TTL = 2;
const journalClient = resolve(import.meta.dirname, 'journal-client.fixture.ts');
let vendor: Vendor;
let machine: SiteMachine;
let running: RunningSite;
let act: string;
let home: string;
const open: Connection[] = [];

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-clients-'));
	vendor = await makeVendor();
	machine = makeSiteMachine(vendor);
	({ act } = await machine.activate());
	running = await openTestSite(machine);
	await running.site.settings.write('ttl', TTL);
});
afterAll(async () => {
	await running.close();
	machine.remove();
	rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
	await Promise.all(open.splice(0).map((connection) => connection.close()));
});

async function client(name: string, options: Partial<LicensingOptions> = {}): Promise<Licensing> {
	const licensing = await openLicensing({
		roots: vendor.roots,
		product: 'atlas-server',
		version: '8.2',
		state: join(home, name),
		probe: recordedProbe(recording(name)),
		licensing: { server: running.url },
		...options
	});
	if (isRefusal(licensing)) throw new Error(licensing.refused);
	return licensing;
}

async function connect(licensing: Licensing, wishes: ConnectWishes = {}): Promise<Connection> {
	const connection = await licensing.connect({ user: 'ada', ...wishes });
	if (isRefusal(connection)) throw new Error(JSON.stringify(connection));
	open.push(connection);
	return connection;
}

const heard = async (connection: Connection, event: string): Promise<unknown> => {
	const [said] = (await once(connection as unknown as EventEmitter, event)) as [unknown];
	return said;
};

describe('seats', () => {
	test('[LC3] two of two work with what the license has; the third reads who, and gets in when one leaves', async () => {
		const [one, two, three] = [await client('one'), await client('two'), await client('three')];
		const first = await connect(one, { user: 'Ada', machine: 'bench-01' });
		await connect(two, { user: 'Bo' });
		expect(await one.has('dataflow')).toBe(true);
		expect(await one.has('reports')).toBe(false);
		expect(await three.connect({ user: 'Cy' })).toMatchObject({
			refused: 'CLIENT_LIMIT_REACHED',
			facts: { clients: 2, holders: [{ user: 'Ada', machine: 'bench-01' }, { user: 'Bo' }] }
		});
		expect(await three.has('dataflow')).toBe(false);
		await first.close();
		expect(await one.has('dataflow')).toBe(false);
		expect((await connect(three)).lease).toBeDefined();
	});

	test('[LC3] an installation that comes again has its seat again, and its other copy is told', async () => {
		const before = await connect(await client('one'));
		await connect(await client('two'));
		const held = before.lease?.client;
		const ended = heard(before, 'ended');
		const after = await connect(await client('one'));
		expect(after.lease?.client).toBe(held);
		expect(await ended).toMatchObject({ refused: 'REPLACED' });
		expect(before.lease).toBeUndefined();
	});

	test('[LC3] two copies under one name throw each other out', async () => {
		const first = await connect(await client('pod-a', { client: 'pod-0' }));
		const ended = heard(first, 'ended');
		const second = await connect(await client('pod-b', { client: 'pod-0' }));
		expect(second.lease?.client).toBe('name:pod-0');
		expect(await ended).toMatchObject({ refused: 'REPLACED' });
		expect(running.site.pools.list()).toHaveLength(1);
	});

	test('[LC3] who stands in line is told its place, and works when it is its turn', async () => {
		const first = await connect(await client('one'));
		await connect(await client('two'));
		const waiting = await client('three');
		const line = await connect(waiting, { wait: true });
		expect(line.lease).toBeUndefined();
		const granted = heard(line, 'granted');
		await first.close();
		await granted;
		expect(await waiting.has('dataflow')).toBe(true);
	});

	test('[LC4] what an admin ends has ended, with the reason', async () => {
		const licensing = await client('one');
		const connection = await connect(licensing);
		const ended = heard(connection, 'ended');
		await running.site.pools.end(connection.lease!.id, 'Maintenance at noon');
		expect(await ended).toMatchObject({
			refused: 'LEASE_ENDED',
			facts: { reason: 'Maintenance at noon' }
		});
		expect(await licensing.has('dataflow')).toBe(false);
	});

	test('the status is that of the server', async () => {
		const licensing = await client('one');
		const { lease } = await connect(licensing);
		const { licenses, server } = await licensing.status();
		expect(licenses).toMatchObject([{ activation: act, state: 'active', clients: 2 }]);
		expect(server).toMatchObject({ reachable: true, inUse: 1, clients: 2 });
		expect(server?.lease?.id).toBe(lease?.id);
		// By the clock that people read, as all times are that a program is told: as slow as the machine may be.
		expect(Math.abs(lease!.until - Date.now() / 1_000)).toBeLessThan(3_600);
	});
});

describe('[LC2] a server that is away', () => {
	test('is waited for through the grace; the same seat goes on when it is back', async () => {
		const gate = await gateTo(running.url);
		const licensing = await client('one', { licensing: { server: gate.url } });
		const connection = await connect(licensing);
		const lost = heard(connection, 'lost');
		gate.state = 'shut';
		expect(await lost).toMatchObject({ why: { refused: 'SITE_UNREACHABLE' } });
		expect(connection.left).toBeGreaterThan(800);
		expect(await licensing.has('dataflow')).toBe(true);
		const { server, licenses } = await licensing.status();
		expect(server).toMatchObject({ reachable: false, clients: 2 });
		expect(licenses).toMatchObject([{ activation: act, state: 'active' }]);
		const back = heard(connection, 'back');
		gate.state = 'open';
		await back;
		expect(running.site.pools.list().map((held) => held.client)).toEqual([
			connection.lease!.client
		]);
		await gate.close();
	});

	test('for longer than the license allows locks, and opens again by itself', async () => {
		const strict = makeSiteMachine(vendor, 'strict');
		await strict.activate({ pol: { k: 2, vm: true, given: false, graceMinutes: 0 } });
		const site = await openTestSite(strict, {}, 'strict');
		await site.site.settings.write('ttl', TTL);
		const gate = await gateTo(site.url);
		const licensing = await client('one', { licensing: { server: gate.url } });
		const connection = await connect(licensing);
		const ended = heard(connection, 'ended');
		gate.state = 'shut';
		expect(await ended).toMatchObject({ refused: 'GRACE_OVER' });
		expect(await licensing.has('dataflow')).toBe(false);
		const back = heard(connection, 'back');
		gate.state = 'open';
		await back;
		expect(await licensing.has('dataflow')).toBe(true);
		await connection.close();
		await gate.close();
		await site.close();
		strict.remove();
	});

	test('or a program that slept for longer than its lease lives: it claims anew, and nobody is told', async () => {
		const said: JournalLine[] = [];
		const asked: JournalOptions = {
			server: running.url,
			roots: vendor.roots,
			product: 'atlas-server',
			clients: ['sleeper']
		};
		const child = spawn(process.execPath, [journalClient, JSON.stringify(asked)]);
		createInterface(child.stdout).on('line', (line) => said.push(JSON.parse(line) as JournalLine));
		const leases = () => said.flatMap((line) => (line.said === 'held' ? [line.id] : []));
		await expect.poll(() => leases().length).toBeGreaterThan(0);
		child.kill('SIGSTOP');
		await expect.poll(() => (running.site.pools.sweep(), running.site.pools.list())).toEqual([]);
		child.kill('SIGCONT');
		await expect.poll(() => new Set(leases()).size).toBe(2);
		expect(said.filter((line) => line.said === 'ended')).toEqual([]);
		child.stdin.end();
		await once(child, 'exit');
		expect(running.site.pools.list()).toEqual([]);
	});

	test('[LC5] [S6] is passed over for the next address', async () => {
		const licensing = await client('one', {
			licensing: { server: ['http://127.0.0.1:9', running.url] }
		});
		expect((await connect(licensing)).lease?.address).toBe(running.url);
		const nowhere = await client('one', { licensing: { server: 'http://127.0.0.1:9' } });
		expect(await nowhere.connect()).toMatchObject({
			refused: 'SITE_UNREACHABLE',
			facts: { addresses: ['http://127.0.0.1:9'] }
		});
	});
});

describe('[LC1] somebody between client and server', () => {
	test.each<[string, (body: string) => string, string]>([
		['changes an answer', (body) => body.replace('"granted"', '"grantee"'), 'no-proof'],
		['answers with a page', () => '<html>', 'no-site']
	])('who %s opens nothing', async (_, change, reason) => {
		const gate = await gateTo(running.url);
		gate.change = (path, body) => (path === '/v1/leases' ? change(body) : body);
		const licensing = await client('one', { licensing: { server: gate.url } });
		expect(await licensing.connect()).toMatchObject({
			refused: 'SITE_NOT_TRUSTED',
			facts: { reason }
		});
		expect(await licensing.has('dataflow')).toBe(false);
		await gate.close();
	});

	test('who plays an old answer again opens nothing', async () => {
		const gate = await gateTo(running.url);
		const licensing = await client('one', { licensing: { server: gate.url } });
		const recorded = await connect(licensing);
		await recorded.close();
		gate.replay = '/v1/leases';
		expect(await licensing.connect()).toMatchObject({ refused: 'SITE_NOT_TRUSTED' });
		await gate.close();
	});

	test('who changes a renewal, or plays an old one again, ends nothing', async () => {
		const gate = await gateTo(running.url);
		const licensing = await client('one', { licensing: { server: gate.url } });
		const connection = await connect(licensing);
		const believed: string[] = [];
		for (const event of ['restart', 'ended'] as const)
			connection.on(event, () => believed.push(event));
		const renewal = `/v1/leases/${connection.lease!.id}`;
		const restart = { reason: 'license-ended', within: 0 };
		const meddlings: Partial<Gate>[] = [
			{
				change: (path, body) =>
					path === renewal ? JSON.stringify({ ...(JSON.parse(body) as object), restart }) : body
			},
			{ replay: renewal }
		];
		for (const meddling of meddlings) {
			await expect.poll(() => gate.heard(renewal)).toBe(true);
			const lost = heard(connection, 'lost');
			Object.assign(gate, meddling);
			expect(await lost).toMatchObject({
				why: { refused: 'SITE_NOT_TRUSTED', facts: { reason: 'no-proof' } }
			});
			const back = heard(connection, 'back');
			Object.assign(gate, { change: undefined, replay: undefined });
			await back;
		}
		expect(believed).toEqual([]);
		expect(await licensing.has('dataflow')).toBe(true);
		await connection.close();
		await gate.close();
	});

	test('another site that shows the files of this one opens nothing', async () => {
		const thief = makeSiteMachine(vendor, 'thief');
		await thief.activate();
		const site = await openTestSite(thief, {}, 'thief');
		const { products } = (await (await fetch(`${running.url}/v1/site`)).json()) as {
			products: { files: string[] }[];
		};
		const gate = await gateTo(site.url);
		gate.change = (path, body) => {
			if (path !== '/v1/site') return body;
			const said = JSON.parse(body) as { products: { files: string[] }[] };
			said.products[0]!.files = products[0]!.files;
			return JSON.stringify(said);
		};
		const licensing = await client('one', { licensing: { server: gate.url } });
		expect(await licensing.connect()).toMatchObject({
			refused: 'SITE_NOT_TRUSTED',
			facts: { reason: 'no-license' }
		});
		await gate.close();
		await site.close();
		thief.remove();
	});

	test('[LC3] a client’s folder, copied to another machine, takes no second seat', async () => {
		const owned = await connect(await client('one'));
		cpSync(join(home, 'one'), join(home, 'copied'), { recursive: true });
		const ended = heard(owned, 'ended');
		const probe = recordedProbe(recording('two'));
		const thief = await connect(await client('copied', { probe }));
		expect(thief.lease?.client).toBe(owned.lease?.client);
		expect(await ended).toMatchObject({ refused: 'REPLACED' });
		expect(running.site.pools.list()).toHaveLength(1);
	});

	test('another vendor’s roots open nothing', async () => {
		const stranger = await client('one', { roots: (await makeVendor()).roots });
		expect(await stranger.connect()).toMatchObject({ refused: 'SITE_NOT_TRUSTED' });
	});
});

describe('[LC4] a license that changes', () => {
	test('is told with time to start again, and whoever did is under the new terms', async () => {
		const licensing = await client('one');
		const connection = await connect(licensing);
		const restart = heard(connection, 'restart');
		await machine.activate({ act, gen: 2, clients: 3, ent: ['reports'] });
		await running.site.refresh();
		expect(await restart).toMatchObject({ reason: 'license-changed' });
		expect(await licensing.has('dataflow')).toBe(true);
		await connect(licensing);
		expect(await licensing.has('dataflow')).toBe(false);
		expect(await licensing.has('reports')).toBe(true);
		expect(running.site.pools.list()).toHaveLength(1);
	});
});

describe('[LC5] a server that lets itself be found', () => {
	test('needs no address; one that does not is not there', async (context) => {
		const hidden = await client('one', { licensing: { server: [] } });
		expect(await hidden.connect()).toMatchObject({ facts: { addresses: [] } });
		const found = makeSiteMachine(vendor, 'found');
		await found.activate();
		const site = await openTestSite(found, { host: '0.0.0.0' }, 'found');
		await site.site.settings.write('announce', true);
		try {
			const licensing = await client('one', { licensing: { server: [] } });
			const connection = await connect(licensing);
			expect(connection.lease?.site).toBe(site.site.name());
			await connection.close();
		} catch (fault) {
			if (!String(fault).includes('SITE_UNREACHABLE')) throw fault;
			context.skip('this network passes no multicast on');
		} finally {
			await site.close();
			found.remove();
		}
	});
});

describe('[LC5] [S6] testing a connection', () => {
	const lines = async (address: string, version = '8.2') => {
		const { roots } = vendor;
		const tested = await testConnection(address, { roots, product: 'atlas-server', version });
		return tested.map(({ line, ok }) => `${ok ? '✓' : '✗'} ${line}`);
	};

	test('takes no seat, and says each thing on its line', async () => {
		expect(await lines(running.url)).toEqual([
			...['✓ name', '✓ reach', '✓ tls', '✓ clock', '✓ versions', '✓ license', '✓ clients']
		]);
		expect(running.site.pools.list()).toEqual([]);
	});

	test('ends at what fails', async () => {
		expect(await lines('no-such-host.invalid')).toEqual(['✗ name']);
		expect(await lines('127.0.0.1:9')).toEqual(['✓ name', '✗ reach']);
		expect((await lines(running.url, '10.0')).at(-1)).toBe('✗ license');
	});
});

type Gate = {
	url: string;
	state: 'open' | 'shut';
	change?: (path: string, body: string) => string;
	/** Answers this path as it was answered before. */
	replay?: string;
	/** Whether an answer for this path has come by. */
	heard: (path: string) => boolean;
	close: () => Promise<void>;
};

/** Stands between client and server, as whoever rules the network may. */
async function gateTo(url: string): Promise<Gate> {
	type Kept = { status: number; headers: IncomingHttpHeaders; body: string };
	const kept = new Map<string, Kept>();
	const server = createServer((asked, answer) => {
		if (gate.state === 'shut') return void asked.socket.destroy();
		const path = asked.url ?? '/';
		const say = ({ status, headers, body }: Kept) => {
			const { 'content-length': _, 'transfer-encoding': __, ...rest } = headers;
			answer.writeHead(status, rest).end(gate.change?.(path, body) ?? body);
		};
		const before = gate.replay === path ? kept.get(path) : undefined;
		if (before) {
			say(before);
			return;
		}
		const { method, headers } = asked;
		const onward = httpRequest(`${url}${path}`, {
			method,
			headers: { ...headers, host: new URL(url).host }
		});
		onward.on('error', () => asked.socket.destroy());
		onward.on('response', (response) => {
			if (/event-stream/.test(response.headers['content-type'] ?? '')) {
				answer.writeHead(response.statusCode ?? 502, response.headers);
				return void response.pipe(answer);
			}
			let body = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
			response.on('end', () => {
				const said = { status: response.statusCode ?? 502, headers: response.headers, body };
				kept.set(path, said);
				say(said);
			});
		});
		asked.pipe(onward);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	const gate: Gate = {
		url: `http://127.0.0.1:${port}`,
		state: 'open',
		heard: (path) => kept.has(path),
		close: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		}
	};
	return gate;
}
