/** Seats given back on the machine, by the SDK: locks, keys, receipts, and what is learned at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { readFile, writeFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { openLicensing, type Licensing } from '#lib/sdk/node/licensing.ts';
import { createReturn, givenBack, type MadeReturn } from '#lib/sdk/node/returns.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import { openMachineKey } from '#lib/sdk/node/machine-key.ts';
import { openState, type MachineState } from '#lib/sdk/node/state.ts';
import { keepTrust, readTrust } from '#lib/sdk/node/trust.ts';
import { signToken } from '#lib/signing/jws.ts';
import { verifyReturn } from '#lib/signing/return.ts';
import { recording } from './journeys/field-machine.ts';
import { activationClaims, makeHub, NOW, terms } from './fixtures/chain.ts';

type Hub = Awaited<ReturnType<typeof makeHub>>;
const use = ['license', 'activation', 'refusal', 'revocation', 'receipt'];
let hub: Hub;
let folder: string;
beforeAll(async () => {
	hub = await makeHub({ use });
});
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'keyferry-returns-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sure = <T>(value: T): Exclude<T, Refusal> => {
	if (isRefusal(value)) throw new Error(value.refused);
	return value as Exclude<T, Refusal>;
};
const probe = () => recordedProbe(recording('bench'));
const state = async (): Promise<MachineState> =>
	sure(await openState({ state: folder, probe: probe() }));
const open = async (): Promise<Licensing> => {
	const roots = [hub.root.jwk];
	return sure(await openLicensing({ roots, state: folder, probe: probe(), now: () => NOW }));
};

/** Loads an activation whose key is this machine's. @param by - The hub that signs. */
async function activated(
	changes: Partial<Claims['activation']> = {},
	by: Hub = hub
): Promise<Claims['activation']> {
	const own = await state();
	const { signer } = await openMachineKey(own);
	const { fp } = own.machine;
	const claims = activationClaims({ fp, cnf: { jkt: signer.kid }, ...changes });
	const file = await signed('activation', claims, by);
	const roots = [by.root.jwk];
	const licensing = sure(
		await openLicensing({ roots, state: folder, probe: probe(), now: () => NOW })
	);
	expect(await licensing.load(file)).toMatchObject([{ outcome: 'loaded' }]);
	return claims;
}

async function signed<T extends 'activation' | 'receipt'>(
	type: T,
	claims: Claims[T],
	by: Hub = hub
): Promise<string> {
	return writeFile([by.hubKey, await signToken(type, claims, by.hub.signer)], []);
}

const receiptOf = (act: string, freed: true | number = true): Claims['receipt'] => ({
	v: 1,
	jti: uuidv7(),
	iat: NOW,
	iss: 'https://hub.example.com',
	ret: uuidv7(),
	act,
	sub: terms.sub,
	freed
});

