import { describe, expect, test } from 'vitest';
import {
	decideRetirement,
	decideReturn,
	replacementsAllowed,
	usualQuotas,
	type SeatInUse
} from './giving-back.ts';

const DAY = 86_400;
const now = 1_000_000;
const seat = (changes: Partial<SeatInUse> = {}): SeatInUse => ({
	seats: 2,
	quotas: usualQuotas,
	filesEndAt: now + 30 * DAY,
	freedInSpan: 0,
	now,
	...changes
});

describe('a seat that a machine gave back', () => {
	test('[SE5] is free at once when the return is proven', () => {
		expect(decideReturn(seat(), true)).toEqual({ freed: true });
	});

	test('[SE5] is free at once four times per seat within a year, and cools the fifth time', () => {
		expect(decideReturn(seat({ freedInSpan: 7 }), true)).toEqual({ freed: true });
		expect(decideReturn(seat({ freedInSpan: 8 }), true)).toEqual({
			freed: false,
			coolsUntil: now + 30 * DAY
		});
	});

	test('[SE5] without proof cools until its files have ended', () => {
		expect(decideReturn(seat(), false)).toEqual({ freed: false, coolsUntil: now + 30 * DAY });
		expect(decideReturn(seat({ filesEndAt: now + 1 }), false)).toMatchObject({ freed: false });
		expect(decideReturn(seat({ filesEndAt: now }), false)).toEqual({ freed: true });
	});

	test('[SE5] without proof cools 90 days where its files have no end', () => {
		const perpetual = seat({ filesEndAt: undefined });
		expect(decideReturn(perpetual, false)).toEqual({ freed: false, coolsUntil: now + 90 * DAY });
	});
});

describe('a machine that is gone', () => {
	test.for([
		[1, 1],
		[9, 1],
		[10, 1],
		[25, 2],
		[100, 10]
	])('[SE6] of %d seats %d may be replaced in a year', ([seats, allowed]) => {
		expect(replacementsAllowed({ seats: seats!, quotas: usualQuotas })).toBe(allowed);
	});

	test('[SE6] frees its seat within the quota and cools beyond it', () => {
		expect(decideRetirement(seat())).toEqual({ freed: true });
		expect(decideRetirement(seat({ freedInSpan: 1 }))).toEqual({
			freed: false,
			coolsUntil: now + 30 * DAY
		});
		const quotas = { ...usualQuotas, replacementsPerYear: 0 };
		expect(decideRetirement(seat({ quotas }))).toMatchObject({ freed: false });
	});
});
