import { execFileSync, spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderInGap, inGap, noGap } from './fixtures/gap.ts';
import { KEYFERRY } from './fixtures/program.ts';

const root = resolve(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'keyferry-kit-'));
const kit = join(home, 'kit');

beforeAll(() => {
	const init = ['--data', join(home, 'data'), '--root-out', join(home, 'root.json')];
	execFileSync(process.execPath, [KEYFERRY, 'init', ...init]);
	const args = ['scripts/kit.ts', '--data', join(home, 'data'), '--out', kit];
	execFileSync(process.execPath, args, { cwd: root });
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('[ST1] the kit with a site server', () => {
	const withSite = join(home, 'kit-site');
	const products = join(home, 'product.json');
	const make = (...args: string[]) =>
		spawnSync(
			process.execPath,
			['scripts/kit.ts', '--data', join(home, 'data'), '--out', withSite, ...args],
			{ cwd: root, encoding: 'utf8' }
		);

	test('refuses what is no list of products, and products without a server', () => {
		writeFileSync(products, '{"product": "atlas-server"}');
		const wrong = make('--with', 'site', '--product', products);
		expect(wrong.stderr).toContain('is no list of products');
		expect(make('--product', products).stderr).toContain('add --with site');
		expect(make('--with', 'hub').stderr).toContain('nothing called hub');
	});

	test('runs from its folder with no outer network: pages, products, doctor, and ends when told', (context) => {
		writeFileSync(products, '{"products": [{"product": "atlas-server", "version": "8.2"}]}');
		expect(make('--with', 'site', '--product', products)).toMatchObject({ status: 0 });
		const program = readdirSync(join(withSite, 'server/program'));
		const texts = program.map((name) =>
			readFileSync(join(withSite, 'server/program', name), 'utf8')
		);
		// Comments of the bundle name each file that went in.
		const hubs = texts.filter((text) =>
			/^\/\/ .*(?:pglite|server\/ledger\/|server\/hub\/)/m.test(text)
		);
		expect(hubs).toHaveLength(0);
		const size = texts.reduce((sum, text) => sum + text.length, 0);
		expect(size).toBeLessThan(4_000_000);
		// Whatever stands in braces is filled in, each time that it is said.
		expect(readFileSync(join(withSite, 'README.txt'), 'utf8')).not.toMatch(/\{\w+\}/);

		const inside = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
		if (spawnSync('unshare', [...inside, 'true']).status !== 0)
			context.skip('this system gives ordinary users no network namespaces');
		const folder = join(home, 'stick');
		cpSync(withSite, folder, { recursive: true });
		const script = join(home, 'ask.mjs');
		writeFileSync(script, ASK);
		const node = join(folder, `node/${process.platform}-${process.arch}/node`);
		const env = { PATH: process.env.PATH, HOME: home };
		const args = [...inside, node, script, join(folder, 'keyferry'), join(home, 'site')];
		const ran = spawnSync('unshare', args, { encoding: 'utf8', env });
		expect(ran.stderr).toBe('');
		const said = JSON.parse(ran.stdout) as Record<string, unknown>;
		expect(said).toEqual({
			live: { live: true },
			ready: 503,
			site: expect.objectContaining({ products: [] }),
			page: expect.stringContaining('<html'),
			script: 200,
			hub: expect.stringContaining('This kit has no hub'),
			findings: expect.objectContaining({ roots: 'ok', port: 'ok', license: 'note' }),
			ended: 0
		});
	});
});

/** Starts the server, asks it what a client, a browser and an admin ask, and ends it. */
const ASK = `
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
const [program, data] = process.argv.slice(2);
const run = (...args) =>
	new Promise((done) => execFile(program, args, (_, out, err) => done({ out, err })));
const server = spawn(program, ['serve', '--role', 'site', '--data', data, '--port', '0', '--json']);
server.stderr.pipe(process.stderr);
const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
const url = new URL(JSON.parse(line).setup).origin;
const get = (path) => fetch(url + path);
const page = await (await get('/site')).text();
const script = /\\.?\\/?(_app\\/immutable\\/[^"']+\\.js)/.exec(page)[1];
const { findings } = JSON.parse((await run('doctor', '--data', data, '--json')).out);
const said = {
	live: await (await get('/health/live')).json(),
	ready: (await get('/health/ready')).status,
	site: await (await get('/v1/site')).json(),
	page: page.slice(0, 200),
	script: (await get('/' + script)).status,
	hub: (await run('serve', '--role', 'hub', '--data', data)).err,
	findings: Object.fromEntries(findings.map(({ name, state }) => [name, state]))
};
server.kill('SIGTERM');
const [ended] = await once(server, 'exit');
console.log(JSON.stringify({ ...said, ended }));
`;

describe('the kit', () => {
	test('its checksums are those of its files, as sha256sum reads them', (context) => {
		if (spawnSync('sha256sum', ['--version']).error) context.skip('there is no sha256sum here');
		const check = spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: kit, encoding: 'utf8' });
		expect(check.status).toBe(0);
		const files = check.stdout.trim().split('\n');
		const own = ['keyferry', 'keyferry.cmd', 'keyferry.mjs', 'desk.html', 'roots.json'];
		const papers = ['README.txt', 'LICENSE', 'THIRD-PARTY.txt', 'node/LICENSE'];
		const node = `node/${process.platform}-${process.arch}/node`;
		expect(files.sort()).toEqual([...own, ...papers, node].map((file) => `${file}: OK`).sort());
	});

	test('its desk is one file: it asks for no other, and has the root keys inside', () => {
		const desk = readFileSync(join(kit, 'desk.html'), 'utf8');
		const { keys } = JSON.parse(readFileSync(join(kit, 'roots.json'), 'utf8')) as {
			keys: { x: string }[];
		};
		const inside = /<script type="application\/json" id="keyferry-roots">(.*?)<\/script>/.exec(
			desk
		);
		expect(JSON.parse(inside?.[1] ?? '')).toEqual({ keys });
		const markup = desk.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
		expect(markup).not.toMatch(/\b(?:src|href)=["'](?!#|data:)/);
	});

	test('it holds no database and cannot be made into a hub', () => {
		expect(statSync(join(kit, 'keyferry.mjs')).size).toBeLessThan(1_000_000);
		const help = spawnSync(join(kit, 'keyferry'), ['--help'], { encoding: 'utf8' });
		expect(help.stdout).toContain('fingerprint');
		expect(help.stdout).not.toMatch(/\bserve\b|\binit\b/);
	});

	test('it runs copied elsewhere, by an ordinary user, with no network at all', async (context) => {
		const reason = noGap();
		if (reason) context.skip(reason);
		const folder = folderInGap('stick');
		cpSync(kit, folder, { recursive: true });
		const run = (...args: string[]) => inGap(join(folder, 'keyferry'), args, { cwd: folder });

		const fingerprint = await run('fingerprint', '--json');
		expect(fingerprint).toMatchObject({ code: 0, stderr: '' });
		expect(JSON.parse(fingerprint.stdout)).toHaveProperty('fp');
		const trust = readFileSync(join(home, 'data/trust.jwt'), 'utf8');
		writeFileSync(join(folder, 'vendor.kftrust'), trust);
		expect(await run('inspect', 'vendor.kftrust')).toMatchObject({ code: 0, stderr: '' });
		rmSync(resolve(folder, '..'), { recursive: true, force: true });
	});
});
