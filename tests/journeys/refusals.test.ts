/**
 * Every "no" of the hub and of a machine has its own code, text and next step, and the command line
 * and the licensed app say the same of it.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { judgeKey, type EnteredKey } from '#lib/sdk/judge-key.ts';
import { makeRequest } from '#lib/sdk/node/request.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import { openState } from '#lib/sdk/node/state.ts';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { Field, recording, type FieldMachine, type Ran } from './field-machine.ts';

const field = new Field();
const roots = join(field.folder, 'roots.json');
let hub: RunningHub;
let asStaff: { env: Record<string, string> };
let office: FieldMachine;

beforeAll(async () => {
	hub = await startHub();
	copyFileSync(hub.roots, roots);
	asStaff = { env: { KEYFERRY_HUB: hub.address, KEYFERRY_TOKEN: hub.demo.token } };
	office = field.machine('office');
});
afterAll(async () => {
	await hub.stop();
	field.clear();
});

type Issued = { number: string; key: string };

async function issue(...options: string[]): Promise<Issued> {
	const product = ['--product', 'atlas-server', '--customer', 'Example GmbH'];
	const versions = options.includes('--versions') ? [] : ['--versions', '8-9'];
	const args = ['license', 'issue', ...product, ...versions, '--entitlements', 'dataflow'];
	const issued = await office.keyferry([...args, ...options, '--json'], asStaff);
	expect(issued, issued.stderr).toMatchObject({ code: 0 });
	return JSON.parse(issued.stdout) as Issued;
}

const asking = ['--name', 'Site Admin', '--organization', 'Example GmbH'];

async function requestFor(machine: FieldMachine, key: string, env = {}): Promise<string> {
	writeFileSync(machine.path('key.txt'), key);
	const made = await machine.keyferry(
		['request', '--key', 'key.txt', ...asking, '--label', 'rack 1', '--json'],
		{ env }
	);
	expect(made, made.stderr).toMatchObject({ code: 0 });
	return (JSON.parse(made.stdout) as { path: string }).path;
}

/** The refusal as the hub told it; the words are checked against the one table. */
function refusalOf(submitted: Ran): Refusal {
	expect(submitted.code, submitted.stderr).toBe(3);
	const [row] = JSON.parse(submitted.stdout) as (Refusal & { title: string; next: string })[];
	if (!row) throw new Error('nothing was submitted');
	const refusal = { refused: row.refused, facts: row.facts } as Refusal;
	expect({ title: row.title, next: row.next }).toEqual(explain(refusal));
	return refusal;
}

/** The answer that was carried back, in the app and on the command line. */
async function saidInside(machine: FieldMachine, refusal: Refusal): Promise<void> {
	const [answer = ''] = machine.files('.kfref');
	const { title, next } = explain(refusal);
	const app = await machine.app(['l', answer, '1', 'q'], { roots });
	const cli = await machine.keyferry(['load', answer, '--roots', roots]);
	for (const { stdout } of [app, cli])
		for (const said of [refusal.refused, title, next]) expect(stdout).toContain(said);
	expect(app.stdout).toContain('(ENTITLEMENT_MISSING)');
	expect(cli.code).toBe(3);
}

