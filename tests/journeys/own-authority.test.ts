/** The scripted ferry to a hub whose certificate is signed by its own authority. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy } from '../fixtures/proxy.ts';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { Field } from './field-machine.ts';
import { KEYFERRY } from '../fixtures/program.ts';

const field = new Field();
const data = join(field.folder, 'data');
let hub: RunningHub;

beforeAll(async () => {
	const args = ['--data', data, '--root-out', join(field.folder, 'root.json'), '--tls'];
	execFileSync(process.execPath, [KEYFERRY, 'init', ...args]);
	hub = await startHub({ data, demo: false, address: (port) => `https://localhost:${port}` });
});
afterAll(async () => {
	await hub.stop();
	field.clear();
});

test('is reached by the authority that is named, and is not without it', async () => {
	const machine = field.machine('ferry');
	const request = await machine.keyferry(['request', '--key', 'KF-0000-0000-0000', '--name', 'A']);
	const [path = ''] = request.stdout.split('\n');
	const args = ['submit', path, '--hub', hub.address, '--json'];
	const untrusted = await machine.keyferry(args);
	expect(untrusted.code).toBe(1);
	// A fault is said in the line of its file, so that a batch goes on.
	const fault: unknown = expect.stringContaining('is not trusted here');
	expect(JSON.parse(untrusted.stdout)).toMatchObject([{ outcome: 'not submitted', fault }]);
	const trusted = await machine.keyferry([...args, '--ca', join(data, 'tls/ca.crt')]);
	expect(trusted.code).toBe(3);
	expect(JSON.parse(trusted.stdout)).toMatchObject([{ refused: 'LICENSE_NOT_FOUND' }]);
});

test('HTTPS_PROXY opens a tunnel, and the certificate is checked behind it', async () => {
	const machine = field.machine('office');
	const asked = ['request', '--key', 'KF-0000-0000-0000', '--name', 'A', '--out', 'a.kfreq'];
	await machine.keyferry(asked);
	const proxy = await startProxy();
	try {
		const args = ['submit', 'a.kfreq', '--hub', hub.address, '--json'];
		const send = (env: Record<string, string>, ...more: string[]) =>
			machine.keyferry([...args, ...more], { env: { HTTPS_PROXY: proxy.url, ...env } });
		const ca = ['--ca', join(data, 'tls/ca.crt')];
		const through = await send({}, ...ca);
		expect(JSON.parse(through.stdout)).toMatchObject([{ refused: 'LICENSE_NOT_FOUND' }]);
		expect(proxy.asked).toEqual([`localhost:${hub.port}`]);
		const fault: unknown = expect.stringContaining('is not trusted here');
		expect(JSON.parse((await send({})).stdout)).toMatchObject([{ fault }]);
		expect(proxy.asked).toHaveLength(2);
		const past = await send({ NO_PROXY: 'localhost' }, ...ca);
		expect(JSON.parse(past.stdout)).toMatchObject([{ refused: 'LICENSE_NOT_FOUND' }]);
		expect(proxy.asked).toHaveLength(2);
	} finally {
		proxy.stop();
	}
});
