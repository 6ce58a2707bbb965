import { afterAll, beforeAll, expect, test } from 'vitest';
import { rateLimit } from '#server/db/schema/people.ts';
import type { Store } from '#server/db/store.ts';
import { makeEmbeddedStore } from '../../tests/fixtures/stores.ts';
import { makeSignInLimits } from './sign-in-limits.ts';

const rule = { window: 60, max: 30 };
let clock = 1_800_000_000_000;
let store: Store;
beforeAll(async () => {
	store = await makeEmbeddedStore();
});
afterAll(() => store.close());

const limits = () => makeSignInLimits(store.db, () => clock);

test('[HT1] an office whose people sign in one after another, all morning, is never refused', async () => {
	const { consume } = limits();
	for (let person = 0; person < 200; person++) {
		expect((await consume('office', rule)).allowed, `the ${person}th`).toBe(true);
		clock += 5_000;
	}
});

test('[HT1] more than so many in one window are refused until it ends, at once too', async () => {
	const { consume } = limits();
	const answers = await Promise.all(Array.from({ length: 40 }, () => consume('flood', rule)));
	expect(answers.filter(({ allowed }) => allowed)).toHaveLength(30);
	clock += 45_000;
	expect(await consume('flood', rule)).toEqual({ allowed: false, retryAfter: 15 });
	clock += 15_000;
	expect(await consume('flood', rule)).toEqual({ allowed: true, retryAfter: null });
});

test('[HT1] a clock that is set back by a year shuts nobody out', async () => {
	const { consume } = limits();
	for (let n = 0; n < 40; n++) await consume('set back', rule);
	clock -= 365 * 86_400_000;
	expect((await consume('set back', rule)).allowed).toBe(true);
	clock += 365 * 86_400_000;
});

test('[HT1] addresses are counted apart, and forgotten in the end', async () => {
	const { consume } = limits();
	for (let n = 0; n < 5; n++) await consume(`address-${n}`, rule);
	clock += 2 * 3_600_000;
	await consume('much later', rule);
	expect(await store.db.select().from(rateLimit)).toHaveLength(1);
});
