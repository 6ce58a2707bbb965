/**
 * The whole path on real parts: the command line and the licensed app as processes, a real hub on
 * its embedded database, files carried between folders.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { Field, recording, type FieldMachine, type RunOptions } from './field-machine.ts';

const field = new Field();
const roots = join(field.folder, 'roots.json');
let hub: RunningHub;
let asStaff: { env: Record<string, string> };

beforeAll(async () => {
	hub = await startHub();
	// Read by an ordinary user too, who cannot look into the hub's folder.
	copyFileSync(hub.roots, roots);
	chmodSync(roots, 0o644);
	asStaff = { env: { KEYFERRY_HUB: hub.address, KEYFERRY_TOKEN: hub.demo.token } };
});
afterAll(async () => {
	await hub.stop();
	field.clear();
});

/** A license of the demo's server product, issued by the command line. */
async function issue(...options: string[]): Promise<{ number: string; key: string }> {
	const office = field.machine(`office-${Math.random().toString(36).slice(2)}`);
	const usual = ['--product', 'atlas-server', '--customer', 'Example GmbH', '--versions', '8-9'];
	const entitled = ['--entitlements', 'dataflow,workflow'];
	const args = ['license', 'issue', ...usual, ...entitled, ...options, '--json'];
	const issued = await office.keyferry(args, asStaff);
	expect(issued, issued.stderr).toMatchObject({ code: 0 });
	return JSON.parse(issued.stdout) as { number: string; key: string };
}

const asking = ['--name', 'Site Admin', '--organization', 'Example GmbH'];

async function request(
	machine: FieldMachine,
	key: string,
	label: string,
	as: RunOptions = {}
): Promise<string> {
	writeFileSync(machine.path('key.txt'), key);
	const args = ['request', '--key', 'key.txt', ...asking, '--label', label, '--json'];
	const made = await machine.keyferry(args, as);
	expect(made, made.stderr).toMatchObject({ code: 0 });
	return (JSON.parse(made.stdout) as { path: string }).path;
}

const submit = (machine: FieldMachine, ...files: string[]) =>
	machine.keyferry(['submit', ...files, '--hub', hub.address, '--json']);

const load = (machine: FieldMachine, ...files: string[]) =>
	machine.keyferry(['load', ...files, '--roots', roots, '--json']);

const tokensOf = (path: string) =>
	/BEGIN[^\n]*\n([\s\S]*)\n-----END/.exec(readFileSync(path, 'utf8'))?.[1];
const codes = (stdout: string) =>
	(JSON.parse(stdout) as { refused?: string; code?: string }[]).map(
		({ refused, code }) => refused ?? code
	);

