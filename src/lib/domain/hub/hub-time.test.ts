import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	confirmTime,
	freeingTime,
	isRunningOut,
	keepTime,
	LEAP_SECONDS,
	readTime,
	RESERVED_SECONDS,
	startTime,
	toldTime,
	type HubTime,
	type KeptTime
} from './hub-time.ts';

const T = 1_800_000_000;

type Step = { what: 'read' | 'reserve' | 'stop' | 'kill'; clock: number };

test('[CL3] hub time never goes back, whatever the clock does, and however often it is killed', () => {
	const steps = fc.array(
		fc.record<Step>({
			what: fc.constantFrom('read', 'reserve', 'stop', 'kill'),
			clock: fc.oneof(fc.integer({ min: T - 60, max: T + 60 }), fc.nat({ max: 2 ** 40 }))
		})
	);
	fc.assert(
		fc.property(steps, (all) => {
			let kept: KeptTime | undefined;
			let time: HubTime | undefined;
			let told = 0;
			for (const { what, clock } of all) {
				if (time && what === 'kill') time = undefined;
				if (time && what === 'stop') {
					kept = { ...kept, reserved: toldTime(time) };
					time = undefined;
				}
				const isStart = !time;
				time = time ? readTime(time, clock) : startTime(kept, clock);
				if (isStart || (what === 'reserve' && isRunningOut(time, clock))) {
					const reserved = Math.max((kept?.reserved ?? 0) + 1, clock + RESERVED_SECONDS);
					kept = { ...kept, reserved };
					time = keepTime(time, kept, time.leap);
				}
				expect(toldTime(time)).toBeGreaterThanOrEqual(told);
				expect(freeingTime(time)).toBeLessThanOrEqual(toldTime(time));
				told = toldTime(time);
			}
		}),
		{ numRuns: 2_000 }
	);
});

test('[CL3] a hub that is killed again and again does not run ahead of its clock', () => {
	let kept: KeptTime | undefined;
	for (let starts = 0; starts < 100; starts++) {
		const time = startTime(kept, T);
		kept = { reserved: Math.max((kept?.reserved ?? 0) + 1, T + RESERVED_SECONDS) };
		expect(toldTime(keepTime(time, kept))).toBeLessThanOrEqual(T + RESERVED_SECONDS + starts);
	}
});

const at = (last: number): HubTime => ({ last, reserved: last + 365 * 86_400 });

test('[CL3] a leap of more than 48 hours frees nothing until staff confirm it', () => {
	const usual = readTime(at(T), T + LEAP_SECONDS);
	expect(freeingTime(usual)).toBe(T + LEAP_SECONDS);

	const leapt = readTime(at(T), T + LEAP_SECONDS + 1);
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
	const leapt = readTime(at(T), T + 365 * 86_400);
	const back = readTime(leapt, T + 10);
	expect(back).toEqual(leapt);
	expect(freeingTime(back)).toBe(T);
});
