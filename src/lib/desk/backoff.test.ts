import { expect, test } from 'vitest';
import { retryDelayMs } from './backoff.ts';

test('[SY3] the wait doubles with every fault in a row', () => {
	expect([1, 2, 3].map((faults) => retryDelayMs(faults, 1))).toEqual([2_000, 4_000, 8_000]);
});

test('[SY3] tries are at most five minutes apart, after any number of faults', () => {
	for (const faults of [9, 10, 1_000, 1e9]) expect(retryDelayMs(faults, 1)).toBe(300_000);
});

test('desks that lost the same hub do not come back at the same moment', () => {
	expect(retryDelayMs(5, 0)).toBe(16_000);
	expect(retryDelayMs(5, 0.5)).toBe(24_000);
});
