/** The command line by itself: exit codes, JSON, standard input, secrets, roots; no hub is needed. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { writeFile } from '#lib/formats/file.ts';
import { signToken } from '#lib/signing/jws.ts';
import { machine as machineOf } from '#lib/sdk/node/machine.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import { activationClaims, makeHub, NOW, terms } from '../fixtures/chain.ts';
import { Field, recording, type FieldMachine } from './field-machine.ts';

const field = new Field();
let hub: Awaited<ReturnType<typeof makeHub>>;
let machine: FieldMachine;
const SECRET = `${'s'.repeat(21)}g`;

beforeAll(async () => {
	hub = await makeHub();
	machine = field.machine('bench');
	writeFileSync(machine.path('roots.json'), JSON.stringify({ keys: [hub.root.jwk] }));
	const license = {
		v: 1,
		jti: uuidv7(),
		iat: NOW,
		iss: 'Example',
		...terms,
		seats: 2,
		sec: SECRET
	};
	const key = await signToken('license', license, hub.hub.signer);
	writeFileSync(machine.path('key.kflic'), writeFile([hub.hubKey, key], ['A license key']));
	const { fp } = await machineOf(recordedProbe(recording('bench')));
	const granted = activationClaims({ fp, exp: NOW + 86_400 * 365 });
	const token = await signToken('activation', granted, hub.hub.signer);
	writeFileSync(machine.path('own.kfact'), writeFile([hub.hubKey, token], []));
	const other = await signToken('activation', activationClaims(), hub.hub.signer);
	writeFileSync(machine.path('other.kfact'), writeFile([hub.hubKey, other], []));
});
afterAll(() => field.clear());

const run = (...args: string[]) => machine.keyferry(args);
const asking = ['--key', 'key.kflic', '--name', 'Ada', '--label', 'bench'];

describe('exit codes', () => {
	test.for<[number, string[], string]>([
		[0, ['--version'], ''],
		[0, ['load', '--help'], ''],
		[2, [], ''],
		[2, ['activate'], 'Unknown command'],
		[2, ['request'], '--key'],
		[2, ['request', ...asking, '--labell', 'x'], '--labell'],
		[2, ['submit', 'key.kflic'], '--hub'],
		[3, ['verify', 'own.kfact', '--at', 'noon'], 'DATE_INVALID'],
		[1, ['load', 'missing.kfact'], 'There is no missing.kfact.'],
		[3, ['request', '--key', 'KF-0000-0000-0001', '--name', 'A'], 'LICENSE_NUMBER_INVALID'],
		[2, ['request', ...asking, '--repair', '--fingerprint', 'rig'], '--repair'],
		[2, ['request', ...asking, '--given', 'rig', '--fingerprint', 'KFFP1.x.y'], '--given'],
		[3, ['request', ...asking, '--fingerprint', 'rack-07'], 'FINGERPRINT_MALFORMED'],
		[3, ['verify', 'own.kfact', '--fingerprint', 'rack-07'], 'FINGERPRINT_MALFORMED'],
		[3, ['verify', 'own.kfact', '--fingerprint', '-rack_07'], 'FINGERPRINT_MALFORMED'],
		[2, ['verify', '-_'], 'There is no option -_ here.'],
		[3, ['request', '--key', 'key.kflic', '--name', ' \u200b\u3164'], 'NAME_BLANK'],
		[0, ['request', ...asking, '--site', 'hall\n\u001b7', '--out', '-'], ''],
		[2, ['request', ...asking, '--site', 'x'.repeat(201)], '--site takes at most 200 characters'],
		[1, ['request', ...asking, '--out', 'missing/a.kfreq'], 'There is no folder missing.'],
		[3, ['return'], 'ACTIVATION_UNKNOWN'],
		[3, ['verify', 'key.kflic'], 'ROOTS_MISSING']
	])('%i for %j', async ([code, args, said]) => {
		const ran = await run(...args);
		expect(ran.code, ran.stderr).toBe(code);
		expect(ran.stderr).toContain(said);
		expect(ran.stderr).not.toMatch(/\n\s+at /);
	});

	test('the version is that of the package', async () => {
		const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
		const { version } = JSON.parse(manifest) as { version: string };
		expect((await run('--version')).stdout.trim()).toBe(version);
	});

	test('a refusal under --json has code, facts and words', async () => {
		const { stdout } = await run('request', '--key', 'KF-1', '--name', 'A', '--json');
		expect(JSON.parse(stdout)).toEqual({
			refused: 'LICENSE_NUMBER_INVALID',
			facts: { number: 'KF-1' },
			title: expect.any(String) as string,
			next: expect.any(String) as string
		});
	});
});

describe('the start', () => {
	const script = resolve(import.meta.dirname, '../../server/cli/keyferry.js');

	test('says in a sentence when the packages are not installed', () => {
		const alone = join(field.folder, 'server/cli');
		mkdirSync(alone, { recursive: true });
		copyFileSync(script, join(alone, 'keyferry.mjs'));
		const ran = spawnSync(process.execPath, [join(alone, 'keyferry.mjs')], { encoding: 'utf8' });
		expect(ran.status).toBe(1);
		expect(ran.stderr).toMatch(/^keyferry: Its packages are not installed yet\..*npm ci.*\n$/);
	});

	test('under a Node that is too old goes on with the pinned one', (context) => {
		const [old] = (process.env.PATH ?? '')
			.split(delimiter)
			.filter((folder) => !folder.includes('node_modules'))
			.map((folder) => join(folder, 'node'))
			.filter((node) =>
				/^v(1\d|20|21)\./.test(spawnSync(node, ['-v'], { encoding: 'utf8' }).stdout)
			);
		if (old === undefined) return context.skip('there is no old Node here');
		const ran = spawnSync(old, [script, 'verify', '--json'], { encoding: 'utf8' });
		expect(ran.status).toBe(2);
		expect(ran.stderr).toContain('FILE');
	});
});

describe('request and inspect', () => {
	test('a request goes out on standard output and is read on standard input', async () => {
		const made = await run('request', ...asking, '--site', 'Hall 3', '--out', '-');
		expect(made.stdout).toContain('-----BEGIN KEYFERRY REQUEST-----');
		const shown = await machine.keyferry(['inspect', '-', '--json'], { stdin: made.stdout });
		expect(JSON.parse(shown.stdout)).toMatchObject([
			{
				verified: true,
				tokens: [{ type: 'activation-request', claims: { label: 'bench', site: 'Hall 3' } }]
			}
		]);
	});

	test('no secret is shown: not that of a key, not the proof of a request', async () => {
		const { stdout: file } = await run('request', ...asking, '--out', '-');
		const request = await machine.keyferry(['inspect', '-'], { stdin: file });
		expect(request.stdout).toMatch(/proof +\(not shown\)/);
		for (const args of [[], ['--json'], ['--roots', 'roots.json']]) {
			const key = await run('inspect', 'key.kflic', ...args);
			expect(key.code).toBe(0);
			expect(key.stdout).toContain('(not shown)');
			expect(key.stdout).not.toContain(SECRET);
		}
		const verified = await run('verify', 'key.kflic', '--roots', 'roots.json', '--json');
		expect(verified.stdout).not.toContain(SECRET);
	});

	test('[FI4] the hint names the answer as it will lie there, from a hub and from a desk', async () => {
		const named = await run('request', ...asking, '--out', 'named.kfreq');
		expect(named.stdout).toContain('keyferry load named.kfact');
		expect(named.stdout).toMatch(/\(A desk names it bench_C4X7_[0-9a-f]{6}\.kfact\.\)/);
		const usual = await run('request', ...asking);
		const [file = ''] = usual.stdout.split('\n');
		expect(usual.stdout).toContain(`keyferry load ${file.replace('.kfreq', '.kfact')}`);
		expect(usual.stdout).not.toContain('A desk names it');
	});

	test('[FI4] a file that is there is never written over', async () => {
		writeFileSync(machine.path('mine.kfreq'), 'precious');
		const { stdout } = await run('request', ...asking, '--out', 'mine.kfreq', '--json');
		expect(readFileSync(machine.path('mine.kfreq'), 'utf8')).toBe('precious');
		expect(JSON.parse(stdout)).toMatchObject({ path: 'mine-2.kfreq' });
	});

	test('[MA3] a request for another machine by its code says that it is held here', async () => {
		const elsewhere = field.machine('elsewhere');
		const code = JSON.parse((await elsewhere.keyferry(['fingerprint', '--json'])).stdout) as {
			code: string;
			fp: object;
		};
		const { stdout } = await run('request', ...asking, '--fingerprint', code.code, '--out', '-');
		const shown = await machine.keyferry(['inspect', '-', '--json'], { stdin: stdout });
		expect(JSON.parse(shown.stdout)).toMatchObject([
			{ tokens: [{ claims: { held: 'desk', fp: code.fp } }] }
		]);
	});

	test('[MA3] the machine key is for its owner only', async () => {
		await run('request', ...asking);
		expect(statSync(`${machine.state}/machine-key.json`).mode & 0o777).toBe(0o600);
	});
});

describe('verify', () => {
	const roots = ['--roots', 'roots.json'];
	const at = ['--at', new Date(NOW * 1000).toISOString()];

	test.for<[string[], string | undefined]>([
		[['own.kfact', '--this-machine', ...at], undefined],
		[['own.kfact', ...at, '--product', 'atlas-server', '--version', '9.1'], undefined],
		[['other.kfact', '--this-machine', ...at], 'FINGERPRINT_MISMATCH'],
		[['own.kfact', ...at, '--product', 'harbor'], 'PRODUCT_MISMATCH'],
		[['own.kfact', ...at, '--version', '7'], 'VERSION_NOT_COVERED'],
		[['own.kfact', '--at', '2099-01-01T00:00:00Z'], 'ACTIVATION_EXPIRED'],
		[['key.kflic'], undefined]
	])('%j', async ([args, refused]) => {
		const ran = await run('verify', ...args, ...roots, '--json');
		expect(ran.code, ran.stderr).toBe(refused ? 3 : 0);
		expect(JSON.parse(ran.stdout)).toMatchObject(refused ? { refused } : { verified: true });
	});

	test('[FI8] a file of other roots is refused, whatever it brings along', async () => {
		const stranger = await makeHub();
		writeFileSync(machine.path('strange.json'), JSON.stringify({ keys: [stranger.root.jwk] }));
		const ran = await run('verify', 'own.kfact', '--roots', 'strange.json', ...at, '--json');
		expect(ran.code).toBe(3);
		expect(JSON.parse(ran.stdout)).toMatchObject({ refused: 'KEY_UNKNOWN' });
	});
});

describe('load', () => {
	test('[FI8] roots are named once and pinned with the first file that they vouch for', async () => {
		const at = { NODE_OPTIONS: `--import=${import.meta.dirname}/shift-clock.mjs` };
		const env = { ...at, CLOCK_SHIFT_SECONDS: String(NOW - Math.floor(Date.now() / 1000)) };
		const load = (...args: string[]) => machine.keyferry(['load', ...args, '--json'], { env });
		const without = await load('own.kfact');
		expect(without.code).toBe(3);
		expect(JSON.parse(without.stdout)).toMatchObject({ refused: 'ROOTS_MISSING' });
		const loaded = await load('own.kfact', '--roots', 'roots.json');
		expect(JSON.parse(loaded.stdout)).toMatchObject([{ outcome: 'loaded' }]);
		const again = await load('own.kfact', 'other.kfact');
		expect(JSON.parse(again.stdout)).toMatchObject([
			{ outcome: 'unchanged' },
			{ outcome: 'elsewhere', whose: { label: 'rack-07' }, refused: 'FINGERPRINT_MISMATCH' }
		]);
		const key = await load('key.kflic');
		expect(JSON.parse(key.stdout)).toMatchObject([{ outcome: 'no-answer', type: 'license' }]);
	});
});
