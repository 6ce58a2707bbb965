import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderInGap, inGap, noGap } from './fixtures/gap.ts';

const root = resolve(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'keyferry-kit-'));
const kit = join(home, 'kit');

beforeAll(() => {
	const init = ['--data', join(home, 'data'), '--root-out', join(home, 'root.json')];
	execFileSync(process.execPath, [join(root, 'server/cli/keyferry.js'), 'init', ...init]);
	const args = ['scripts/kit.ts', '--data', join(home, 'data'), '--out', kit];
	execFileSync(process.execPath, args, { cwd: root });
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

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
