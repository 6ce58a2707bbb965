import fc from 'fast-check';
import { expect, test } from 'vitest';
import { confirmTime, freeingTime, LEAP_SECONDS, readTime, type HubTime } from './hub-time.ts';

const T = 1_800_000_000;

test('[CL3] hub time never goes back, whatever the clock does', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 40 })), (clocks) => {
			let time: HubTime | undefined;
			let before = 0;
			for (const clock of clocks) {
				time = readTime(time, clock);
				expect(time.last).toBeGreaterThanOrEqual(before);
				expect(freeingTime(time)).toBeLessThanOrEqual(time.last);
				before = time.last;
			}
		})
	);
});

test('[CL3] a leap of more than 48 hours frees nothing until staff confirm it', () => {
	const usual = readTime({ last: T }, T + LEAP_SECONDS);
	expect(freeingTime(usual)).toBe(T + LEAP_SECONDS);

	const leapt = readTime({ last: T }, T + LEAP_SECONDS + 1);
	expect(leapt.last).toBe(T + LEAP_SECONDS + 1);
	expect(freeingTime(leapt)).toBe(T);
	const later = readTime(leapt, T + LEAP_SECONDS + 3600);
	expect(freeingTime(later)).toBe(T);
	expect(later.leap).toEqual({ from: T, to: T + LEAP_SECONDS + 1 });
	expect(freeingTime(readTime(confirmTime(later), T + LEAP_SECONDS + 3601))).toBe(
		T + LEAP_SECONDS + 3601
	);
});

test('[CL3] a clock set back again does not hide the leap', () => {
	const leapt = readTime({ last: T }, T + 365 * 86_400);
	const back = readTime(leapt, T + 10);
	expect(back).toEqual(leapt);
	expect(freeingTime(back)).toBe(T);
});
