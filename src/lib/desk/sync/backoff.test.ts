import { expect, test } from 'vitest';
import { retryDelayMs } from './backoff.ts';

test('[SY3] the longest wait doubles with every fault in a row', () => {
	expect([1, 2, 3].map((faults) => retryDelayMs(faults, 1))).toEqual([2_000, 4_000, 8_000]);
});

test('[SY3] tries are at most five minutes apart, after any number of faults', () => {
	for (const faults of [9, 10, 1_000, 1e9]) expect(retryDelayMs(faults, 1)).toBe(300_000);
});

test('[SY3] desks that lost the same hub come back spread over the whole wait', () => {
	expect([0, 0.25, 0.5].map((random) => retryDelayMs(5, random))).toEqual([250, 8_000, 16_000]);
});
