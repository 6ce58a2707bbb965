/**
 * What an operator does with a hub, by the command line: rotate and void its key, take a backup
 * while it serves, lose it, restore it with the root key, and find again what was granted since.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askFor, claimsOf, makeMachine } from '../fixtures/hub.ts';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { Field, recording, type FieldMachine } from './field-machine.ts';

const field = new Field();
let hub: RunningHub;
let office: FieldMachine;
const root = () => `${hub.data}-root.json`;
const asStaff = () => ({
	env: { KEYFERRY_HUB: hub.address, KEYFERRY_TOKEN: hub.demo.token }
});

beforeAll(async () => {
	hub = await startHub();
	office = field.machine('office');
});
afterAll(async () => {
	await hub.stop();
	field.clear();
});

/** Runs a command that has to work. */
async function operate(...args: string[]): Promise<string> {
	const ran = await office.keyferry(args, asStaff());
	expect(ran, ran.stderr).toMatchObject({ code: 0 });
	return ran.stdout;
}

async function submit(request: string, address = hub.address) {
	const answer = await fetch(`${address}/v1/activations`, {
		method: 'POST',
		body: JSON.stringify({ request })
	});
	return (await answer.json()) as { file: string; code?: string };
}

const jwks = async () => {
	const answer = await fetch(`${hub.address}/.well-known/jwks.json`);
	return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
};

describe('the hub key', () => {
	let machine: FieldMachine;
	let inPocket: string;
	let old: string;

	test('[FI5, FI8] rotated while an answer is in a courier’s pocket, the answer still loads', async () => {
		machine = field.machine('rack-01', recording('rack-01'));
		[old] = (await jwks()) as [string];
		const { key } = hub.demo.licenses[1]!;
		writeFileSync(machine.path('key.txt'), key);
		const asked = ['--key', 'key.txt', '--name', 'Ada', '--organization', 'Example GmbH'];
		const made = await machine.keyferry(['request', ...asked, '--json']);
		const { path } = JSON.parse(made.stdout) as { path: string };
		await machine.keyferry(['submit', path, '--hub', hub.address]);
		[inPocket] = machine.files('.kfact') as [string];

		await operate('hub-key', 'rotate', '--root', root(), '--data', hub.data);
		hub.process.kill('SIGHUP');
		await expect.poll(jwks).toHaveLength(2);
		expect((await jwks())[0]).not.toBe(old);
		const retired = readFileSync(join(hub.data, 'keys', `${old}.json`), 'utf8');
		expect(retired).not.toContain('"d"');

		const load = ['load', inPocket, '--roots', hub.roots];
		expect(await machine.keyferry(load)).toMatchObject({ code: 0 });
		const { sec, num: number } = claimsOf<'license'>(key);
		const { file } = await submit(await askFor({ number, sec }, await makeMachine()));
		expect(file).toContain('BEGIN KEYFERRY ACTIVATION');
	});

	test('[FI8] voided, its files are refused, and its license keys are signed again', async () => {
		const active = (await jwks())[0]!;
		const wrong = ['trust', '--root', root(), '--data', hub.data, '--void', active];
		expect(await office.keyferry(wrong)).toMatchObject({
			code: 1,
			stderr: expect.stringContaining('Rotate it first')
		});
		const out = office.path('void.kftrust');
		await operate('trust', '--root', root(), '--data', hub.data, '--void', old, '--out', out);
		hub.process.kill('SIGHUP');
		const served = () =>
			fetch(`${hub.address}/.well-known/keyferry.kftrust`).then((answer) => answer.text());
		await expect.poll(served).toBe(readFileSync(out, 'utf8'));

		const load = (name: string) => machine.keyferry(['load', name, '--roots', hub.roots, '--json']);
		expect(await load(out)).toMatchObject({ code: 0 });
		expect(await load(inPocket)).toMatchObject({
			code: 3,
			stdout: expect.stringContaining('HUB_KEY_VOIDED')
		});
		// What the hub signs now carries the word of the root to whoever has not heard it.
		const { number } = hub.demo.licenses[1]!;
		const { sec } = claimsOf<'license'>(hub.demo.licenses[1]!.key);
		const { file } = await submit(await askFor({ number, sec }, await makeMachine()));
		const other = field.machine('rack-02', recording('rack-02'));
		writeFileSync(other.path('answer.kfact'), file);
		await other.keyferry(['load', 'answer.kfact', '--roots', hub.roots]);
		const pocket = machine.path(inPocket);
		expect(await other.keyferry(['load', pocket, '--roots', hub.roots, '--json'])).toMatchObject({
			code: 3,
			stdout: expect.stringContaining('HUB_KEY_VOIDED')
		});
		const rows = JSON.parse(await operate('license', 'list', '--json')) as { key: string }[];
		for (const { key } of rows) {
			writeFileSync(office.path('license.kflic'), key);
			expect(await office.keyferry(['verify', 'license.kflic', '--roots', out])).toMatchObject({
				code: 0
			});
		}
	});
});

