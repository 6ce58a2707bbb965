/** The SDK over real chains: verifying, keys as people enter them, state on a disk. */
import {
	cpSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { writeFile } from '#lib/formats/file.ts';
import type { Claims, PublicJwk } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { judgeKey } from '#lib/sdk/judge-key.ts';
import { openLicensing, type Licensing, type LicensingOptions } from '#lib/sdk/node/licensing.ts';
import { recordedProbe, type Recording } from '#lib/sdk/node/sources/recorded.ts';
import { openMachineKey } from '#lib/sdk/node/machine-key.ts';
import { openState } from '#lib/sdk/node/state.ts';
import { verifyActivation } from '#lib/sdk/verify.ts';
import { signToken } from '#lib/signing/jws.ts';
import { proofOf } from '#lib/signing/request.ts';
import { recording } from './journeys/field-machine.ts';
import { activationClaims, fingerprint, makeHub, NOW, terms } from './fixtures/chain.ts';

const DAY = 86_400;
const SECRET = `${'c'.repeat(21)}g`;
let hub: Awaited<ReturnType<typeof makeHub>>;
let roots: PublicJwk[];
beforeAll(async () => {
	hub = await makeHub();
	roots = [hub.root.jwk];
});

async function activationFile(changes: Partial<Claims['activation']> = {}): Promise<string> {
	const token = await signToken('activation', activationClaims(changes), hub.hub.signer);
	return writeFile([hub.hubKey, token], []);
}

async function revocationOf(act: string): Promise<string[]> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(act));
	const acts = [Buffer.from(digest).subarray(0, 9).toString('base64url')];
	const every = { v: 1, jti: uuidv7(), iat: NOW, iss: 'https://hub.example.com' };
	const claims = { ...every, sub: terms.sub, seq: 1, acts };
	return [hub.hubKey, await signToken('revocation', claims, hub.hub.signer)];
}

const license = (changes: Partial<Claims['license']> = {}): Claims['license'] => ({
	v: 1,
	jti: uuidv7(),
	iat: NOW,
	iss: 'https://hub.example.com',
	...terms,
	seats: 2,
	sec: SECRET,
	...changes
});

const licenseKey = async (changes: Partial<Claims['license']> = {}) =>
	writeFile([hub.hubKey, await signToken('license', license(changes), hub.hub.signer)], []);

describe('verifying an activation file', () => {
	const machine = { fp: fingerprint('rack-07'), vm: false };
	const asked = () => ({ roots, machine, now: NOW, state: emptyTrustState });

	test('[FI8, CL1] a good file gives its claims and a state that has grown', async () => {
		const claims = activationClaims();
		const token = await signToken('activation', claims, hub.hub.signer);
		const verified = await verifyActivation(`${hub.hubKey}~${token}`, asked());
		expect(verified).toMatchObject({
			activation: claims,
			state: { trustedAt: NOW, generations: { [claims.act]: 1 } }
		});
	});

	test('[FI2] a license key is no activation', async () => {
		expect(await verifyActivation(await licenseKey(), asked())).toEqual(
			refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['activation'], found: 'license' })
		);
	});

	test('[FI8] a chain to a root that is not pinned is refused', async () => {
		const other = await makeHub();
		const refused = await verifyActivation(await activationFile(), {
			...asked(),
			roots: [other.root.jwk]
		});
		expect(refused).toMatchObject({ refused: 'KEY_UNKNOWN' });
	});

	test('[FI1] an older generation is refused once a newer one was seen', async () => {
		const act = uuidv7();
		const newer = await verifyActivation(await activationFile({ act, gen: 3 }), asked());
		if (isRefusal(newer)) throw new Error(newer.refused);
		const { state } = newer;
		const older = await verifyActivation(await activationFile({ act, gen: 2 }), {
			...asked(),
			state
		});
		expect(older).toEqual(refuse('GENERATION_SUPERSEDED', { generation: 2, newest: 3 }));
	});

	test('[FI8] an activation that the hub retired is refused, by the file that says so', async () => {
		const act = uuidv7();
		const token = await signToken('activation', activationClaims({ act }), hub.hub.signer);
		const file = [...(await revocationOf(act)), hub.hubKey, token].join('~');
		expect(await verifyActivation(file, asked())).toMatchObject({ refused: 'ACTIVATION_RETIRED' });
	});

	test.for([
		{ now: NOW + DAY - 1, refused: undefined },
		{ now: NOW + DAY, refused: 'ACTIVATION_EXPIRED' }
	])('[CL1] expiry is exact: $now', async ({ now, refused }) => {
		const file = await activationFile({ exp: NOW + DAY });
		const verified = await verifyActivation(file, { ...asked(), now });
		expect(isRefusal(verified) ? verified.refused : undefined).toBe(refused);
	});

	test('[CL1] a clock set back revives nothing, and is told', async () => {
		const state = { ...emptyTrustState, trustedAt: NOW + 400 * DAY };
		const clock = { ...asked(), state, now: NOW };
		expect(await verifyActivation(await activationFile({ exp: NOW + DAY }), clock)).toMatchObject({
			refused: 'ACTIVATION_EXPIRED',
			facts: { clock: NOW, trusted: NOW + 400 * DAY }
		});
		expect(await verifyActivation(await activationFile(), clock)).toMatchObject({
			notice: { refused: 'CLOCK_BEHIND' }
		});
	});
});

