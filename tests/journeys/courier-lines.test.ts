/** What lies between a courier and a hub: portals of networks, silence, hubs that ask for patience. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as ask, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFile } from '#lib/formats/file.ts';
import { askFor, claimsOf, makeMachine, usageOf } from '../fixtures/hub.ts';
import { startProxy, type Proxy } from '../fixtures/proxy.ts';
import { Field, type FieldMachine } from './field-machine.ts';
import { LicenseOffice } from './license-office.ts';

const field = new Field();
const servers: Server[] = [];
const sockets = new Set<Socket>();
const proxies: Proxy[] = [];
let stick: FieldMachine;
afterAll(() => {
	for (const server of servers) server.close();
	for (const socket of sockets) socket.destroy();
	for (const proxy of proxies) proxy.stop();
	field.clear();
});

beforeAll(async () => {
	stick = field.machine('stick');
	for (const label of ['a', 'b', 'c', 'd']) {
		const asked = ['request', '--key', 'KF-7Q2M-90TK-C4XR', '--name', 'Ada', '--label', label];
		const ran = await stick.keyferry([...asked, '--out', `${label}.kfreq`]);
		expect(ran.code, ran.stderr).toBe(0);
	}
});

async function listen(answer: RequestListener): Promise<string> {
	const server = createServer(answer).listen(0, '127.0.0.1');
	servers.push(server);
	server.on('connection', (socket) => sockets.add(socket));
	await new Promise((done) => server.once('listening', done));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const files = ['a', 'b', 'c', 'd'].map((label) => `${label}.kfreq`);
const submit = (hub: string, env = {}) =>
	stick.keyferry(['submit', ...files, '--hub', hub, '--json'], { env });
const rowsOf = (stdout: string) =>
	JSON.parse(stdout) as { source: string; outcome: string; refused?: string; fault?: string }[];

test('a portal that answers with a page has a line for every file, and is asked no more than twice', async () => {
	let asked = 0;
	const hub = await listen((_, response) => {
		asked++;
		response.setHeader('content-type', 'text/html');
		response.end('<html>Sign in to the network</html>');
	});
	const { code, stdout, stderr } = await submit(hub);
	expect(code, stderr).toBe(1);
	expect(rowsOf(stdout).map(({ source, outcome }) => [source, outcome])).toEqual([
		['a.kfreq', 'not submitted'],
		['b.kfreq', 'not submitted'],
		['c.kfreq', 'not tried'],
		['d.kfreq', 'not tried']
	]);
	expect(asked).toBe(2);
});

test('a hub that hangs up ends the run after two, and what is left is named', async () => {
	let asked = 0;
	const hub = await listen((request) => {
		asked++;
		request.socket.destroy();
	});
	const { stdout } = await submit(hub);
	expect(rowsOf(stdout).map(({ outcome, refused }) => [outcome, refused])).toEqual([
		['not submitted', 'HUB_UNREACHABLE'],
		['not submitted', 'HUB_UNREACHABLE'],
		['not tried', undefined],
		['not tried', undefined]
	]);
	expect(asked).toBe(2);
});

test('a hub that takes the call and never answers is waited for twice, as long as told', async () => {
	let asked = 0;
	const hub = await listen(() => void asked++);
	const ran = await stick.keyferry(['submit', ...files, '--hub', hub, '--timeout', '1']);
	expect(ran.code).toBe(1);
	for (const name of files) expect(ran.stdout).toMatch(new RegExp(`^${name} +`, 'm'));
	expect(ran.stdout).toContain('4 left: the same command again submits them.');
	expect(asked).toBe(2);
	const half = await listen((_, response) => void response.write('{"file":'));
	const cut = await submit(half, { KEYFERRY_TIMEOUT: '1' });
	expect(rowsOf(cut.stdout).map(({ outcome }) => outcome)).toEqual([
		...['not submitted', 'not submitted', 'not tried', 'not tried']
	]);
});

test('a fault of the hub with one piece, which its log knows, stops no other', async () => {
	const hub = await listen((_, response) => {
		response.statusCode = 500;
		response.end(JSON.stringify({ code: 'COMMAND_FAILED', facts: { support: 'f-1' } }));
	});
	const { code, stdout } = await submit(hub);
	expect(code).toBe(1);
	expect(rowsOf(stdout).map(({ refused }) => refused)).toEqual(files.map(() => 'COMMAND_FAILED'));
});

describe('what is no answer of ours', () => {
	const escape = '\u001b]0;owned\u0007\u009b31m\u202e';
	test.for<[string, number, unknown]>([
		['facts of another shape', 409, { code: 'SEAT_LIMIT_REACHED', facts: { seats: {} } }],
		['no facts', 403, { code: 'LICENSE_EXPIRED', facts: null }],
		['facts that are a list', 403, { code: 'LICENSE_EXPIRED', facts: [1] }],
		['an unknown code', 409, { code: 'SEAT_GHOSTED', facts: { number: 'KF-1' } }],
		['escapes in facts', 404, { code: 'LICENSE_NOT_FOUND', facts: { number: escape } }],
		['escapes in a code', 404, { code: escape, facts: {} }],
		[
			'a wait that is no number',
			429,
			{ code: 'RATE_LIMITED', facts: { retryAfterSeconds: escape } }
		],
		['notices that are none', 200, { notices: 'none', file: 7 }],
		['notices with escapes', 200, { notices: [{ title: escape, next: `a\nb: granted` }] }],
		['a file that is none', 200, { file: escape }],
		['null', 200, null],
		['a list', 200, []]
	])('%s: a line for every file, in plain text', async ([, status, body]) => {
		const hub = await listen((_, response) => {
			response.statusCode = status;
			response.end(JSON.stringify(body));
		});
		const ran = await stick.keyferry(['submit', ...files, '--hub', hub]);
		for (const name of files) expect(ran.stdout).toMatch(new RegExp(`^${name} +`, 'm'));
		const said = ran.stdout + ran.stderr;
		expect(said).not.toMatch(
			/[^\P{Cc}\n]|\p{Cf}|\bundefined\b|\bNaN\b|\[object|TypeError|\n\s+at /u
		);
		expect(said).not.toMatch(/^b: granted/m);
	});
});

test.for([429, 503])('%i is waited for as told', async (status) => {
	let asked = 0;
	const hub = await listen((_, response) => {
		const isFirst = asked++ === 0;
		response.statusCode = isFirst ? status : 404;
		if (isFirst) response.setHeader('retry-after', '1');
		response.end(JSON.stringify({ code: isFirst ? 'BUSY' : 'LICENSE_NOT_FOUND', facts: {} }));
	});
	const { stdout } = await submit(hub);
	expect(rowsOf(stdout).map(({ refused }) => refused)).toEqual(
		files.map(() => 'LICENSE_NOT_FOUND')
	);
	expect(asked).toBe(5);
});

test('a wait beyond all patience is not waited for', async () => {
	let asked = 0;
	const hub = await listen((_, response) => {
		asked++;
		response.statusCode = 503;
		response.setHeader('retry-after', '86400');
		response.end(JSON.stringify({ code: 'HUB_STORAGE_FULL', facts: {} }));
	});
	const { stdout } = await submit(hub);
	expect(rowsOf(stdout).map(({ outcome }) => outcome)).toEqual([
		...['not submitted', 'not submitted', 'not tried', 'not tried']
	]);
	expect(asked).toBe(2);
});

describe('on the way to a real hub', () => {
	let office: LicenseOffice;
	let asking: string[];
	beforeAll(async () => {
		office = await LicenseOffice.open();
		const license = await office.issue('--seats', '9');
		asking = [];
		for (const name of ['one', 'two', 'three', 'four']) {
			const machine = office.field.machine(name);
			const file = await office.request(machine, license);
			copyFileSync(machine.path(file), stick.path(`${name}.kfreq`));
			asking.push(`${name}.kfreq`);
		}
	});
	afterAll(() => office.close());

	test('a second run does the rest, and what was done is the same', async () => {
		let passed = 0;
		const line = await listen((request, response) => {
			// Gone after two, until the second run.
			if (passed === 2) return void request.socket.destroy();
			passed++;
			const { method, headers } = request;
			request.pipe(
				ask(`${office.hub.address}${request.url}`, { method, headers }, (answer) => {
					response.writeHead(answer.statusCode ?? 502, answer.headers);
					answer.pipe(response);
				})
			);
		});
		const submitAll = async () => {
			const ran = await stick.keyferry(['submit', ...asking, '--hub', line, '--json']);
			return rowsOf(ran.stdout).map(({ outcome }) => outcome);
		};
		expect(await submitAll()).toEqual(['granted', 'granted', 'not submitted', 'not submitted']);
		const first = readFileSync(stick.path('one.kfact'));
		passed = 3;
		expect(await submitAll()).toEqual(asking.map(() => 'granted'));
		expect(readFileSync(stick.path('one.kfact'))).toEqual(first);
		expect(stick.files('.kfact')).toHaveLength(4);
	});

	test('[US3] a usage report is carried among the rest, by somebody without an account', async () => {
		const { number, key } = office.hub.demo.licenses.find(({ clients }) => clients !== undefined)!;
		const site = await makeMachine('site');
		const request = await askFor({ number, sec: claimsOf<'license'>(key).sec }, site);
		const given = await fetch(`${office.hub.address}/v1/activations`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ request })
		});
		const { file } = (await given.json()) as { file: string };
		const hour = Math.floor(Date.now() / 3_600_000) - 1;
		const hours = [{ hour, peak: 7, denied: 2, waiting: 1 }];
		const report = await usageOf(file, site, { site: 'Plant west', hours, from: hour, to: hour });
		writeFileSync(stick.path('use.kfuse'), writeFile(report.split('~'), ['Usage at Plant west']));
		for (let again = 0; again < 2; again++) {
			const carried = ['use.kfuse', asking[0]!];
			const ran = await stick.keyferry([
				'submit',
				...carried,
				'--hub',
				office.hub.address,
				'--json'
			]);
			expect(ran.code, ran.stderr).toBe(0);
			expect(rowsOf(ran.stdout)).toMatchObject([
				{ source: 'use.kfuse', label: 'Plant west', number, outcome: 'taken' },
				{ outcome: 'granted' }
			]);
		}
		const customers = await office.asks<{ id: string; name: string }[]>('customer', 'list');
		const { id } = customers.find(({ name }) => name === 'Example GmbH')!;
		const input = encodeURIComponent(JSON.stringify({ customerId: id }));
		const listed = await fetch(`${office.hub.address}/rpc/usage.list?input=${input}`, {
			headers: { 'x-keyferry': '1', authorization: `Bearer ${office.hub.demo.token}` }
		});
		expect(await listed.json()).toMatchObject({
			result: { data: [{ site: 'Plant west', peak: 7, denied: 2, waiting: 1, clients: 10 }] }
		});
	});

	test.for(['HTTP_PROXY', 'http_proxy'])(
		'%s is gone through, and NO_PROXY past it',
		async (name) => {
			const proxy = await startProxy();
			proxies.push(proxy);
			const { port } = office.hub;
			const hub = `http://127.0.0.1:${port}`;
			const through = { [name]: proxy.url };
			const ran = await stick.keyferry(['submit', asking[0]!, '--hub', hub, '--json'], {
				env: through
			});
			expect(rowsOf(ran.stdout)).toMatchObject([{ outcome: 'granted' }]);
			expect(proxy.asked).toHaveLength(1);
			expect(proxy.asked[0]).toContain(`127.0.0.1:${port}`);

			const past = { ...through, NO_PROXY: 'intranet.example,127.0.0.1' };
			const direct = await stick.keyferry(['submit', asking[0]!, '--hub', hub, '--json'], {
				env: past
			});
			expect(rowsOf(direct.stdout)).toMatchObject([{ outcome: 'granted' }]);
			expect(proxy.asked).toHaveLength(1);
		}
	);

	test('a proxy that is not there is a hub that cannot be reached', async () => {
		const env = { HTTP_PROXY: 'http://127.0.0.1:9' };
		const ran = await stick.keyferry(['submit', ...asking, '--hub', 'http://127.0.0.1:8'], { env });
		expect(ran.code).toBe(1);
		expect(ran.stdout).toContain('HUB_UNREACHABLE');
	});
});
