/** What lies between a courier and a hub: portals of networks, silence, hubs that ask for patience. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Field, type FieldMachine } from './field-machine.ts';

const field = new Field();
const servers: Server[] = [];
let stick: FieldMachine;
afterAll(() => {
	for (const server of servers) server.close();
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
	expect(rowsOf(stdout).map(({ source, outcome }) => [source, outcome])).toEqual(
		files.map((name) => [name, 'not submitted'])
	);
	expect(asked).toBe(2);
});

test('a hub that hangs up ends the run after two, and what is left is named', async () => {
	let asked = 0;
	const hub = await listen((request) => {
		asked++;
		request.socket.destroy();
	});
	const { stdout } = await submit(hub);
	expect(rowsOf(stdout).map(({ refused }) => refused)).toEqual(files.map(() => 'HUB_UNREACHABLE'));
	expect(asked).toBe(2);
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
