/** A seat is given back on real parts: the command line, the licensed app and a hub. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFile } from '#lib/formats/file.ts';
import { parseClaims, type Claims } from '#lib/formats/tokens.ts';
import { machine as machineOf } from '#lib/sdk/node/machine.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import { signToken } from '#lib/signing/jws.ts';
import { makeReturn } from '#lib/signing/return.ts';
import { makeKey, requestClaims } from '../fixtures/chain.ts';
import { recording, type FieldMachine } from './field-machine.ts';
import { carry, codes, LicenseOffice, readTokens, said } from './license-office.ts';

let office: LicenseOffice;
beforeAll(async () => {
	office = await LicenseOffice.open();
});
afterAll(() => office.close());

type Row = { outcome: string; answer: string; written: string; freed?: true | number };
const submitted = async (machine: FieldMachine, ...files: string[]) =>
	said<Row[]>(await office.submit(machine, ...files));
const bytes = (machine: FieldMachine, file: string) => readFileSync(machine.path(file), 'utf8');
const activationIn = (machine: FieldMachine, file: string): Claims['activation'] => {
	const claims = parseClaims('activation', readTokens(machine, file).body.payload);
	if ('refused' in claims) throw new Error(claims.refused);
	return claims;
};

describe('a proven return', () => {
	test('[SE5, MA4, O6] frees the seat for the third machine of two seats', async () => {
		const license = await office.issue('--seats', '2');
		const [first, second, third] = ['proven-1', 'proven-2', 'proven-3'].map((name) =>
			office.field.machine(name)
		) as [FieldMachine, FieldMachine, FieldMachine];
		const answer = await office.activate(first, license);
		await office.activate(second, license);
		const waiting = await office.request(third, license);
		expect(codes(await office.submit(third, waiting))).toEqual(['SEAT_LIMIT_REACHED']);

		const open = await first.app(['1', 'q'], { roots: office.roots });
		expect(open.stdout).toContain('sum → 63');
		const file = await office.giveBack(first);
		expect(file).toBe(answer.replace('.kfact', '.kfret'));
		const locked = await first.app(['1', 's', 'q'], { roots: office.roots });
		expect(locked.stdout).not.toContain('sum → 63');
		expect(locked.stdout).toContain('given back');
		expect(await office.states(first)).toEqual(['returning']);

		// The courier has the file and an address, nothing else.
		const courier = office.field.machine('courier');
		carry(first, courier, file);
		const [row] = await submitted(courier, file);
		const receipt = file.replace('.kfret', '.kfrcp');
		expect(row).toMatchObject({ outcome: 'returned', freed: true, answer: receipt });
		expect(await office.used(license.number)).toBe(1);
		expect(await submitted(third, waiting)).toMatchObject([{ outcome: 'granted' }]);
		said(await office.load(third, waiting.replace('.kfreq', '.kfact')));
		expect(await office.states(third)).toEqual(['active']);

		carry(courier, first, receipt);
		const loaded = said<object[]>(await office.load(first, receipt));
		expect(loaded).toMatchObject([{ outcome: 'returned', freed: true, again: false }]);
		expect(await office.states(first)).toEqual(['returned']);
		const again = await first.keyferry(['return', '--json']);
		expect([again.code, codes(again)]).toEqual([3, ['ACTIVATION_RETURNED']]);
	});

	test('[MA4] locks every file of the activation, old or new, for CLI, verify and app', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('locked');
		const first = await office.activate(machine, license);
		const newer = await office.activate(machine, license);
		expect(activationIn(machine, newer)).toMatchObject({ gen: 2 });
		const spent = first.replace('.kfact', '.kfreq');
		const file = await office.giveBack(machine);
		for (const each of [first, newer]) {
			const load = await office.load(machine, each);
			expect([load.code, codes(load)]).toEqual([3, ['ACTIVATION_RETURNED']]);
			expect(load.stdout).toContain('.kfret');
		}
		const verify = ['verify', newer, '--this-machine', '--roots', office.roots, '--json'];
		expect(codes(await machine.keyferry(verify))).toEqual(['ACTIVATION_RETURNED']);
		const app = await machine.app(['l', newer, '1', 'q'], { roots: office.roots });
		expect(app.stdout).toContain('(ACTIVATION_RETURNED)');
		expect(app.stdout).toContain('(ENTITLEMENT_MISSING)');

		await submitted(machine, file);
		expect(codes(await office.submit(machine, spent))).toEqual(['REQUEST_SPENT']);
	});

	test('[MA4] a lost return is saved again, a repeated one gets the same receipt', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('lost');
		await office.activate(machine, license);
		const file = await office.giveBack(machine);
		const before = bytes(machine, file);
		rmSync(machine.path(file));
		expect(await office.giveBack(machine)).toBe(file);
		expect(bytes(machine, file)).toBe(before);

		const [{ answer }] = (await submitted(machine, file)) as [Row];
		const receipt = readTokens(machine, answer).body.text;
		rmSync(machine.path(answer));
		expect(await submitted(machine, file)).toMatchObject([{ outcome: 'returned', answer }]);
		expect(readTokens(machine, answer).body.text).toBe(receipt);
		expect(await submitted(machine, file)).toMatchObject([{ written: 'same' }]);
		expect(await office.used(license.number)).toBe(0);
	});

	test('[MA4] what could not be written out is locked and kept all the same', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('full-stick');
		await office.activate(machine, license);
		const failed = await machine.keyferry(['return', '--out', 'no/such/folder/x.kfret']);
		expect(failed.code).toBe(1);
		expect(failed.stderr).not.toMatch(/^\s+at /m);
		expect(await office.states(machine)).toEqual(['returning']);
		const file = await office.giveBack(machine, '--out', 'stick.kfret');
		expect(await submitted(machine, file)).toMatchObject([
			{ outcome: 'returned', answer: 'stick.kfrcp' }
		]);
	});

	test('[MA4] a new request carries the return along; both answers come back', async () => {
		const license = await office.issue('--seats', '1');
		const machine = office.field.machine('carrying');
		const old = activationIn(machine, await office.activate(machine, license));
		const file = await office.giveBack(machine);
		rmSync(machine.path(file));
		const request = await office.request(machine, license);
		expect(readTokens(machine, request).returns).toHaveLength(1);
		const rows = await submitted(machine, request);
		const receipt = file.replace('.kfret', '.kfrcp');
		expect(rows).toMatchObject([{ outcome: 'granted', receipts: [receipt] }]);
		const answer = request.replace('.kfreq', '.kfact');
		expect(activationIn(machine, answer)).toMatchObject({ gen: 1 });
		expect(activationIn(machine, answer).act).not.toBe(old.act);
		const loaded = said<object[]>(await office.load(machine, answer, receipt));
		expect(loaded).toMatchObject([{ outcome: 'loaded' }, { outcome: 'returned' }]);
		expect(await office.states(machine)).toEqual(['active']);
		expect(await office.used(license.number)).toBe(1);
		expect(readTokens(machine, await office.request(machine, license)).returns ?? []).toEqual([]);
	});
});

test('[SE5] who has only the files of a machine cannot return its seat', async () => {
	const license = await office.issue('--seats', '1');
	const machine = office.field.machine('robbed');
	const answer = await office.activate(machine, license);
	const request = parseClaims(
		'activation-request',
		readTokens(machine, answer.replace('.kfact', '.kfreq')).body.payload
	);
	if ('refused' in request) throw new Error(request.refused);
	const activation = activationIn(machine, answer);
	const { key, body } = readTokens(machine, answer);
	const forger = office.field.machine('forger');
	const own = await makeKey();
	const forge = async (name: string, jwk: Claims['return']['cnf']['jwk']) => {
		const token = await makeReturn(activation, { signer: own.signer, jwk, now: activation.iat });
		writeFileSync(forger.path(name), writeFile([key!.text, body.text, token], []));
		return office.submit(forger, name);
	};
	expect(codes(await forge('own-key.kfret', own.jwk))).toEqual(['MACHINE_KEY_MISMATCH']);
	expect(codes(await forge('its-key.kfret', request.cnf.jwk))).toEqual(['SIGNATURE_INVALID']);
	expect(forger.files('.kfrcp')).toEqual([]);
	expect(await office.used(license.number)).toBe(1);
	expect(await office.states(machine)).toEqual(['active']);
});

test('[SE5] a return under a key that a desk holds cools; the machine takes its own seat back', async () => {
	const license = await office.issue('--seats', '1', '--expires', '2099-12-31');
	const machine = office.field.machine('held');
	const desk = await makeKey();
	const { fp } = await machineOf(recordedProbe(recording('held')));
	const claims = requestClaims(desk, { num: license.number, fp, held: 'desk', label: 'held' });
	const request = await signToken('activation-request', claims, desk.signer);
	writeFileSync(machine.path('held.kfreq'), writeFile([request], []));
	said(
		await machine.keyferry(['submit', 'held.kfreq', '--json'], {
			env: office.asStaff.env!
		})
	);
	said(await office.load(machine, 'held.kfact'));
	const here = await machine.keyferry(['return', '--json']);
	expect([here.code, codes(here)]).toEqual([3, ['MACHINE_KEY_MISMATCH']]);
	expect(await office.states(machine)).toEqual(['active']);

	const activation = activationIn(machine, 'held.kfact');
	const { key, body } = readTokens(machine, 'held.kfact');
	const token = await makeReturn(activation, { ...desk, now: activation.iat });
	writeFileSync(machine.path('held.kfret'), writeFile([key!.text, body.text, token], []));
	const [row] = await submitted(machine, 'held.kfret');
	expect(row).toMatchObject({ outcome: 'returned', freed: activation.exp });
	expect(await office.used(license.number)).toBe(1);
	const other = office.field.machine('held-other');
	const refused = await office.submit(other, await office.request(other, license));
	expect(codes(refused)).toEqual(['SEAT_LIMIT_REACHED']);

	said(await office.load(machine, 'held.kfrcp'));
	expect(await office.states(machine)).toEqual(['returned']);
	const answer = await office.activate(machine, license);
	expect(activationIn(machine, answer).act).not.toBe(activation.act);
	expect(await office.states(machine)).toEqual(['active']);
	expect(await office.used(license.number)).toBe(1);
});

test('[MA4, O6] the app asks for the label, locks at once, saves again and loads the receipt', async () => {
	const license = await office.issue('--seats', '1');
	const machine = office.field.machine('app-rack');
	await office.activate(machine, license);
	const app = (...lines: string[]) => machine.app([...lines, 'q'], { roots: office.roots });
	const doubt = await app('r', 'another', '1');
	expect(doubt.stdout).toContain('Nothing was changed.');
	expect(doubt.stdout).toContain('sum → 63');
	expect(machine.files('.kfret')).toEqual([]);

	const given = await app('r', 'app-rack', '1', 's', 'r');
	expect(given.stdout).toContain('✓ The seat is given back and locked.');
	expect(given.stdout).not.toContain('sum → 63');
	expect(given.stdout).toContain('load its receipt');
	expect(given.stdout).toContain('There is nothing to return on this machine.');
	const [file = ''] = machine.files('.kfret');
	const before = bytes(machine, file);
	rmSync(machine.path(file));
	await app('a');
	expect(bytes(machine, file)).toBe(before);

	writeFileSync(machine.path('key.kflic'), license.key);
	const asked = await app('u', 'Ada', 'Example GmbH', 'key.kflic');
	expect(asked.stdout).toContain(`It carries the return of ${license.number} along.`);
	await submitted(machine, file);
	const [receipt = ''] = machine.files('.kfrcp');
	const settled = await app('l', receipt, 's', 'a');
	expect(settled.stdout).toContain('✓ The return is settled.');
	expect(settled.stdout).toContain('✗ given back\n');
	expect(settled.stdout).toContain('There is nothing to return on this machine.');
});

test('[MA4] several activations are named, and saving one again never locks another', async () => {
	const machine = office.field.machine('several');
	const one = activationIn(machine, await office.activate(machine, await office.issue()));
	const two = await office.issue();
	await office.activate(machine, two);
	const unclear = await machine.keyferry(['return']);
	expect(unclear.code).toBe(2);
	expect(unclear.stderr).toContain(one.act);
	expect(unclear.stderr).toContain(two.number);
	const file = await office.giveBack(machine, one.act);
	expect((await machine.keyferry(['return'])).code).toBe(2);
	expect(await office.giveBack(machine, one.num.toLowerCase())).toBe(file);
	expect((await office.states(machine)).toSorted()).toEqual(['active', 'returning']);
	const unknown = await machine.keyferry(['return', 'KF-0000', '--json']);
	expect([unknown.code, codes(unknown)]).toEqual([3, ['ACTIVATION_UNKNOWN']]);
});

test('[FI5] inspect and verify know returns and receipts', async () => {
	const machine = office.field.machine('inspected');
	const license = await office.issue();
	await office.activate(machine, license);
	const file = await office.giveBack(machine);
	const request = await office.request(machine, license);
	await submitted(machine, file);
	mkdirSync(machine.path('kept'));
	for (const name of [file, request, file.replace('.kfret', '.kfrcp')]) {
		copyFileSync(machine.path(name), machine.path(`kept/${name}`));
		const roots = ['--roots', office.roots, '--json'];
		const inspected = await machine.keyferry(['inspect', name, ...roots]);
		expect(JSON.parse(inspected.stdout)).toMatchObject([{ verified: true }]);
		expect(said(await machine.keyferry(['verify', name, ...roots]))).toMatchObject({
			verified: true
		});
	}
	const load = await office.load(machine, file);
	expect(JSON.parse(load.stdout)).toMatchObject([{ outcome: 'no-answer', type: 'return' }]);
});
