/** Machines that change or are gone: repaired, burnt, renewed. On real parts. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinTokens } from '#lib/formats/file.ts';
import { writePushFile } from '#lib/formats/push.ts';
import { signPush } from '#lib/signing/push.ts';
import { makeDistantDesk } from '../fixtures/drawing-desk.ts';
import { recording, type FieldMachine } from './field-machine.ts';
import { codes, LicenseOffice, readTokens, said } from './license-office.ts';

let office: LicenseOffice;
beforeAll(async () => {
	office = await LicenseOffice.open();
});
afterAll(() => office.close());

type Row = { outcome: string; answer: string; receipts?: string[] };

/** New mainboard, new disk, system installed anew: only the state folder is what it was. */
function repair(machine: FieldMachine, name: string): void {
	writeFileSync(machine.path('sources.json'), JSON.stringify(recording(name)));
}

describe('a repaired machine', () => {
	test('[MA3] gives its old seat back and takes a new one, in one file', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('workshop');
		const before = await office.activate(machine, license);
		repair(machine, 'workshop-repaired');
		const strange = await machine.keyferry(['status', '--json']);
		expect([strange.code, codes(strange)]).toEqual([3, ['STATE_OF_OTHER_MACHINE']]);
		expect(strange.stdout).toContain('keyferry request --repair');

		const file = await office.request(machine, license, '--repair');
		const { returns, body } = readTokens(machine, file);
		expect([returns?.length, body.type]).toEqual([1, 'activation-request']);
		const rows = said<Row[]>(await office.submit(machine, file));
		const receipt = before.replace('.kfact', '.kfrcp');
		const answer = file.replace('.kfreq', '.kfact');
		expect(rows).toMatchObject([{ outcome: 'granted', answer, receipts: [receipt] }]);
		expect(await office.used(license.number)).toBe(1);

		said(await office.load(machine, answer, receipt));
		expect(await office.states(machine)).toEqual(['active']);
		const app = await machine.app(['1', 'q'], { roots: office.roots });
		expect(app.stdout).toContain('sum → 63');
		const old = await office.load(machine, before);
		expect(codes(old)).toEqual(['ACTIVATION_RETURNED']);
	});

	test('[SY8] [MA4] whose request is a desk’s unsent work gets its receipt beside its file', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('workshop-afar');
		const before = await office.activate(machine, license);
		repair(machine, 'workshop-afar-repaired');
		const file = await office.request(machine, license, '--repair');
		// A desk that the hub has never met took it in and could not send it.
		const desk = await makeDistantDesk({ url: office.hub.address, token: '' });
		const request = joinTokens(readTokens(machine, file));
		const commands = [desk.command('activation.request', { request })];
		const body = { protocol: 2, outbox: desk.outbox, key: desk.key.jwk, desk: 'Phone', commands };
		const signed = await signPush(body, { signer: desk.key.signer, now: 1 });
		writeFileSync(machine.path('unsent.kfpush'), writePushFile(signed, []));

		const receipt = before.replace('.kfact', '.kfrcp');
		const answer = file.replace('.kfreq', '.kfact');
		const row = { outcome: 'granted', answer, receipts: [receipt] };
		expect(said<Row[]>(await office.submit(machine, 'unsent.kfpush'))).toMatchObject([row]);
		// Brought again, the same lie there already.
		const again = said<Row[]>(await office.submit(machine, 'unsent.kfpush'));
		expect(again).toMatchObject([{ ...row, written: 'same' }]);
		expect(machine.files('.kfrcp')).toEqual([receipt]);
		said(await office.load(machine, answer, receipt));
		expect(await office.states(machine)).toEqual(['active']);
		expect(await office.used(license.number)).toBe(1);
	});

	test('[MA3] asked again before its answer came, it gives back nothing twice', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('twice-repaired');
		await office.activate(machine, license);
		repair(machine, 'twice-repaired-2');
		const first = await office.request(machine, license, '--repair');
		const again = await office.request(machine, license, '--repair');
		const [one, two] = [first, again].map(
			(file) => readTokens(machine, file).returns?.[0]?.body.text
		);
		expect(two).toBe(one);
		expect(two).toBeDefined();
		said(await office.submit(machine, again, first));
		expect(await office.used(license.number)).toBe(1);
		const loaded = await office.load(machine, first.replace('.kfreq', '.kfact'));
		expect(loaded.code).toBe(0);
	});

	test('[MA3] a request that cannot be made locks nothing', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('no-request');
		await office.activate(machine, license);
		writeFileSync(machine.path('sources.json'), JSON.stringify({ system: 'linux', files: {} }));
		const refused = await machine.keyferry([
			...['request', '--repair', '--key', 'key.txt', '--name', 'A', '--json']
		]);
		expect(codes(refused)).toEqual(['FINGERPRINT_TOO_WEAK']);
		writeFileSync(machine.path('sources.json'), JSON.stringify(recording('no-request')));
		expect(await office.states(machine)).toEqual(['active']);
	});

	test('[MA2, MA3] whose license asks for more matches than its folder is repaired alike', async () => {
		const license = await office.issue('--seats', '1', '--matches', '4');
		const machine = office.field.machine('new-disk');
		const before = await office.activate(machine, license);
		const other = recording('new-disk', { disk: 'spare' });
		writeFileSync(machine.path('sources.json'), JSON.stringify(other));
		expect(await office.states(machine)).toEqual(['other-machine']);
		const file = await office.request(machine, license, '--repair');
		said(await office.submit(machine, file));
		expect(await office.used(license.number)).toBe(1);
		// All that lies in the folder, the outlived file included.
		said(
			await office.load(machine, before, ...machine.files('.kfrcp'), ...machine.files('.kfact'))
		);
		expect(await office.states(machine)).toEqual(['active']);
	});

	test('[MA3] --repair on a machine that is what it was returns nothing', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('healthy');
		await office.activate(machine, license);
		const file = await office.request(machine, license, '--repair');
		expect(readTokens(machine, file).returns ?? []).toEqual([]);
		expect(await office.states(machine)).toContain('active');
	});
});

