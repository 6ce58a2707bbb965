import { beforeAll, describe, expect, test } from 'vitest';
import { activationClaims, makeHub, makeKey, NOW } from '../../../tests/fixtures/chain.ts';
import { isRefusal } from '../domain/refusal.ts';
import { readFile, writeFile } from '../formats/file.ts';
import { FILE_LENGTH_LIMIT } from '../formats/armour.ts';
import { USAGE_HOURS_LIMIT } from '../formats/tokens.ts';
import { signToken } from './jws.ts';
import { makeUsage, verifyUsage } from './usage.ts';

type Made = Awaited<ReturnType<typeof makeHub>>;
let hub: Made;
let machine: Awaited<ReturnType<typeof makeKey>>;
let claims: ReturnType<typeof activationClaims>;
let activation: string;

beforeAll(async () => {
	hub = await makeHub();
	machine = await makeKey();
	claims = activationClaims({ cnf: { jkt: machine.signer.kid } });
	activation = await signToken('activation', claims, hub.hub.signer);
});

const busy = { hour: 500_001, peak: 5, denied: 2, waiting: 1 };
const quiet = { peak: 0, denied: 0, waiting: 0 };

function report(of: { prd?: string; by?: typeof machine; hours?: number } = {}): Promise<string> {
	const { signer, jwk } = of.by ?? machine;
	return makeUsage(
		{ ...claims, prd: of.prd ?? claims.prd },
		{
			site: 'Plant west',
			clients: 5,
			hours: [busy],
			span: { from: 500_000, to: 499_999 + (of.hours ?? 3) },
			signer,
			jwk,
			now: NOW
		}
	);
}

async function verify(token: string) {
	const file = readFile(writeFile([hub.hubKey, activation, token], ['Usage of a site']));
	if (isRefusal(file)) throw new Error(file.refused);
	const verified = await verifyUsage(file, { roots: [hub.root.jwk] });
	return isRefusal(verified) ? verified.refused : verified;
}

describe('[US2] a usage report', () => {
	test('says each hour of its span, up to a pinned root', async () => {
		expect(await verify(await report())).toMatchObject({
			claims: { site: 'Plant west', clients: 5 },
			activation: { act: claims.act },
			hours: [{ hour: 500_000, ...quiet }, busy, { hour: 500_002, ...quiet }]
		});
	});

	test('is refused where another machine has signed it, or it speaks of another product', async () => {
		expect(await verify(await report({ by: await makeKey() }))).toBe('MACHINE_KEY_MISMATCH');
		expect(await verify(await report({ prd: 'other' }))).toBe('PRODUCT_MISMATCH');
	});

	test('is refused where its lists differ in length', async () => {
		const whole = await verify(await report());
		if (typeof whole === 'string') throw new Error(whole);
		const short = await signToken('usage', { ...whole.claims, denied: [1] }, machine.signer);
		expect(await verify(short)).toBe('CLAIMS_INVALID');
	});

	test('fits into a file however long it may be, and is no longer', async () => {
		const longest = await report({ hours: USAGE_HOURS_LIMIT });
		expect(longest.length).toBeLessThan(FILE_LENGTH_LIMIT / 4);
		expect(await verify(longest)).toMatchObject({ type: 'usage' });
		expect(await verify(await report({ hours: USAGE_HOURS_LIMIT + 1 }))).toBe('CLAIMS_INVALID');
	});
});
