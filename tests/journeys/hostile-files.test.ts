/**
 * Odd and hostile pieces between good ones: each has its line, none stops a neighbor, and nothing that a
 * stranger wrote acts on a terminal. [FI3, FI4]
 */
import {
	chmodSync,
	copyFileSync,
	cpSync,
	mkdirSync,
	symlinkSync,
	truncateSync,
	writeFileSync
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeArmour } from '#lib/formats/write-armour.ts';
import { writeFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { writeZip } from '#lib/formats/zip.ts';
import { machine as machineOf } from '#lib/sdk/node/machine.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import { signToken } from '#lib/signing/jws.ts';
import { activationClaims, makeHub, NOW, terms } from '../fixtures/chain.ts';
import { Field, recording, type FieldMachine } from './field-machine.ts';

const field = new Field();
let hub: Awaited<ReturnType<typeof makeHub>>;
let machine: FieldMachine;
let server: Server;
let address: string;

/** What a terminal acts on: C0, C1, OSC and CSI, marks of direction, line separators. */
const HOSTILE = '\u202Eevil\u2066\u200F\u2028\uFEFF';
const ESCAPES = '\u001B]0;owned\u0007\u009B31m\u001B[2J\rforged\u0008';
const NAME = `a${ESCAPES}${HOSTILE}\nb.kfact: loaded`;

async function activation(changes: Partial<Claims['activation']> = {}): Promise<string> {
	const { fp } = await machineOf(recordedProbe(recording('hostile')));
	const claims = activationClaims({ fp, exp: NOW + 86_400 * 400, ...changes });
	const token = await signToken('activation', claims, hub.hub.signer);
	return writeArmour('activation', [hub.hubKey, token], []);
}

beforeAll(async () => {
	hub = await makeHub();
	machine = field.machine('hostile');
	writeFileSync(machine.path('roots.json'), JSON.stringify({ keys: [hub.root.jwk] }));
	server = createServer((_, response) => {
		const facts = { number: NAME, contact: NAME, seats: NAME };
		response.statusCode = 409;
		response.end(JSON.stringify({ code: 'LICENSE_SUSPENDED', facts, error: { message: NAME } }));
	}).listen(0, '127.0.0.1');
	await new Promise((done) => server.once('listening', done));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
	server.close();
	field.clear();
});

describe('odd pieces between good ones', () => {
	const good = ['a-first.kfact', 'm-middle.kfact', 'z-last.kfact'];
	const odd = [
		...['b-nul.kfact', 'c-half.kfact', 'd-time.kfact', 'e-generation.kfact', 'f-cut.kfact'],
		...['g-empty.kfact', 'h-huge.kfact', 'i-loop.kfact', 'j-nowhere.kfact', 'k-endless.kfact'],
		...['l-secret.kfact', 'n-folder.kfact', 'o-bomb.zip', 'p-binary.kfact']
	];
	const names = [...good, ...odd].sort();
	let stick: string;

	beforeAll(async () => {
		stick = machine.path('stick');
		mkdirSync(stick);
		const at = (name: string) => `${stick}/${name}`;
		for (const name of good) writeFileSync(at(name), await activation());
		const said: [string, Partial<Claims['activation']>][] = [
			['b-nul.kfact', { label: 'rack\0' }],
			['c-half.kfact', { label: 'rack \ud800' }],
			['d-time.kfact', { iat: 8.65e12, nbf: 8.65e12 }],
			['e-generation.kfact', { gen: 2 ** 31 }]
		];
		for (const [name, changes] of said) writeFileSync(at(name), await activation(changes));
		writeFileSync(at('f-cut.kfact'), (await activation()).slice(0, 400));
		writeFileSync(at('g-empty.kfact'), '');
		writeFileSync(at('h-huge.kfact'), '');
		truncateSync(at('h-huge.kfact'), 50 * 1024 * 1024);
		symlinkSync('i-loop.kfact', at('i-loop.kfact'));
		symlinkSync('nothing-there', at('j-nowhere.kfact'));
		symlinkSync('/dev/zero', at('k-endless.kfact'));
		writeFileSync(at('l-secret.kfact'), await activation());
		mkdirSync(at('n-folder.kfact'));
		writeFileSync(at('n-folder.kfact/inside.kfact'), await activation());
		const bomb = writeZip([{ name: 'bomb.kfact', bytes: new Uint8Array(31_000_000) }]);
		writeFileSync(at('o-bomb.zip'), bomb);
		writeFileSync(at('p-binary.kfact'), Buffer.from([0x89, 0x50, 0, 0xff, 0x1b, 0x5b]));
		chmodSync(at('l-secret.kfact'), 0);
		chmodSync(at('n-folder.kfact'), 0);
		chmodSync(machine.folder, 0o777);
	});
	afterAll(() => chmodSync(`${stick}/n-folder.kfact`, 0o755));

	/** Root reads everything: these rights bind somebody else. */
	const nobody = ['setpriv', '--reuid', '54321', '--regid', '54321', '--clear-groups'];
	type Row = { source: string; outcome?: string; verified?: boolean; refused?: string };
	const run = async (...args: string[]) => {
		const ran = await machine.keyferry([...args, '--json'], { as: nobody });
		expect(ran.stderr).not.toMatch(/\n\s+at |TypeError|RangeError/);
		return { ...ran, rows: JSON.parse(ran.stdout) as Row[] };
	};
	const sourcesOf = (rows: readonly Row[]) => [...new Set(rows.map(({ source }) => source))].sort();
	const expected = names.map((name) => (name === 'o-bomb.zip' ? 'o-bomb.zip › bomb.kfact' : name));

	test('load DIR', async () => {
		const { code, rows } = await run('load', 'stick', '--roots', 'roots.json');
		expect(code).toBe(3);
		expect(sourcesOf(rows)).toEqual(expected);
		const loaded = rows.filter(({ outcome }) => outcome === 'loaded' || outcome === 'unchanged');
		expect(sourcesOf(loaded)).toEqual(good);
	});

	test('inspect DIR, and what no calendar has', async () => {
		const { rows } = await run('inspect', 'stick', '--roots', 'roots.json');
		expect(sourcesOf(rows)).toEqual(expected);
		const shown = rows.filter(({ verified }) => verified).map(({ source }) => source);
		expect(shown).toEqual(good);
		const { stdout } = await machine.keyferry(['inspect', 'stick/d-time.kfact']);
		expect(stdout).toContain('8650000000000');
	});

	test('verify DIR', async () => {
		const at = new Date(NOW * 1000).toISOString();
		const { code, rows } = await run('verify', 'stick', '--roots', 'roots.json', '--at', at);
		expect(code).toBe(3);
		expect(sourcesOf(rows)).toEqual(expected);
		expect(rows.filter(({ verified }) => verified).map(({ source }) => source)).toEqual(good);
	});

	test('submit DIR, and several that are named', async () => {
		mkdirSync(machine.path('asked'));
		cpSync(stick, machine.path('asked'), { recursive: true, verbatimSymlinks: true });
		const asking = ['request', '--key', 'KF-7Q2M-90TK-C4XR', '--name', 'Ada'];
		for (const label of ['one', 'two']) {
			const out = ['--label', label, '--out', `asked/${label}.kfreq`];
			await machine.keyferry([...asking, ...out]);
			for (const name of odd.slice(0, 4))
				copyFileSync(`${stick}/${name}`, machine.path(`asked/${label}-${name}.kfreq`));
		}
		chmodSync(machine.path('asked/l-secret.kfact'), 0);
		const { rows } = await run('submit', 'asked', '--hub', address);
		const refused = rows.filter(({ refused }) => refused === 'LICENSE_SUSPENDED');
		expect(refused.map(({ source }) => source)).toEqual(['one.kfreq', 'two.kfreq']);
		for (const name of ['one-b-nul.kfact.kfreq', 'i-loop.kfact', 'l-secret.kfact', 'h-huge.kfact'])
			expect(sourcesOf(rows)).toContain(name);

		const named = ['asked/one.kfreq', 'missing.kfreq', 'asked/i-loop.kfact', 'asked/two.kfreq'];
		const listed = await run('submit', ...named, '--hub', address);
		expect(listed.rows.map(({ refused }) => refused)).toEqual([
			...['LICENSE_SUSPENDED', 'FILE_MALFORMED', 'FILE_MALFORMED', 'LICENSE_SUSPENDED']
		]);
	});
});

describe('nothing that a stranger wrote acts on a terminal', () => {
	beforeAll(async () => {
		const texts = { label: HOSTILE, title: HOSTILE, org: HOSTILE, name: HOSTILE, contact: HOSTILE };
		const own = await activation({ ...texts, ed: HOSTILE, iss: HOSTILE });
		const other = activationClaims({ ...texts, exp: NOW + 86_400 * 400 });
		const elsewhere = await signToken('activation', other, hub.hub.signer);
		const license = {
			v: 1,
			jti: uuidv7(),
			iat: NOW,
			iss: HOSTILE,
			...terms,
			title: HOSTILE,
			org: HOSTILE,
			contact: HOSTILE,
			seats: 2,
			sec: `${'s'.repeat(21)}g`
		};
		const key = await signToken('license', license, hub.hub.signer);
		const escaped = await activation({ label: ESCAPES, title: ESCAPES });
		const folder = machine.path('hostile');
		mkdirSync(folder);
		writeFileSync(`${folder}/${NAME.replaceAll('/', '')}.kfact`, own);
		writeFileSync(`${folder}/elsewhere${ESCAPES}.kfact`, writeFile([hub.hubKey, elsewhere], []));
		writeFileSync(`${folder}/escaped\n.kfact`, escaped);
		writeFileSync(`${folder}/damaged${ESCAPES}.kfact`, escaped.slice(0, 300));
		writeFileSync(machine.path('key.kflic'), writeFile([hub.hubKey, key], [NAME]));
		const entries = [own, escaped, 'nothing'].map((text, at) => ({
			name: `../${at}${ESCAPES}${HOSTILE}\n.kfact`,
			bytes: new TextEncoder().encode(text)
		}));
		writeFileSync(`${folder}/many${ESCAPES}.zip`, writeZip(entries));
		const asking = ['request', '--key', 'key.kflic', '--name', HOSTILE, '--label', HOSTILE];
		await machine.keyferry([...asking, '--out', `hostile/asked${ESCAPES}.kfreq`]);
	});

	const roots = ['--roots', 'roots.json'];
	const asStaff = () => ['--hub', address, '--token', 't'];
	test.for<[string, () => string[]]>([
		['claims, file names and entries that are loaded', () => ['load', 'hostile', ...roots]],
		['what is held', () => ['status', ...roots]],
		['what is inspected', () => ['inspect', 'hostile', ...roots]],
		['what is inspected unverified', () => ['inspect', 'hostile']],
		['what is verified', () => ['verify', 'hostile', ...roots]],
		['what is asked for', () => ['request', '--key', 'key.kflic', '--name', HOSTILE]],
		[
			'what is asked for, printed',
			() => [...['request', '--key', 'key.kflic'], ...['--name', HOSTILE, '--out', '-']]
		],
		['what a key is refused for', () => ['request', '--key', NAME, '--name', 'A']],
		[
			'where a file is written',
			() => [
				'request',
				'--key',
				'key.kflic',
				'--name',
				'A',
				'--out',
				`new${NAME.replaceAll('/', '')}`
			]
		],
		['what is given back', () => ['return']],
		['what is not there to give back', () => ['return', NAME]],
		['what a hub answers to a courier', () => ['submit', 'hostile', ...['--hub', address]]],
		['what a hub answers to an office', () => ['license', 'list', ...asStaff()]],
		['what a hub says to a machine list', () => ['machine', 'list', NAME, ...asStaff()]],
		['files that are missing', () => ['load', NAME, ...roots]],
		['several that are missing', () => ['load', NAME, `${NAME}2`, ...roots]],
		['roots that are none', () => ['status', '--roots', `hostile/damaged${ESCAPES}.kfact`]],
		['a command that is none', () => [NAME]],
		['an option that is none', () => ['load', `--${NAME}`, 'x']],
		['an address that is none', () => ['submit', 'x', '--hub', NAME]]
	])('%s', async ([, args]) => {
		for (const more of [[], ['--json']]) {
			const { stdout, stderr, code } = await machine.keyferry([...args(), ...more]);
			expect(code).not.toBeNull();
			const said = stdout + stderr;
			expect(said).not.toBe('');
			expect(said).not.toMatch(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
			expect(said).not.toMatch(/^(b\.kfact: loaded|forged)/m);
			expect(said).not.toMatch(/TypeError|RangeError|\n\s+at /);
		}
	});
});
