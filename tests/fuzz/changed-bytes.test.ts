/**
 * Valid files of every type with one byte changed: the same claims or a typed refusal, never an
 * exception. `FUZZ_RUNS` sets how many changes are sampled of each type (a tenth of it, as there are
 * many types; 200), `FUZZ_SEED` repeats a run.
 */
import { expect, test, vi } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import type { Claims, TokenType } from '#lib/formats/tokens.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { verifyReturn } from '#lib/signing/return.ts';
import { refusalStatus } from '#server/http/refusal-status.ts';
import { keys, type TestKey } from '../../scripts/vectors/keys.ts';
import {
	full,
	hubKeyClaims,
	id,
	ISS,
	licenseClaims,
	NOW,
	refusalClaims,
	requestClaims,
	revocationClaims,
	token,
	trustClaims
} from '../../scripts/vectors/tokens.ts';
import { armour } from '../../scripts/vectors/vector.ts';
import { oneOf, randomOf } from './inputs.ts';

const RUNS = Math.ceil(Number(process.env.FUZZ_RUNS ?? 2000) / 10);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));
vi.setConfig({ testTimeout: 30_000 + 20 * RUNS });
console.log(`changed bytes: FUZZ_SEED=${SEED}, ${RUNS} of each type`);

const trust = { roots: [keys.root.jwk] };
const use: Claims['hub-key']['use'] = [...hubKeyClaims().use, 'receipt'];
const hubKey = token('hub-key', { ...hubKeyClaims(), use }, keys.root);
const byHub = (type: TokenType, claims: object, key: TestKey = keys.hub) =>
	token(type, claims, key);
const { jwk, kid } = keys.machine;
const given = byHub('activation', { ...full, cnf: { jkt: kid } });
const { act, sub } = full;
const back = { v: 1, jti: id(11), iat: NOW, act, gen: full.gen, sub, cnf: { jwk } };
const received = { v: 1, jti: id(10), iat: NOW, iss: ISS, ret: id(11), act, sub, freed: true };
const revocation = byHub('revocation', revocationClaims([id(3)]));
const root = token('trust', trustClaims(), keys.root);
const returning = [hubKey, given, byHub('return', back, keys.machine)] as const;

const byChain = (file: TokenFile) => verifyFile(file, trust);
const bySelf = (file: TokenFile) => verifyRequest(file.body);
const byBoth = (file: TokenFile) => verifyReturn(file, trust);

const files: Record<string, [text: string, verify: (file: TokenFile) => Promise<unknown>]> = {
	license: [
		armour('license', hubKey, byHub('license', { ...licenseClaims, org: 'Example GmbH' })),
		byChain
	],
	request: [
		armour('activation-request', byHub('activation-request', requestClaims, keys.machine)),
		bySelf
	],
	activation: [armour('activation', root, hubKey, revocation, hubKey, given), byChain],
	refusal: [armour('refusal', hubKey, byHub('refusal', refusalClaims)), byChain],
	trust: [armour('trust', root), byChain],
	revocation: [armour('revocation', hubKey, revocation), byChain],
	return: [armour('return', ...returning), byBoth],
	receipt: [armour('receipt', hubKey, byHub('receipt', received)), byChain]
};

/** What a file says once it is verified: claims of its last token, of the activation, what it teaches. */
async function open(text: string, verify: (file: TokenFile) => Promise<unknown>): Promise<unknown> {
	const file = readFile(text);
	return isRefusal(file) ? file : verify(file);
}

test.for(Object.entries(files))('[FI3] %s', async ([name, [text, verify]]) => {
	const original = await open(text, verify);
	expect(isRefusal(original), JSON.stringify(original)).toBe(false);
	const random = randomOf(SEED ^ text.length);
	const bytes = new TextEncoder().encode(text);
	// Each byte once where there are runs enough, so that none is left out.
	const every = RUNS >= bytes.length;
	const outcomes = { refused: 0, same: 0 };
	for (let run = 0; run < RUNS; run++) {
		const at = every ? run % bytes.length : Math.floor(random() * bytes.length);
		const copy = bytes.slice();
		const other = (copy[at]! + 1 + Math.floor(random() * 255)) & 0xff;
		copy[at] = oneOf(random, [copy[at]! ^ 1, copy[at]! ^ 0x20, copy[at]! ^ 0x80, other]);
		const outcome = await open(new TextDecoder().decode(copy), verify);
		const where = `${name}, FUZZ_SEED=${SEED}, byte ${at} became ${copy[at]}`;
		if (isRefusal(outcome)) {
			outcomes.refused++;
			expect(Object.keys(refusalStatus), where).toContain(outcome.refused);
		} else {
			outcomes.same++;
			expect(outcome, where).toEqual(original);
		}
	}
	console.log(`${name}: ${RUNS} changes of ${bytes.length} bytes`, outcomes);
	expect(outcomes.refused).toBeGreaterThan(RUNS * 0.7);
});
