import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { unitText } from './systemd-unit.ts';
import { taskXml } from './windows-task.ts';

const home = mkdtempSync(join(tmpdir(), 'keyferry-unit-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
const keyferry = join(import.meta.dirname, '../keyferry.js');

test.skipIf(!hasSystemd)('systemd finds no fault with a unit, whatever is in its paths', () => {
	for (const name of ['data', 'my data', '100%u', 'a"b', 'c\\d', '$HOME', "it's"]) {
		const data = join(home, name);
		mkdirSync(data);
		for (const [role, user] of [
			['hub', undefined],
			['site', '0']
		] as const) {
			const file = join(home, 'keyferry.service');
			const command = [process.execPath, keyferry, 'serve', '--data', data, '--port', '4870'];
			writeFileSync(file, unitText({ role, command, data, user }));
			const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
			const ours = verified.stderr.split('\n').filter((line) => line.includes('keyferry.service'));
			expect(ours, name).toEqual([]);
		}
	}
});

test('a unit says what it was given and nothing else', () => {
	const text = unitText({
		role: 'site',
		command: ['/usr/bin/node', '/opt/a b/$x%'],
		data: '/srv/d',
		user: '0'
	});
	expect(text).toContain('ExecStart="/usr/bin/node" "/opt/a b/$$x%%"\n');
	expect(text).toContain('ReadWritePaths="/srv/d"\n');
	expect(text).toContain('Description=Keyferry site server\nAfter=network-online.target\n');
	expect(unitText({ role: 'hub', command: ['/n'], data: '/srv/d' })).not.toMatch(
		/User=|ProtectSystem/
	);
});

test('a user’s service is written, seen and removed', () => {
	const data = join(home, 'own');
	mkdirSync(data);
	const env = { ...process.env, XDG_CONFIG_HOME: home, XDG_RUNTIME_DIR: home };
	const ask = (...args: string[]) =>
		JSON.parse(
			execFileSync(process.execPath, [keyferry, 'service', ...args, '--user', '--json'], {
				env,
				encoding: 'utf8'
			})
		) as { file: string; removed?: boolean };
	const { file } = ask('install', '--data', data, '--port', '4999');
	const text = readFileSync(file, 'utf8');
	expect(text).toContain(`"serve" "--data" "${data}" "--port" "4999"`);
	expect(ask('remove')).toMatchObject({ removed: true });
	expect(ask('remove')).toMatchObject({ removed: false });
});

test('[ST6] a site server’s service is started by its unit, killed, and started again as systemd would', async () => {
	const data = join(home, 'site');
	const roots = join(home, 'roots.json');
	writeFileSync(
		roots,
		JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }] })
	);
	const env = { ...process.env, XDG_CONFIG_HOME: home, XDG_RUNTIME_DIR: home };
	const port = String(await freePort());
	const args = ['install', '--role', 'site', '--data', data, '--port', port, '--roots', roots];
	const said = execFileSync(
		process.execPath,
		[keyferry, 'service', ...args, '--name', 'site', '--user', '--json'],
		{ env, encoding: 'utf8' }
	);
	const { file } = JSON.parse(said) as { file: string };
	expect(statSync(data).mode & 0o077).toBe(0);
	const unit = readFileSync(file, 'utf8');
	expect(unit).toContain('Restart=on-failure');
	const line = /^ExecStart=(.*)$/m.exec(unit)![1]!;
	const [program = '', ...given] = Array.from(line.matchAll(/"([^"]*)"/g), ([, word = '']) => word);
	for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
		const server = spawn(program, given, { stdio: ['ignore', 'pipe', 'inherit'] });
		await once(server.stdout, 'data');
		const answer = await fetch(`http://localhost:${port}/health/live`);
		expect(await answer.json()).toEqual({ live: true });
		server.kill(signal);
		const [code] = (await once(server, 'exit')) as [number | null];
		expect(code).toBe(signal === 'SIGTERM' ? 0 : null);
	}
});

/** Windows is not here to try it: what is looked at is the text. */
test('a task of Windows says program and words as Windows takes them apart', () => {
	const command = [
		'C:\\Kit & Co\\node.exe',
		'C:\\a b\\keyferry.mjs',
		'--data',
		'D:\\site\\',
		'<"x">'
	];
	const xml = taskXml({ role: 'site', command, data: 'D:\\site' });
	expect(xml).toContain('<Command>C:\\Kit &amp; Co\\node.exe</Command>');
	expect(xml).toContain(
		'<Arguments>"C:\\a b\\keyferry.mjs" "--data" "D:\\site\\\\" "&lt;\\"x\\"&gt;"</Arguments>'
	);
	expect(xml).toContain('<BootTrigger>');
	expect(xml.match(/<(\w+)[ >]/g)!.length).toBe(xml.match(/<\/(\w+)>/g)!.length);
});
