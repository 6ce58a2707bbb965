/**
 * Twelve sites, renewed at once: a stick for each, made and loaded by real commands. Time and size are printed.
 */
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Machine } from '#lib/domain/machines/machine.ts';
import { STICK_INDEX } from '#lib/formats/stick-index.ts';
import { readZip, writeZip, type ReadEntry } from '#lib/formats/zip.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { judgeSigned, readActivation } from '#lib/sdk/verify.ts';
import { readBytes } from '#lib/sdk/node/files.ts';
import { machine } from '#lib/sdk/node/machine.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import { callHub } from '#server/cli/base/hub-client.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { askFor, claimsOf, commandOf, makeMachine } from '../fixtures/hub.ts';
import type { Demo } from '../fixtures/running-hub.ts';
import { Field, recording, type FieldMachine, type RunOptions } from './field-machine.ts';
import { said } from './license-office.ts';

const SITES = 12;
const MACHINES = 250;
const CUSTOMER = 'Example Sites GmbH';
const UNTIL = '2099-12-31';
/** A machine that does ten other things works on thousands for minutes. */
const PATIENCE_MS = 900_000;

const field = new Field();
const office = field.machine('stick-office');
const sticks = join(field.folder, 'sticks');
const seconds: [string, number][] = [];

let hub: Running;
let asStaff: RunOptions;
let roots: string;

const siteName = (site: number) => `Hall ${'ABCDEFGHIJKL'[site]!}`;
const machineName = (site: number, n: number) => `press-${'abcdefghijkl'[site]!}-${n}`;

/** Rows of `keyferry load --json`. */
type Row = {
	source: string;
	outcome: string;
	site?: string;
	files?: number;
	missing?: string[];
	activation?: { label?: string; generation: number };
};

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
	const from = performance.now();
	const done = await work();
	seconds.push([what, (performance.now() - from) / 1000]);
	return done;
}

function must<T>(value: T | Refusal): T {
	if (isRefusal(value)) throw new Error(value.refused);
	return value;
}

beforeAll(async () => {
	const data = join(field.folder, 'data');
	await copyEmptyDatabase(data);
	const limits = { perAddress: 1_000_000, perNumber: 1_000_000 };
	hub = await serve({ data, port: 0, demo: true, limits });
	const { token, hub: url } = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
	asStaff = { env: { KEYFERRY_HUB: url, KEYFERRY_TOKEN: token } };
	roots = join(field.folder, 'roots.json');
	const answer = await fetch(`${url}/.well-known/keyferry-roots.json`);
	writeFileSync(roots, await answer.text());

	const order = ['--product', 'atlas-server', '--versions', '8-9', '--expires', '2098-12-31'];
	said(await office.keyferry(['customer', 'add', CUSTOMER, '--json'], asStaff));
	const license = said<{ number: string }>(
		await office.keyferry(
			['license', 'issue', ...order, '--customer', CUSTOMER, '--seats', '3000', '--json'],
			asStaff
		)
	);
	await timed('3,000 machines activated', async () => {
		for (let site = 0; site < SITES; site++) {
			const outbox = uuidv7();
			const commands = [];
			for (let n = 0; n < MACHINES; n++) {
				const name = machineName(site, n);
				const { fp } = await machine(recordedProbe(recording(name)));
				const asked = { fp, site: siteName(site) };
				commands.push(
					commandOf(outbox, n + 1, await askFor(license, await makeMachine(name), asked))
				);
			}
			const input = { outbox, commands };
			type Reply = { results: { refusal?: Refusal }[] };
			const pushed = must(await callHub<Reply>({ url, token }, { procedure: 'sync.push', input }));
			expect(pushed.results.filter(({ refusal }) => refusal)).toEqual([]);
		}
	});
	await timed('renewed', async () =>
		said(
			await office.keyferry(
				['license', 'renew', license.number, '--expires', UNTIL, '--out', 'renewed', '--json'],
				asStaff
			)
		)
	);
}, PATIENCE_MS);

afterAll(async () => {
	await hub.close();
	field.clear();
});

const load = (which: FieldMachine, from: string) =>
	which.keyferry(['load', from, '--roots', roots, '--json']);