describe('a backup', () => {
	const since: { request: string; file: string }[] = [];
	let number: string;
	let sec: string;
	const grant = async () => {
		const request = await askFor({ number, sec }, await makeMachine());
		return { request, ...(await submit(request)) };
	};

	test('[SY6] of a hub that serves is restored with the root, and nothing is granted twice', async () => {
		const order = ['--product', 'atlas', '--customer', 'Example GmbH', '--versions', '8-9'];
		const issued = await operate('license', 'issue', ...order, '--seats', '22', '--json');
		const license = JSON.parse(issued) as { number: string; key: string };
		({ number } = license);
		({ sec } = claimsOf<'license'>(license.key));
		await grant();

		const file = office.path('hub.kfbackup');
		const [, serving] = await Promise.all([operate('backup', file), grant()]);
		expect(serving.file).toContain('BEGIN KEYFERRY ACTIVATION');
		for (let i = 0; i < 20; i++) since.push(await grant());
		expect(since.every(({ file: text }) => text.includes('BEGIN KEYFERRY ACTIVATION'))).toBe(true);
		await operate('audit', 'verify');

		const running = await office.keyferry(['backup', 'other.kfbackup', '--data', hub.data]);
		expect(running).toMatchObject({ code: 1, stderr: expect.stringContaining('is in use by') });
		await hub.end('SIGKILL');
		const data = join(field.folder, 'restored');
		await operate('restore', file, '--data', data, '--root', root());
		expect(existsSync(join(data, 'secrets.json'))).toBe(true);

		const { demo } = hub;
		const again = await startHub({ data, demo: false });
		hub = Object.assign(again, { demo, stop: again.stop });
		expect((await grant()).code).toBe('LICENSE_NOT_FOUND');
		// The old folder's secrets are gone with it: the license key brings its own back.
		writeFileSync(office.path('license.kflic'), license.key);
		expect(await operate('adopt', 'license.kflic')).toContain('taken up');
		expect((await grant()).code).toBe('LICENSE_FROZEN');

		const names = since.map((each, at) => {
			const name = `held-${at}.kfact`;
			writeFileSync(office.path(name), each.file);
			return name;
		});
		const found = await operate('adopt', ...names, '--json');
		const outcomes = (JSON.parse(found) as { outcome: string }[]).map(({ outcome }) => outcome);
		expect(outcomes).toEqual(Array<string>(20).fill('seat'));
		// Nobody is let through before staff have seen who has reported.
		const asked = await office.keyferry(['license', 'unfreeze', number], asStaff());
		expect(asked.code).toBe(2);
		expect(asked.stdout).toMatch(/carrier has brought \d+ back|has brought 2\d back/);
		expect((await grant()).code).toBe('LICENSE_FROZEN');
		await operate('license', 'unfreeze', number, '--yes');

		const tokens = (text: string) => text.split('-----BEGIN')[1]!.split('~').slice(-2).join('~');
		for (const { request, file: before } of since.slice(0, 3))
			expect(tokens((await submit(request)).file).replace(/\s/g, '')).toContain(
				tokens(before).split('~').at(-1)!.replace(/\s/g, '')
			);
		// One seat before the backup, twenty after it, one while it was taken: all 22 are in use.
		const rest = [await grant(), await grant()];
		expect(rest.map(({ code }) => code)).toContain('SEAT_LIMIT_REACHED');
		const rows = JSON.parse(await operate('license', 'list', '--json')) as {
			number: string;
			seats: number;
			counts: { active: number };
		}[];
		const row = rows.find((each) => each.number === number)!;
		expect(row.counts.active).toBeLessThanOrEqual(row.seats);
		expect(await operate('audit', 'verify')).toContain('hold');
	});
});
