/** The vector files as a whole: they say what their generator says, and QR codes stay small. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import { encodeQr, QR_CODE_LENGTH_LIMIT } from '#lib/formats/qr.ts';
import type { Claims, TokenType } from '#lib/formats/tokens.ts';
import { signToken } from '#lib/signing/jws.ts';
import { makeKey, type TestKey } from './fixtures/chain.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('[FI7] the vectors are what `npm run vectors` makes, byte for byte', () => {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-vectors-'));
	try {
		const script = join(root, 'scripts/vectors.ts');
		const made = spawnSync(process.execPath, [script, folder], { cwd: root, encoding: 'utf8' });
		expect(made.stderr).toBe('');
		const names = readdirSync(folder);
		expect(names.length).toBeGreaterThan(10);
		for (const name of names) {
			const committed = readFileSync(join(root, 'tests/vectors', name), 'utf8');
			expect(readFileSync(join(folder, name), 'utf8') === committed, name).toBe(true);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

const digits = (alphabet: string, length: number) =>
	fc
		.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
		.map((signs) => signs.join(''));
const base64url = (bytes: number) =>
	fc
		.uint8Array({ minLength: bytes, maxLength: bytes })
		.map((data) => Buffer.from(data).toString('base64url'));
const uuid = fc
	.uint8Array({ minLength: 16, maxLength: 16 })
	.map((bytes) => uuidOf(Buffer.from(bytes).toString('hex')));

/** Version 7, of these years; all else random. */
function uuidOf(hex: string): string {
	const text = `019b${hex.slice(4, 12)}7${hex.slice(13, 16)}9${hex.slice(17)}`;
	return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const seconds = fc.integer({ min: 1_763_000_000, max: 1_900_000_000 });
const hash = base64url(16);
const fp: fc.Arbitrary<Fingerprint> = fc.record({
	os: hash,
	fs: hash,
	board: hash,
	disk: hash,
	mac: fc.tuple(hash, hash)
});
const group = digits('0123456789ABCDEFGHJKMNPQRSTVWXY', 4);
const num = fc.tuple(group, group, group).map((groups) => `KF-${groups.join('-')}`);
const name = fc.constantFrom('Jana Novotná', 'Max Mustermann', 'Ana María López', 'Site Admin');
const org = fc.constantFrom(
	'Beispiel Werke AG',
	'Stadtwerke Musterstadt GmbH',
	'Sample Pharma Inc.'
);
const label = fc.constantFrom('srv-db-01', 'ws-0042.plant.example', 'turbine-hall-7', 'LAB-PC-113');
// Eight letters each, and little in common.
const features = ['dataflow', 'workflow', 'subflows', 'reportin', 'exporter', 'modeling'].concat([
	'auditing',
	'clusters',
	'realtime',
	'archives',
	'gateways',
	'baseline',
	'schedule'
]);

const request = (jwk: TestKey['jwk']): fc.Arbitrary<Claims['activation-request']> =>
	fc.record({
		v: fc.constant(1),
		jti: uuid,
		iat: seconds,
		num,
		proof: hash,
		fp,
		vm: fc.boolean(),
		os: fc.constantFrom('linux 6.8.0-45-generic', 'win32 10.0.22631', 'darwin 24.1.0'),
		pv: fc.constantFrom('8.2', '9.0.14'),
		name,
		org,
		label,
		site: fc.constantFrom('Plant North', 'Werk 2'),
		cnf: fc.constant({ jwk })
	});

const activation = (jkt: string): fc.Arbitrary<Claims['activation']> =>
	fc.record({
		v: fc.constant(1),
		jti: uuid,
		iat: seconds,
		iss: fc.constantFrom('https://hub.vendor.example', 'https://licensing.example.org'),
		sub: uuid,
		num,
		prd: fc.constantFrom('atlas-server', 'modeler', 'data-integrator'),
		title: fc.constantFrom('Atlas Server', 'Modeler Studio', 'Data Integrator'),
		ed: fc.constantFrom('standard', 'professional', 'enterprise'),
		ent: fc.shuffledSubarray(features, { minLength: 8, maxLength: 8 }),
		clients: fc.integer({ min: 1, max: 500 }),
		ver: fc.constant({ from: 8, to: 9 }),
		mnt: seconds,
		org,
		contact: fc.constantFrom('licenses@vendor.example', 'https://vendor.example/upgrade'),
		pol: fc.constant({ k: 2, vm: false, given: false, graceMinutes: 15 }),
		act: uuid,
		gen: fc.integer({ min: 1, max: 20 }),
		req: uuid,
		name,
		label,
		fp,
		k: fc.constant(2),
		nbf: seconds,
		exp: seconds,
		cnf: fc.constant({ jkt })
	});

async function sizes<T extends TokenType>(
	type: T,
	claims: fc.Arbitrary<Claims[T]>,
	key: TestKey
): Promise<number[]> {
	const found: number[] = [];
	for (const sample of fc.sample(claims, { numRuns: 200, seed: 1 })) {
		const token = decodeToken(await signToken(type, sample, key.signer));
		if (isRefusal(token)) throw new Error(token.refused);
		const codes = encodeQr(token);
		found.push(codes.length === 1 ? codes[0]!.length : Infinity);
	}
	found.sort((a, b) => a - b);
	console.log(`QR code of one ${type}: ${found[100]} characters, at most ${found.at(-1)}`);
	return found;
}

test('[FI6] a request, and an activation with eight entitlements, are one QR code', async () => {
	const key = await makeKey();
	const requests = await sizes('activation-request', request(key.jwk), key);
	const activations = await sizes('activation', activation(key.signer.kid), key);
	expect(requests.at(-1)).toBeLessThanOrEqual(QR_CODE_LENGTH_LIMIT);
	expect(activations.at(-1)).toBeLessThanOrEqual(QR_CODE_LENGTH_LIMIT);
});

test('[FI6] the order of a database that sorts keys still fits', async () => {
	const key = await makeKey();
	const terms = ['ed', 'ent', 'mnt', 'num', 'org', 'pol', 'prd', 'sub', 'ver', 'title', 'clients'];
	const sorted = activation(key.signer.kid).map(({ v, jti, iat, iss, ...rest }) => ({
		v,
		jti,
		iat,
		iss,
		...Object.fromEntries(terms.map((claim) => [claim, rest[claim as keyof typeof rest]])),
		...rest
	}));
	const activations = await sizes('activation', sorted, key);
	expect(activations.at(-1)).toBeLessThanOrEqual(QR_CODE_LENGTH_LIMIT);
});