describe('what people enter as a product key', () => {
	const expected = {
		product: 'atlas-server',
		version: '8.2',
		contact: 'upgrades@example.com',
		foreignKeys: [{ pattern: 'EXD6-....-....-....', name: 'Atlas Server 6' }]
	};

	test('[K2] a number is read as people type it', async () => {
		const number = makeLicenseNumber(new Uint8Array(11).fill(17));
		const typed = ` ${number.toLowerCase().replaceAll('-', ' ')} `;
		expect(await judgeKey(typed, expected)).toEqual({ number });
	});

	test('[K2] a license key gives number and claims, with its chain or bare', async () => {
		const file = await licenseKey();
		const bare = await signToken('license', license(), hub.hub.signer);
		expect(await judgeKey(file, { ...expected, roots })).toMatchObject({ number: terms.num });
		expect(await judgeKey(bare, { ...expected, roots })).toMatchObject({ number: terms.num });
	});

	test('[FI3] a license key whose secret has stray bits is refused, not a fault', async () => {
		const bare = await signToken('license', license({ sec: 'c'.repeat(22) }), hub.hub.signer);
		expect(await judgeKey(bare, expected)).toMatchObject({ refused: 'CLAIMS_INVALID' });
	});

	test('[K2] a license key of another vendor is refused', async () => {
		const other = await makeHub();
		const wished = { ...expected, roots: [other.root.jwk] };
		expect(await judgeKey(await licenseKey(), wished)).toMatchObject({ refused: 'KEY_UNKNOWN' });
	});

	test('[K3] an old foreign key names its product and the contact', async () => {
		expect(await judgeKey('exd6-AAAA-bbbb-CCCC', expected)).toEqual(
			refuse('KEY_FOREIGN', { product: 'Atlas Server 6', contact: 'upgrades@example.com' })
		);
	});

	test('[K3] a key for versions 6 and 7 is refused with the contact', async () => {
		expect(await judgeKey(await licenseKey({ ver: { from: 6, to: 7 } }), expected)).toEqual(
			refuse('VERSION_NOT_COVERED', {
				version: '8.2',
				from: 6,
				to: 7,
				contact: 'upgrades@example.com'
			})
		);
	});

	test('[K3] a key of another product is refused', async () => {
		expect(await judgeKey(await licenseKey({ prd: 'harbor' }), expected)).toEqual(
			refuse('PRODUCT_MISMATCH', { expected: 'atlas-server', found: 'harbor' })
		);
	});
});