test(
	'[SK1, SK2] 3,000 machines in 12 sites are renewed: twelve sticks, loaded by real commands, and none mixed up',
	async () => {
		const made = await timed('twelve sticks saved', async () =>
			said<{ site: string; machines: number; files: number; bytes: number; path: string }[]>(
				await office.keyferry(['stick', '--customer', CUSTOMER, '--out', sticks, '--json'], asStaff)
			)
		);
		expect(made.map(({ site, machines, files }) => ({ site, machines, files }))).toEqual(
			Array.from({ length: SITES }, (_, site) => ({
				site: siteName(site),
				machines: MACHINES,
				files: MACHINES
			}))
		);

		await timed('each of 3,000 files judged by each of the 250 machines of its site', async () => {
			const keys = JSON.parse(readFileSync(roots, 'utf8')) as { keys: PublicJwk[] };
			const trusted = keys.keys.map(({ kty, crv, x }) => ({ kty, crv, x }));
			for (const [site, { path }] of made.entries()) {
				const here: Machine[] = [];
				for (let n = 0; n < MACHINES; n++)
					here.push(await machine(recordedProbe(recording(machineName(site, n)))));
				const taken = new Map<string, string[]>();
				for (const { text } of await readBytes('stick', readFileSync(path))) {
					if (text === undefined) continue;
					const state = emptyTrustState;
					const signed = must(await readActivation(text, { roots: trusted, state }));
					const { label = '' } = signed.activation;
					for (const [n, each] of here.entries()) {
						const asked = { machine: each, now: Math.floor(Date.now() / 1000), state };
						if (await judgeSigned(signed, asked)) continue;
						const name = machineName(site, n);
						taken.set(name, [...(taken.get(name) ?? []), `${label} ${signed.activation.gen}`]);
					}
				}
				const own = here.map((_, n) => machineName(site, n));
				expect([...taken].sort()).toEqual(own.map((name) => [name, [`${name} 2`]]).sort());
			}
		});

		await timed('twelve loaded by the command', async () => {
			for (const [site, { path }] of made.entries()) {
				const name = machineName(site, site * 20);
				const rows = said<Row[]>(await load(field.machine(name), path));
				expect(rows[0]).toMatchObject({ outcome: 'stick', site: siteName(site), files: MACHINES });
				expect(rows[0]!.missing).toEqual([]);
				expect(rows.filter(({ outcome }) => outcome === 'loaded')).toMatchObject([
					{ activation: { label: name, generation: 2 } }
				]);
				expect(rows.filter(({ outcome }) => outcome === 'elsewhere').length).toBe(MACHINES - 1);
				expect(rows.length).toBe(1 + MACHINES);
			}
		});

		const stranger = await load(field.machine('press-of-another-site'), made[0]!.path);
		expect(stranger.code, 'nothing for this machine').toBe(3);
		expect((JSON.parse(stranger.stdout) as Row[]).map(({ outcome }) => outcome)).not.toContain(
			'loaded'
		);

		const size = made.reduce((sum, { bytes }) => sum + bytes, 0);
		const took = seconds.map(([what, of]) => `${what}: ${of.toFixed(1)} s`).join('; ');
		const each = (size / SITES / 1024).toFixed(0);
		process.stdout.write(
			`sticks: ${took}; ${each} KiB each, ${statSync(made[0]!.path).size} bytes\n`
		);
	},
	PATIENCE_MS
);

test('[SK2, FI3] a stick that was copied in part says what is missing; hostile archives beside it cost nothing', async () => {
	const site = 3;
	const [zip] = said<{ path: string }[]>(
		await office.keyferry(
			['stick', siteName(site).toLowerCase(), '--customer', CUSTOMER, '--out', 'one', '--json'],
			asStaff
		)
	);
	const entries = must<ReadEntry[]>(readZip(readFileSync(office.path(zip!.path)), 1_000_000));
	const copied = join(field.folder, 'copied');
	mkdirSync(copied);
	const own = machineName(site, 5);
	const whole = entries.flatMap((entry) => ('bytes' in entry ? [entry] : []));
	const labelOf = ({ bytes }: { bytes: Uint8Array }) =>
		claimsOf<'activation'>(new TextDecoder().decode(bytes)).label;
	const files = whole.filter(({ name }) => name !== STICK_INDEX);
	const kept = files.filter((entry) => labelOf(entry) === own || entry === files[0]);
	for (const { name, bytes } of [...whole.filter(({ name }) => name === STICK_INDEX), ...kept])
		writeFileSync(join(copied, name), bytes);

	const bomb = writeZip([{ name: 'bomb.kfact', bytes: new Uint8Array(24 * 1024 * 1024) }]);
	writeFileSync(join(copied, 'bomb.zip'), bomb);
	writeFileSync(join(copied, 'cut.zip'), readFileSync(office.path(zip!.path)).subarray(0, 9_000));
	const names = Array.from({ length: 1001 }, (_, n) => ({
		name: `${n}`,
		bytes: new Uint8Array(1)
	}));
	writeFileSync(join(copied, 'many.zip'), writeZip(names));
	// The index is nobody's word: what it says of a file changes nothing.
	appendFileSync(join(copied, STICK_INDEX), `\r\n../../etc/passwd | x | ${own} | x | x\r\n`);

	const which = field.machine(own);
	const ran = await load(which, copied);
	const rows = JSON.parse(ran.stdout) as (Row & { refused?: string })[];
	expect(rows.find(({ outcome }) => outcome === 'stick')).toMatchObject({ files: MACHINES + 1 });
	expect(rows.find(({ outcome }) => outcome === 'stick')!.missing!.length).toBe(
		MACHINES + 1 - kept.length
	);
	expect(rows.filter(({ outcome }) => outcome === 'loaded')).toMatchObject([
		{ activation: { label: own, generation: 2 } }
	]);
	const refused = rows.filter(({ outcome }) => outcome === 'refused');
	expect(refused.map(({ source, refused: code }) => [source, code])).toEqual([
		['bomb.zip › bomb.kfact', 'FILE_TOO_LARGE'],
		['cut.zip', 'FILE_MALFORMED'],
		['many.zip', 'TOO_MANY_FILES']
	]);
	rmSync(join(copied, 'bomb.zip'));
	rmSync(join(copied, 'cut.zip'));
	rmSync(join(copied, 'many.zip'));
	const told = await which.keyferry(['load', copied, '--roots', roots]);
	expect(told.code).toBe(0);
	expect(told.stdout).toContain(`Stick for ${CUSTOMER}, ${siteName(site)}, of `);
	expect(told.stdout).toContain('is loaded already');
	expect(told.stderr).toContain('Next: copy the stick again, whole.');
});