describe('a return', () => {
	test('[MA4] is signed by the machine key, verifies at the hub, and is made once', async () => {
		const { act } = await activated();
		const licensing = await open();
		const made = await Promise.all(
			Array.from({ length: 8 }, async () => sure(await licensing.createReturn()))
		);
		expect(new Set(made.map(({ file }) => file)).size).toBe(1);
		const { file } = made[0] as MadeReturn;
		const verified = await verifyReturn(sure(readFile(file)), { roots: [hub.root.jwk] });
		expect(verified).toMatchObject({ claims: { act, gen: 1 } });
		expect(await licensing.has('dataflow')).toBe(false);
	});

	test('[MA4] a file that lies there locks, even a damaged one', async () => {
		const { act } = await activated();
		const licensing = await open();
		expect(await licensing.has('dataflow')).toBe(true);
		mkdirSync(join(folder, 'returns'));
		writeFileSync(join(folder, 'returns', `${act}.kfret`), '');
		expect(await licensing.has('dataflow')).toBe(false);
		expect(await licensing.status()).toMatchObject({
			licenses: [{ state: 'returning', reason: { refused: 'ACTIVATION_RETURNED' } }]
		});
	});

	test('[MA4] locked in either folder counts', async () => {
		const { act } = await activated();
		const other = join(folder, 'other');
		mkdirSync(join(other, 'returns'), { recursive: true });
		writeFileSync(join(other, 'returns', `${act}.kfret`), '');
		const own = await state();
		const both = { ...own, folders: { write: folder, read: [folder, other] } };
		expect([...givenBack(own).keys()]).toEqual([]);
		expect([...givenBack(both).keys()]).toEqual([act]);
	});

	test('[MA4] nothing is locked where the key is gone', async () => {
		await activated({ cnf: { jkt: 'k'.repeat(43) } });
		const licensing = await open();
		expect(await licensing.createReturn()).toMatchObject({ refused: 'MACHINE_KEY_MISMATCH' });
		expect(existsSync(join(folder, 'returns'))).toBe(false);
		expect(await licensing.has('dataflow')).toBe(true);
	});

	test('[MA4] only those that this product holds are looked at', async () => {
		await activated();
		await activated({ prd: 'harbor' });
		expect(await createReturn(await state(), { now: NOW })).toMatchObject({
			refused: 'ACTIVATION_AMBIGUOUS'
		});
		const made = sure(await createReturn(await state(), { product: 'harbor', now: NOW }));
		expect(made.activation.prd).toBe('harbor');
	});

	test('[MA4] a request takes along what its own hub can take, and no other vendor’s', async () => {
		const vendor = await makeHub({ use });
		const own = await activated({ num: 'KF-1111-1111-111B' });
		const foreign = await activated(
			{ iss: 'Other', prd: 'quay', num: 'KF-2222-2222-222P' },
			vendor
		);
		const licensing = await open();
		for (const { act } of [own, foreign]) sure(await licensing.createReturn(act));
		const license: Claims['license'] = {
			v: 1,
			jti: uuidv7(),
			iat: NOW,
			iss: 'https://hub.example.com',
			...terms,
			seats: 2,
			sec: `${'c'.repeat(21)}g`
		};
		const key = writeFile([hub.hubKey, await signToken('license', license, hub.hub.signer)], []);
		const request = sure(await licensing.createRequest({ key, name: 'Ada' }));
		expect(request.returns.map(({ act }) => act)).toEqual([own.act]);
		expect(sure(readFile(request.file)).returns).toHaveLength(1);
		const [kept = ''] = readdirSync(join(folder, 'requests')).filter((n) => n.endsWith('.kfreq'));
		expect(readFileSync(join(folder, 'requests', kept), 'utf8')).toBe(request.file);
	});
});

describe('a receipt', () => {
	test('[MA4] ends a return; of what is not here it says so; a forged one changes nothing', async () => {
		const { act } = await activated();
		const licensing = await open();
		const made = sure(await licensing.createReturn());
		const forger = await makeHub({ use });
		expect(await licensing.load(await signed('receipt', receiptOf(act), forger))).toMatchObject([
			{ outcome: 'refused', reason: { refused: 'KEY_UNKNOWN' } }
		]);
		expect(sure(await licensing.createReturn()).file).toBe(made.file);
		expect(await licensing.load(await signed('receipt', receiptOf(uuidv7())))).toMatchObject([
			{ outcome: 'elsewhere' }
		]);
		const file = await signed('receipt', receiptOf(act, NOW + 86_400));
		expect(await licensing.load(file)).toMatchObject([{ outcome: 'returned', again: false }]);
		expect(await licensing.load(file)).toMatchObject([{ outcome: 'returned', again: true }]);
		expect(await licensing.createReturn()).toMatchObject({
			refused: 'ACTIVATION_RETURNED',
			facts: { settled: true }
		});
		expect(await licensing.status()).toMatchObject({
			licenses: [{ state: 'returned', coolsUntil: NOW + 86_400 }]
		});
	});

	test('[MA4] locks what somebody else gave back for this machine', async () => {
		const { act } = await activated();
		const licensing = await open();
		await licensing.load(await signed('receipt', receiptOf(act)));
		expect(await licensing.has('dataflow')).toBe(false);
	});
});

describe('what is learned', () => {
	test('[FI8] by several processes at once is lost by none of them', async () => {
		const count = 25;
		const fixture = join(import.meta.dirname, 'trust-writer.fixture.ts');
		const names = ['a', 'b', 'c', 'd'];
		const writers = names.map((name) =>
			spawn(process.execPath, [fixture, folder, name, `${count}`], { stdio: 'inherit' })
		);
		const ended = Promise.all(writers.map((writer) => once(writer, 'exit')));
		let running = true;
		void ended.then(() => (running = false));
		const own = { folders: { write: folder, read: [folder] } };
		const seen = new Set<string>();
		while (running) {
			const { retired } = readTrust(own);
			// What was known once is known for ever.
			expect([...seen].filter((act) => !retired.includes(act))).toEqual([]);
			for (const act of retired) seen.add(act);
			await new Promise((done) => setImmediate(done));
		}
		expect((await ended).map(([code]) => code as number)).toEqual(names.map(() => 0));
		expect(readTrust(own).retired).toHaveLength(names.length * count);
		keepTrust(own, { ...emptyTrustState, retired: ['last'] });
		expect(readdirSync(join(folder, 'trust'))).toHaveLength(1);
	});
});