describe.skipIf(process.getuid?.() !== 0)('two users of one machine', () => {
	const user = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];

	test('[MA3, MA4] whose the key is gives back, and the lock holds for everybody', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('shared');
		await office.activate(machine, license);
		chmodSync(machine.folder, 0o755);
		mkdirSync(machine.path('home'));
		chmodSync(machine.path('home'), 0o777);
		const ordinary = { as: user, env: { HOME: machine.path('home') } };
		const refused = await machine.keyferry(
			['return', '--json', '--out', machine.path('home')],
			ordinary
		);
		expect([refused.code, codes(refused)]).toEqual([3, ['STATE_KEY_ELSEWHERE']]);
		expect(JSON.parse(refused.stdout)).toMatchObject({
			facts: { folder: machine.state, owner: 'root' }
		});
		await office.giveBack(machine);
		const app = await machine.app(['1', 'q'], { ...ordinary, roots: office.roots });
		expect(app.stdout).toContain('(ENTITLEMENT_MISSING)');
		expect(app.stdout).not.toContain('sum → 63');
	});
});

describe('a machine that is gone', () => {
	test('[SE6, FI8] is retired; its seat serves another, and its files are refused', async () => {
		const license = await office.issue('--seats', '2');
		const burnt = office.field.machine('burnt');
		await office.activate(burnt, license);
		const beside = office.field.machine('beside');
		await office.activate(beside, license);
		const next = office.field.machine('next');
		const request = await office.request(next, license);
		expect(codes(await office.submit(next, request))).toEqual(['SEAT_LIMIT_REACHED']);
		const retire = ['machine', 'retire', 'burnt', '--license', license.number];
		expect(await office.asks(...retire, '--reason', 'burnt')).toMatchObject({ freed: true });
		said(await office.submit(next, request));
		const answer = request.replace('.kfreq', '.kfact');
		said(await office.load(next, answer));
		expect(await office.states(next)).toEqual(['active']);

		// It did not burn after all: the list of the retired arrives with somebody's file.
		expect(await office.states(burnt)).toEqual(['active']);
		const file = readFileSync(next.path(answer), 'utf8');
		writeFileSync(burnt.path('next.kfact'), file);
		await office.load(burnt, 'next.kfact');
		expect(await office.states(burnt)).toEqual(['retired']);
		expect(await office.states(beside)).toEqual(['active']);
	});
});

describe('renewal', () => {
	test('[O7] the next file of each machine loads with no new request', async () => {
		const license = await office.issue('--seats', '2', '--expires', '2090-12-31');
		const machines = ['renewed-1', 'renewed-2'].map((name) => office.field.machine(name));
		const answers: string[] = [];
		for (const machine of machines) answers.push(await office.activate(machine, license));
		const out = join(office.field.folder, 'renewed');
		await office.asks('license', 'renew', license.number, '--expires', '2099-12-31', '--out', out);
		for (const [at, machine] of machines.entries()) {
			const file = join(out, answers[at]!);
			const loaded = said<object[]>(await office.load(machine, file));
			expect(loaded).toMatchObject([
				{
					outcome: 'loaded',
					changes: [{ what: 'generation', from: 1, to: 2 }, { what: 'expiry' }]
				}
			]);
			const old = await office.load(machine, answers[at]!);
			expect(codes(old)).toEqual(['GENERATION_SUPERSEDED']);
			expect(await office.states(machine)).toEqual(['active']);
		}
		expect(await office.used(license.number)).toBe(2);
		// The newest file is what is given back.
		const [machine] = machines as [FieldMachine];
		const file = await office.giveBack(machine);
		expect(said(await office.submit(machine, file))).toMatchObject([{ outcome: 'returned' }]);
		expect(await office.used(license.number)).toBe(1);
	});
});

describe('a license that goes to another customer', () => {
	test('[SE7] its free seat serves there, its machine stays, and who asks of the old one is told', async () => {
		const license = await office.issue('--seats', '2');
		const staying = office.field.machine('staying');
		await office.activate(staying, license);
		type Moved = { number: string; key: string; moved: number; following: number };
		const move = ['license', 'move', license.number, '--to', 'Sample Works Ltd'];
		const moved = await office.asks<Moved>(...move);
		expect(moved).toMatchObject({ moved: 1, following: 1 });
		expect(moved.number).not.toBe(license.number);

		const there = office.field.machine('there');
		await office.activate(there, { id: '', ...moved });
		expect(await office.states(there)).toEqual(['active']);
		expect(await office.states(staying)).toEqual(['active']);
		const late = office.field.machine('late');
		const asked = await office.request(late, license);
		expect(codes(await office.submit(late, asked))).toEqual(['LICENSE_MOVED']);
		const rows = await office.asks<{ number: string; successor?: string }[]>('license', 'list');
		const row = rows.find(({ number }) => number === license.number);
		expect(row).toMatchObject({ successor: moved.number, seats: 1 });
	});
});