describe('a machine in the gap', () => {
	test('[K2, K4, K5, O2] is unlocked by a file that was carried out and back', async () => {
		const { number, key } = await issue(
			'--seats',
			'2',
			'--clients',
			'10',
			'--expires',
			'2099-12-31'
		);
		const machine = field.machine('gap');
		const before = await machine.app(['1', '2', '3', 's', 'q'], { roots });
		expect(before.stdout.match(/locked/g)).toHaveLength(4);
		expect(before.stdout.match(/\(ENTITLEMENT_MISSING\)/g)).toHaveLength(3);
		expect(before.stdout).toContain('Nothing is activated');

		writeFileSync(machine.path('key.kflic'), key);
		const asked = await machine.app(['u', 'Ada Admin', 'Example GmbH', 'key.kflic', 'q'], {
			roots
		});
		expect(asked.stdout).toContain('The activation request is ready');
		const [file = ''] = machine.files('.kfreq');

		// Elsewhere: the ferry has the request file and an address, no license key and no account.
		const ferry = field.machine('ferry');
		copyFileSync(machine.path(file), ferry.path(file));
		const carried = await submit(ferry, file);
		expect(carried, carried.stderr).toMatchObject({ code: 0 });
		const answer = file.replace('.kfreq', '.kfact');
		expect(ferry.files('.kfact')).toEqual([answer]);

		copyFileSync(ferry.path(answer), machine.path(answer));
		const after = await machine.app(['l', answer, '1', '2', '3', '4', 's', 'q'], {
			roots
		});
		expect(after.stdout).toContain('✓ Atlas Server is activated.');
		expect(after.stdout).toContain('Unlocked: Dataflow, Workflow');
		expect(after.stdout).toContain('Locked: Subflow, Reports');
		expect(after.stdout).toContain('sum → 63');
		expect(after.stdout.match(/\(ENTITLEMENT_MISSING\)/g)).toHaveLength(2);
		for (const said of [
			'✓ active',
			number,
			'2; this machine holds one',
			'10 at a time',
			'dataflow, workflow',
			'2099-12-31',
			'Ada Admin, Example GmbH'
		])
			expect(after.stdout).toContain(said);

		const pinned = await load(machine, answer);
		expect(pinned.code).toBe(0);
		const status = await machine.keyferry(['status', '--roots', roots, '--json']);
		const { licenses } = JSON.parse(status.stdout) as { licenses: object[] };
		expect(licenses).toEqual([
			expect.objectContaining({ state: 'active', number, seats: 2, clients: 10, generation: 1 })
		]);
	});

	test('[SE3] asking twice gives the same bytes, a reinstalled machine the next generation', async () => {
		const { key } = await issue('--seats', '1');
		const machine = field.machine('twice');
		const path = await request(machine, key, 'twice');
		const answer = path.replace('.kfreq', '.kfact');
		await submit(machine, path);
		const first = tokensOf(machine.path(answer));
		expect(first).toBeDefined();
		rmSync(machine.path(answer));
		await submit(machine, path);
		expect(tokensOf(machine.path(answer))).toBe(first);
		const again = await submit(machine, path);
		expect(JSON.parse(again.stdout)).toMatchObject([{ outcome: 'granted', written: 'same' }]);
		expect((await load(machine, answer)).code).toBe(0);

		rmSync(machine.state, { recursive: true });
		const renewed = (await request(machine, key, 'twice')).replace('.kfreq', '.kfact');
		await submit(machine, renewed.replace('.kfact', '.kfreq'));
		const loaded = await load(machine, renewed);
		expect(JSON.parse(loaded.stdout)).toMatchObject([
			{ outcome: 'loaded', activation: { generation: 2 } }
		]);
		const older = await load(machine, answer);
		expect(older.code).toBe(3);
		expect(codes(older.stdout)).toEqual(['GENERATION_SUPERSEDED']);
	});

	test('[SE1, O11] the third machine of two seats learns inside why not and what to do', async () => {
		const { number, key } = await issue('--seats', '2');
		for (const name of ['seat-1', 'seat-2']) {
			const machine = field.machine(name);
			expect((await submit(machine, await request(machine, key, name))).code).toBe(0);
		}
		const third = field.machine('seat-3');
		const path = await request(third, key, 'seat-3');
		const refused = await submit(third, path);
		expect(refused.code).toBe(3);
		expect(codes(refused.stdout)).toEqual(['SEAT_LIMIT_REACHED']);
		const file = path.replace('.kfreq', '.kfref');
		const carried = readFileSync(third.path(file), 'utf8');
		expect(carried).not.toContain('seat-1');

		const shown = await third.app(['l', file, 's', 'q'], { roots });
		expect(shown.stdout.match(/\(SEAT_LIMIT_REACHED\)/g)).toHaveLength(2);
		const inside = await third.keyferry(['load', file, '--roots', roots]);
		expect(inside.code).toBe(3);
		expect(inside.stdout).toContain('SEAT_LIMIT_REACHED');
		expect(inside.stdout).toContain('Next: ');
		expect(inside.stdout).toContain(number);
	});

	test('[MA2] the file of another machine names whose it is and which components differ', async () => {
		const { number, key } = await issue('--seats', '2');
		const owner = field.machine('owner');
		const path = await request(owner, key, 'rack-07');
		await submit(owner, path);
		const answer = path.replace('.kfreq', '.kfact');
		const other = field.machine('other', recording('other', { disk: 'owner' }));
		copyFileSync(owner.path(answer), other.path(answer));
		const strange = await other.keyferry(['load', answer, '--roots', roots]);
		expect(strange.code).toBe(3);
		for (const said of [
			'"rack-07"',
			'Atlas Server',
			number,
			'operating system',
			'root volume',
			'network adapters',
			'1 of 2'
		])
			expect(strange.stdout).toContain(said);
		expect(strange.stdout).not.toContain('system disk');
		const app = await other.app(['l', answer, '1', 'q'], { roots });
		expect(app.stdout).toContain('(FINGERPRINT_MISMATCH)');
		expect(app.stdout).not.toContain('✓');
	});

	test('[MA3] a state folder that came from another machine is refused', async () => {
		const owner = field.machine('cloned-from');
		const { key } = await issue();
		await request(owner, key, 'cloned');
		const clone = field.machine('cloned-to');
		const refused = await clone.keyferry(['status', '--state', owner.state, '--json']);
		expect(refused.code).toBe(3);
		expect(JSON.parse(refused.stdout)).toMatchObject({ refused: 'STATE_OF_OTHER_MACHINE' });
		const app = await clone.app(['q'], { roots, env: { KEYFERRY_STATE: owner.state } });
		expect(app.code).toBe(3);
		expect(app.stdout).toContain('(STATE_OF_OTHER_MACHINE)');
	});

	describe.skipIf(process.getuid?.() !== 0)(
		'two users of one machine (as root only: two accounts are needed)',
		() => {
			const ordinary = {
				as: ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups']
			};

			test('[MA1] root and an ordinary user see the same fingerprint', async () => {
				const real = field.machine('users', null);
				const seen = [{}, ordinary].map((options) =>
					real.keyferry(['fingerprint', '--json'], options)
				);
				const [byRoot, byUser] = await Promise.all(seen);
				expect(byRoot).toMatchObject({ code: 0 });
				expect(byUser?.stdout).toBe(byRoot?.stdout);
			});

			test('[MA3] what root requested an ordinary user loads and sees', async () => {
				const { key } = await issue();
				const machine = field.machine('root-first');
				const path = await request(machine, key, 'root-first');
				await submit(machine, path);
				chmodSync(machine.folder, 0o755);
				mkdirSync(machine.path('home'), { mode: 0o777 });
				chmodSync(machine.path('home'), 0o777);
				const user = { ...ordinary, env: { HOME: machine.path('home') } };
				const answer = path.replace('.kfreq', '.kfact');
				const loaded = await machine.keyferry(['load', answer, '--roots', roots], user);
				expect(loaded, loaded.stderr).toMatchObject({ code: 0 });
				const app = await machine.app(['1', 'q'], { ...user, roots });
				expect(app.stdout).toContain('sum → 63');
				expect(readFileSync(join(machine.state, 'machine.json'), 'utf8')).toContain('fp');
			});

			test('[MA3] what an ordinary user requested root loads and both see', async () => {
				const { key } = await issue();
				const machine = field.machine('user-first');
				mkdirSync(machine.state);
				chmodSync(machine.folder, 0o777);
				const path = await request(machine, key, 'user-first', ordinary);
				await submit(machine, path);
				const answer = path.replace('.kfreq', '.kfact');
				const loaded = await load(machine, answer);
				expect(loaded, loaded.stderr).toMatchObject({ code: 0 });
				for (const user of [{}, ordinary]) {
					const app = await machine.app(['1', 'q'], { ...user, roots });
					expect(app.stdout).toContain('sum → 63');
				}
			});
		}
	);
});