describe('the hub says no', () => {
	test('a suspended license, until it is resumed', async () => {
		const { number, key } = await issue();
		const machine = field.machine('suspended');
		const path = await requestFor(machine, key);
		expect(await office.keyferry(['license', 'suspend', number], asStaff)).toMatchObject({
			code: 0
		});
		const refusal = refusalOf(await machine.keyferry(['submit', path, '--json'], asStaff));
		expect(refusal).toMatchObject({ refused: 'LICENSE_SUSPENDED', facts: { number } });
		await saidInside(machine, refusal);
		expect(await office.keyferry(['license', 'resume', number], asStaff)).toMatchObject({
			code: 0
		});
		expect(await machine.keyferry(['submit', path], asStaff)).toMatchObject({ code: 0 });
	});

	test('an expired license', async () => {
		const { number, key } = await issue('--expires', '2020-12-31', '--yes');
		const machine = field.machine('expired');
		const path = await requestFor(machine, key);
		const refusal = refusalOf(await machine.keyferry(['submit', path, '--json'], asStaff));
		const facts = { number, expiredAt: Date.parse('2020-12-31T23:59:59Z') / 1000 };
		expect(refusal).toMatchObject({ refused: 'LICENSE_EXPIRED', facts });
		await saidInside(machine, refusal);
	});

	test('[S8] a virtual machine where the license refuses it, at the hub and before the journey', async () => {
		const { number, key } = await issue('--no-virtual-machines');
		const machine = field.machine('virtual', recording('virtual', { vm: true }));
		// By number alone the machine cannot know; the hub does.
		const path = await requestFor(machine, number);
		const refusal = refusalOf(await machine.keyferry(['submit', path, '--json'], asStaff));
		expect(refusal).toMatchObject({ refused: 'VIRTUAL_MACHINE_REFUSED', facts: { number } });
		await saidInside(machine, refusal);
		writeFileSync(machine.path('key.kflic'), key);
		const early = await machine.keyferry(['request', '--key', 'key.kflic', ...asking, '--json']);
		expect(early.code).toBe(3);
		expect(JSON.parse(early.stdout)).toMatchObject({ refused: 'VIRTUAL_MACHINE_REFUSED' });
	});

	test('[RE2] an unknown number, and a known one for somebody who may not know it', async () => {
		const unknown = 'KF-0000-0000-0000';
		const { number } = await issue();
		for (const asked of [unknown, number]) {
			const machine = field.machine(`unknown-${asked}`);
			const path = await requestFor(machine, asked);
			const refusal = refusalOf(
				await machine.keyferry(['submit', path, '--hub', hub.address, '--json'])
			);
			expect(refusal).toEqual({ refused: 'LICENSE_NOT_FOUND', facts: { number: asked } });
		}
	});

	test('an API key that is wrong asks to sign in', async () => {
		const env = { ...asStaff.env, KEYFERRY_TOKEN: 'kft_wrong' };
		const listed = await office.keyferry(['license', 'list', '--json'], { env });
		expect(listed.code).toBe(3);
		expect(JSON.parse(listed.stdout)).toMatchObject({ refused: 'SIGN_IN_REQUIRED' });
	});

	test('a hub that is not there is a fault that a script may repeat', async () => {
		const machine = field.machine('alone');
		const { key } = await issue();
		const path = await requestFor(machine, key);
		const ran = await machine.keyferry(['submit', path, '--hub', 'http://127.0.0.1:9', '--json']);
		expect(ran.code).toBe(1);
		expect(JSON.parse(ran.stdout)).toMatchObject([
			{ outcome: 'not submitted', refused: 'HUB_UNREACHABLE' }
		]);
	});
});

describe('the product key field', () => {
	const unlock = (machine: FieldMachine, key: string) =>
		machine.app(['u', 'Ada Admin', 'Example GmbH', ...key.trimEnd().split('\n'), 'q'], { roots });

	test('a wrong check symbol', async () => {
		const machine = field.machine('misspelt');
		const wrong = 'KF-0000-0000-0001';
		const cli = await machine.keyferry(['request', '--key', wrong, ...asking]);
		const app = await unlock(machine, wrong);
		expect(cli.code).toBe(3);
		const said = explain({ refused: 'LICENSE_NUMBER_INVALID', facts: { number: wrong } });
		for (const text of [cli.stderr, app.stdout])
			for (const part of ['LICENSE_NUMBER_INVALID', said.title, said.next])
				expect(text).toContain(part);
		expect(machine.files('.kfreq')).toEqual([]);
	});

	test('[K3] an old foreign key, a key for 6 to 7, and a key of another product', async () => {
		const machine = field.machine('old-keys');
		const old = await issue('--versions', '6-7');
		const other = hub.demo.licenses.find(({ product }) => product === 'harbor-backup');
		const cases = [
			['EXD6-AB12-CD34-EF56', 'KEY_FOREIGN'],
			[old.key, 'VERSION_NOT_COVERED'],
			[other?.key ?? '', 'PRODUCT_MISMATCH']
		] as const;
		for (const [key, code] of cases) {
			const { stdout } = await unlock(machine, key);
			expect(stdout).toContain(`(${code})`);
			expect(stdout).toContain('licensing@example.com');
		}
		expect(machine.files('.kfreq')).toEqual([]);
	});
});