describe('a machine with state on its disk', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'keyferry-sdk-'));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	const open = async (
		name = 'bench-1',
		options: Partial<LicensingOptions> & { sources?: Recording } = {}
	): Promise<Licensing> => {
		const probe = recordedProbe(options.sources ?? recording(name));
		const state = join(folder, 'state');
		const opened = await openLicensing({ roots, probe, state, now: () => NOW, ...options });
		if (isRefusal(opened)) throw new Error(opened.refused);
		return opened;
	};
	const made = async (licensing: Licensing, key: string) => {
		const request = await licensing.createRequest({ key, name: 'Site Admin', label: 'rack 1' });
		if (isRefusal(request)) throw new Error(request.refused);
		return request;
	};

	test('[RE2] a request made with the license key proves it and does not show it', async () => {
		const { claims, file, name } = await made(await open(), await licenseKey());
		const { thumbprint } = await import('#lib/signing/keys.ts');
		const jkt = await thumbprint(claims.cnf.jwk);
		expect(claims.proof).toBe(await proofOf(SECRET, claims.jti, jkt));
		expect(file).not.toContain(SECRET);
		expect(name).toMatch(/^rack-1_C4X7_[0-9a-f]{6}\.kfreq$/);
	});

	test('[MA3] the machine key is made once, readable by nobody else; no file tells the secret', async () => {
		const licensing = await open();
		const first = await made(licensing, await licenseKey());
		const second = await made(await open(), await licenseKey());
		expect(second.claims.cnf).toEqual(first.claims.cnf);
		const state = join(folder, 'state');
		expect(statSync(join(state, 'machine-key.json')).mode & 0o777).toBe(0o600);
		expect(statSync(join(state, 'machine.json')).mode & 0o777).toBe(0o644);
		for (const name of readdirSync(state, { recursive: true, withFileTypes: true }))
			if (name.isFile())
				expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toContain(SECRET);
	});

	test('[MA3] of several at once the first machine key stays', async () => {
		const probe = recordedProbe(recording('bench-1'));
		const opened = await openState({ state: join(folder, 'state'), probe });
		if (isRefusal(opened)) throw new Error(opened.refused);
		const keys = await Promise.all(Array.from({ length: 8 }, () => openMachineKey(opened)));
		expect(new Set(keys.map(({ signer }) => signer.kid)).size).toBe(1);
		expect(readdirSync(join(folder, 'state'))).toEqual(['machine-key.json']);
	});

	test('[K4, K5] an activation for this machine opens what it entitles to and nothing else', async () => {
		const licensing = await open();
		expect(await licensing.has('dataflow')).toBe(false);
		const { claims } = await made(licensing, await licenseKey());
		expect((await licensing.status()).waiting).toHaveLength(1);
		const { fp, jti: req } = claims;
		const file = await activationFile({ fp, req, ent: ['dataflow'] });
		expect(await licensing.load(file)).toMatchObject([
			{ outcome: 'loaded', changes: [{ what: 'activated' }] }
		]);
		expect(await licensing.has('dataflow')).toBe(true);
		expect(await licensing.has('workflow')).toBe(false);
		expect(await licensing.status()).toMatchObject({
			licenses: [{ state: 'active', seats: 2, clients: 25, entitlements: ['dataflow'] }],
			waiting: []
		});
	});

	test('[P7] what works from a version on is refused before it, with both versions', async () => {
		const first = await open();
		const { claims } = await made(first, await licenseKey());
		const { fp, jti: req } = claims;
		await first.load(await activationFile({ fp, req, ent: ['dataflow', 'remote-management'] }));
		const since = { 'remote-management': '8.2' };
		const older = await open('bench-1', { version: '8.1.9', since });
		expect(await older.has('dataflow')).toBe(true);
		expect(await older.has('remote-management')).toBe(false);
		expect(await older.whyNot('remote-management')).toEqual(
			refuse('ENTITLEMENT_NEEDS_VERSION', {
				entitlement: 'remote-management',
				since: '8.2',
				version: '8.1.9'
			})
		);
		expect(await older.whyNot('export')).toEqual(
			refuse('ENTITLEMENT_MISSING', { entitlement: 'export' })
		);
		expect((await older.status()).licenses).toMatchObject([{ needsVersion: since }]);
		const newer = await open('bench-1', { version: '8.10', since });
		expect(await newer.whyNot('remote-management')).toBeUndefined();
		expect((await newer.status()).licenses[0]?.needsVersion).toBeUndefined();
		await expect(open('bench-1', { since })).rejects.toThrow('names its version');
	});

	test('[CL1] a machine that came back with a snapshot, or whose clock did, is warned and goes on', async () => {
		const licensing = await open();
		const { claims } = await made(licensing, await licenseKey());
		const { fp, jti: req } = claims;
		const act = uuidv7();
		const state = join(folder, 'state');
		const load = async (gen: number, iat: number) =>
			licensing.load(await activationFile({ act, gen, fp, req, iat, nbf: iat, ent: ['dataflow'] }));
		const newest = NOW + 100 * DAY;
		await load(1, NOW);
		expect((await licensing.status()).lastSeen).toBe(NOW);
		cpSync(state, join(folder, 'snapshot'), { recursive: true });
		await load(2, newest);
		const warned = {
			lastSeen: newest,
			notice: refuse('CLOCK_BEHIND', { clock: NOW, trusted: newest }),
			licenses: [{ state: 'active', generation: 2 }]
		};
		expect(await licensing.status()).toMatchObject(warned);
		// Only what was learned is lost: the file itself says when it was signed.
		rmSync(join(state, 'trust'), { recursive: true });
		expect(await licensing.status()).toMatchObject(warned);
		expect(await licensing.has('dataflow')).toBe(true);
		// All of it is older: nothing here can know, and what is said is what was seen.
		rmSync(state, { recursive: true });
		cpSync(join(folder, 'snapshot'), state, { recursive: true });
		const restored = await licensing.status();
		expect(restored).toMatchObject({ lastSeen: NOW, licenses: [{ generation: 1 }] });
		expect(restored.notice).toBeUndefined();
	});

	test.for([0, NOW - DAY, NOW])(
		'[MA3] after a clock that was ahead once, or at %i, a later request is shown as waiting',
		async (now) => {
			const ahead = await open('bench-1', { now: () => NOW + 9_000 * DAY });
			const first = await made(ahead, await licenseKey());
			const { fp, jti: req } = first.claims;
			await ahead.load(await activationFile({ fp, req }));
			expect((await ahead.status()).waiting).toEqual([]);
			const after = await open('bench-1', { now: () => now });
			const second = await made(after, await licenseKey());
			expect(second.claims.jti < first.claims.jti).toBe(true);
			expect((await after.status()).waiting).toMatchObject([{ request: second.claims.jti }]);
		}
	);

	test('[O7] a newer file says what changed', async () => {
		const licensing = await open();
		const { fp } = licensing.machine;
		const act = uuidv7();
		await licensing.load(await activationFile({ act, fp, ent: ['dataflow'], exp: NOW + DAY }));
		const later = { act, fp, gen: 2, ent: ['subflow'], exp: NOW + 9 * DAY };
		expect(await licensing.load(await activationFile(later))).toMatchObject([
			{
				outcome: 'loaded',
				changes: [
					{ what: 'generation', from: 1, to: 2 },
					{ what: 'entitlements', added: ['subflow'], removed: ['dataflow'] },
					{ what: 'expiry', from: NOW + DAY, to: NOW + 9 * DAY }
				]
			}
		]);
	});

	test('[FI1] a file put into the folder by hand is verified like any other', async () => {
		const licensing = await open();
		const { fp } = licensing.machine;
		const act = uuidv7();
		await licensing.load(await activationFile({ act, fp }));
		const path = join(folder, 'state', 'activations', `${act}.kfact`);
		const forger = await makeHub();
		const token = await signToken('activation', activationClaims({ act, fp }), forger.hub.signer);
		writeFileSync(path, writeFile([forger.hubKey, token], []));
		expect(await licensing.has('dataflow')).toBe(false);
		expect((await licensing.status()).licenses).toEqual([]);
	});

	test('[FI8] a retirement that arrives with another file locks what ran before', async () => {
		const licensing = await open();
		const { fp } = licensing.machine;
		const act = uuidv7();
		await licensing.load(await activationFile({ act, fp }));
		expect(await licensing.has('dataflow')).toBe(true);
		const elsewhere = await signToken('activation', activationClaims(), hub.hub.signer);
		const file = [...(await revocationOf(act)), hub.hubKey, elsewhere].join('~');
		expect(await licensing.load(file)).toMatchObject([{ outcome: 'elsewhere' }]);
		expect(await licensing.has('dataflow')).toBe(false);
		expect((await licensing.status()).licenses).toMatchObject([{ state: 'retired' }]);
	});

	test('[FI5] a bare token is completed from files met before', async () => {
		const licensing = await open();
		const { fp } = licensing.machine;
		const bare = await signToken('activation', activationClaims({ fp }), hub.hub.signer);
		expect(await licensing.load(bare)).toMatchObject([
			{ outcome: 'refused', reason: { refused: 'CHAIN_INCOMPLETE' } }
		]);
		await licensing.load(await activationFile({ fp }));
		expect(await licensing.load(bare)).toMatchObject([{ outcome: 'loaded' }]);
	});

	test('[O11] a refusal is kept with its request and disappears behind a later answer', async () => {
		const licensing = await open();
		const { claims } = await made(licensing, await licenseKey());
		const facts = { number: terms.num, seats: 2, used: 2, contact: terms.contact };
		const every = { v: 1, jti: uuidv7(), iat: NOW, iss: 'https://hub.example.com' };
		const refusal = { ...every, req: claims.jti, code: 'SEAT_LIMIT_REACHED', facts };
		const file = `${hub.hubKey}~${await signToken('refusal', refusal, hub.hub.signer)}`;
		expect(await licensing.load(file)).toMatchObject([
			{ outcome: 'answered-no', code: 'SEAT_LIMIT_REACHED', facts }
		]);
		expect(await licensing.status()).toMatchObject({
			waiting: [],
			refused: [{ code: 'SEAT_LIMIT_REACHED', number: terms.num }]
		});
		const { fp } = licensing.machine;
		await licensing.load(await activationFile({ fp, req: claims.jti }));
		expect((await licensing.status()).refused).toEqual([]);
		const stranger = { ...refusal, jti: uuidv7(), req: uuidv7() };
		const other = `${hub.hubKey}~${await signToken('refusal', stranger, hub.hub.signer)}`;
		expect(await licensing.load(other)).toMatchObject([{ outcome: 'elsewhere' }]);
	});

	test('[MA3] the state of another machine is refused with the components that differ', async () => {
		await made(await open('bench-1'), await licenseKey());
		const state = join(folder, 'state');
		const probe = recordedProbe(recording('bench-2', { disk: 'bench-1' }));
		expect(await openLicensing({ roots, probe, state })).toEqual(
			refuse('STATE_OF_OTHER_MACHINE', { folder: state, differ: ['os', 'fs', 'mac'] })
		);
	});

	test('[MA6] a fingerprint given by hand is kept, and stands alone', async () => {
		const bare = { system: 'linux', files: {} } as const;
		const licensing = await open('box', { sources: bare });
		const key = await licenseKey({ pol: { ...terms.pol, given: true } });
		expect(await licensing.createRequest({ key, name: 'A' })).toMatchObject({
			refused: 'FINGERPRINT_TOO_WEAK'
		});
		const asked = await licensing.createRequest({ key, name: 'A', given: 'rig-7' });
		if (isRefusal(asked)) throw new Error(asked.refused);
		expect(asked.claims.fp).toEqual({ given: expect.any(String) as string });
		const again = await open('box', { sources: bare });
		expect(again.machine.fp).toEqual(asked.claims.fp);
		const pol = { ...terms.pol, given: true };
		const file = await activationFile({ fp: asked.claims.fp, k: 1, pol });
		expect(await again.load(file)).toMatchObject([{ outcome: 'loaded' }]);
	});

	test('[S8] a virtual machine learns before the journey that this license refuses it', async () => {
		const licensing = await open('vm', { sources: recording('vm', { vm: true }) });
		const key = await licenseKey({ pol: { ...terms.pol, vm: false } });
		expect(await licensing.createRequest({ key, name: 'A' })).toMatchObject({
			refused: 'VIRTUAL_MACHINE_REFUSED'
		});
	});

	test('[O2] a folder: each file by itself, strangers, damage and what is none of ours named', async () => {
		const licensing = await open();
		const { fp } = licensing.machine;
		const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
		put('a.kfact', await activationFile({ fp }));
		put('b.kfact.txt', await activationFile({ label: 'rack-99' }));
		put('c.kfact', (await activationFile({ fp })).slice(0, 500));
		put('photo.jpg', '-----BEGIN KEYFERRY ACTIVATION-----');
		put('README.txt', 'Of somebody else.');
		expect(await licensing.load(folder)).toMatchObject([
			{ source: 'README.txt', outcome: 'refused', reason: { facts: { reason: 'nothing-found' } } },
			{ source: 'a.kfact', outcome: 'loaded' },
			{ source: 'b.kfact.txt', outcome: 'elsewhere', whose: { label: 'rack-99' } },
			{ source: 'c.kfact', outcome: 'refused', reason: { refused: 'FILE_MALFORMED' } },
			{ source: 'photo.jpg', outcome: 'refused', reason: { facts: { reason: 'end-missing' } } }
		]);
	});
});