describe('a clock that is years off', () => {
	const YEARS = 5 * 365 * 86_400;
	const preload = `--import=${join(import.meta.dirname, 'shift-clock.mjs')}`;
	const shifted = (seconds: number) => ({
		NODE_OPTIONS: preload,
		CLOCK_SHIFT_SECONDS: String(seconds)
	});

	test('[CL1, SE3] ahead: the hub grants and says so; a file that has not ended looks ended here', async () => {
		const { key } = await issue('--expires', '2029-12-31');
		const machine = field.machine('ahead');
		const env = shifted(YEARS);
		const path = await requestFor(machine, key, env);
		const ferried = await machine.keyferry(['submit', path, '--hub', hub.address]);
		expect(ferried.code).toBe(0);
		expect(ferried.stderr).toContain('Note on');
		const answer = path.replace('.kfreq', '.kfact');
		const loaded = await machine.keyferry(['load', answer, '--roots', roots, '--json'], { env });
		expect(loaded.code).toBe(3);
		const [row] = JSON.parse(loaded.stdout) as { refused: string; title: string; next: string }[];
		expect(row).toMatchObject({ refused: 'ACTIVATION_EXPIRED' });
		const app = await machine.app(['l', answer, 'q'], { roots, env });
		for (const said of ['(ACTIVATION_EXPIRED)', row?.title, row?.next])
			expect(app.stdout).toContain(said);
		// With the clock set right the same file loads.
		expect((await machine.app(['l', answer, '1', 'q'], { roots })).stdout).toContain('sum → 63');
	});

	test('[GR1] in the grace of a license its file loads and runs with a warning, and then no more', async () => {
		const { key } = await issue('--expires', '2099-12-31', '--grace', '30');
		const machine = field.machine('grace');
		const path = await requestFor(machine, key);
		expect((await machine.keyferry(['submit', path, '--hub', hub.address])).code).toBe(0);
		const answer = path.replace('.kfreq', '.kfact');
		const on = (day: string) => shifted(Math.floor((Date.parse(day) - Date.now()) / 1000));
		const status = async (day: string) =>
			(await machine.keyferry(['status', '--roots', roots], { env: on(day) })).stdout;

		const loaded = await machine.keyferry(['load', answer, '--roots', roots], {
			env: on('2100-01-10')
		});
		expect(loaded, loaded.stderr).toMatchObject({ code: 0 });
		expect(loaded.stderr).toContain('ACTIVATION_IN_GRACE');
		expect(loaded.stderr).toContain('works until 30 January 2100');
		const within = await status('2100-01-10');
		expect(within).toContain('! ended, and works on');
		expect(within).toContain('ACTIVATION_IN_GRACE');
		expect(await status('2099-12-30')).toContain('✓ active');
		const app = await machine.app(['1', 's', 'q'], { roots, env: on('2100-01-10') });
		expect(app.stdout).toContain('sum → 63');
		expect(app.stdout).toContain('! ended, and works on');

		expect(await status('2100-02-01')).toContain('ACTIVATION_EXPIRED');
		const over = await machine.app(['1', 'q'], { roots, env: on('2100-02-01') });
		expect(over.stdout).not.toContain('sum → 63');
	});

	test('[CL1] behind: the file loads and runs, and both times are shown', async () => {
		const { key } = await issue();
		const machine = field.machine('behind');
		const env = shifted(-YEARS);
		const path = await requestFor(machine, key, env);
		expect((await machine.keyferry(['submit', path, '--hub', hub.address])).code).toBe(0);
		const answer = path.replace('.kfreq', '.kfact');
		const loaded = await machine.keyferry(['load', answer, '--roots', roots], { env });
		expect(loaded).toMatchObject({ code: 0 });
		expect(loaded.stderr).toContain('CLOCK_BEHIND');
		const app = await machine.app(['1', 's', 'q'], { roots, env });
		expect(app.stdout).toContain('sum → 63');
		const year = new Date().getUTCFullYear();
		expect(app.stdout).toContain(String(year));
		expect(app.stdout).toContain(String(year - 5));
	});
});

/** A request as the SDK writes it, of a machine that is only named here. */
async function requestText(name: string, key: EnteredKey): Promise<string> {
	const state = join(field.folder, 'states', name);
	const opened = await openState({ state, probe: recordedProbe(recording(name)) });
	if (isRefusal(opened)) throw new Error(opened.refused);
	const now = Math.floor(Date.now() / 1000);
	const made = await makeRequest(opened, key, { name: 'Site Admin', label: name, now });
	if (isRefusal(made)) throw new Error(made.refused);
	return made.file;
}

describe('forty files in one folder', () => {
	test('[O2, FI4] every one is accounted for in one table, the answers beside them', async () => {
		const license = await judgeKey((await issue('--seats', '40')).key, {});
		const stranger = { number: 'KF-0000-0000-0000' };
		const stick = field.machine('stick');
		if (isRefusal(license)) throw new Error(license.refused);
		const mine = Array.from({ length: 34 }, (_, at) => `rack-${at}`);
		const theirs = ['other-1', 'other-2', 'other-3'];
		for (const name of [...mine, ...theirs]) {
			const key = mine.includes(name) ? license : stranger;
			writeFileSync(stick.path(`${name}.kfreq`), await requestText(name, key));
		}
		const whole = readFileSync(stick.path('rack-0.kfreq'), 'utf8');
		writeFileSync(stick.path('twice.kfreq.txt'), whole);
		writeFileSync(stick.path('cut.kfreq'), whole.slice(0, 600));
		writeFileSync(stick.path('typo.kfreq'), whole.replace(/^(e.{20})./m, '$1*'));
		writeFileSync(stick.path('photo.jpg'), 'not ours');

		const ran = await stick.keyferry(['submit', '.', '--hub', hub.address, '--json']);
		expect(ran.code).toBe(3);
		const rows = JSON.parse(ran.stdout) as { source: string; outcome: string; refused?: string }[];
		const leftOut = rows.filter(({ outcome }) => outcome === 'left out');
		expect(leftOut.map(({ source }) => source)).toEqual(['photo.jpg', 'sources.json']);
		expect(rows).toHaveLength(42);
		const refusal = Object.fromEntries(
			rows.flatMap(({ source, refused }) => (refused ? [[source, refused]] : []))
		);
		expect(refusal).toEqual({
			'cut.kfreq': 'FILE_MALFORMED',
			'typo.kfreq': 'FILE_MALFORMED',
			...Object.fromEntries(theirs.map((name) => [`${name}.kfreq`, 'LICENSE_NOT_FOUND']))
		});
		const granted = [...mine, 'twice'].map((name) => `${name}.kfact`);
		expect(stick.files('.kfact').sort()).toEqual(granted.sort());
		expect(stick.files('.kfref').sort()).toEqual(theirs.map((name) => `${name}.kfref`));
		const listed = await office.keyferry(['license', 'list', '--json'], asStaff);
		const rowsOf = JSON.parse(listed.stdout) as { seats: number; counts: { active: number } }[];
		expect(rowsOf.find(({ seats }) => seats === 40)?.counts.active).toBe(34);
	});
});
