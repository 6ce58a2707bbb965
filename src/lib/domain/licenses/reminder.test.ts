import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindOf, remindersOf, type RemindedLicense, type Told } from './reminder.ts';
import { DAY_SECONDS } from '../time.ts';

const today = 20_000 * DAY_SECONDS + 40_000;
const inDays = (days: number) => today + days * DAY_SECONDS;
const none = { active: 0, reserved: 0, cooling: 0 };
const license = (changes: Partial<RemindedLicense> = {}): RemindedLicense => ({
	seats: 10,
	counts: none,
	...changes
});
const stepsOf = (changes: Partial<RemindedLicense>, told: Told[] = []) =>
	remindersOf(license(changes), told, today).map(({ step }) => step);

describe('[P12] an end', () => {
	test.for([
		[91, []],
		[90, [90]],
		[31, [90]],
		[30, [30]],
		[8, [30]],
		[7, [7]],
		[0, [7]],
		[-1, []]
	] as const)('in %d days: %j', ([days, steps]) => {
		// The day counts, not the hour; the very second of an end is too late.
		expect(stepsOf({ expiresAt: inDays(days) + (days === 0 ? 1 : -30_000) })).toEqual(steps);
		expect(stepsOf({ expiresAt: inDays(days) + 30_000 })).toEqual(days < 0 ? [] : steps);
	});

	test('is the nearer one of two, and says which', () => {
		const both = { expiresAt: inDays(60), maintainedUntil: inDays(20) };
		expect(remindersOf(license(both), [], today)).toEqual([
			{ about: 'end', end: 'maintenance', at: inDays(20), step: 30 }
		]);
		const lapsed = { expiresAt: inDays(60), maintainedUntil: inDays(-1) };
		expect(remindersOf(license(lapsed), [], today)).toEqual([
			{ about: 'end', end: 'expiry', at: inDays(60), step: 90 }
		]);
	});

	test('of a trial is told by steps shorter than the trial', () => {
		expect(stepsOf({ expiresAt: inDays(20), trialDays: 30 })).toEqual([]);
		expect(stepsOf({ expiresAt: inDays(20), trialDays: 31 })).toEqual([30]);
		expect(remindersOf(license({ expiresAt: inDays(7), trialDays: 14 }), [], today)).toEqual([
			{ about: 'end', end: 'trial', at: inDays(7), step: 7 }
		]);
	});

	test('of a license that is suspended, frozen, moved or over is not told', () => {
		const soon = { expiresAt: inDays(5), counts: { ...none, active: 10 } };
		expect(stepsOf(soon)).toEqual([7, 90]);
		expect(stepsOf({ ...soon, suspendedAt: today })).toEqual([]);
		expect(stepsOf({ ...soon, frozenAt: today })).toEqual([]);
		expect(stepsOf({ ...soon, successor: 'KF-2' })).toEqual([]);
		expect(stepsOf({ ...soon, expiresAt: today })).toEqual([]);
	});
});

test('[P12] seats are told at nine in ten, once for each number of them, and never of a single one', () => {
	const used = (active: number, seats: number) => ({
		seats,
		counts: { active: active - 2, reserved: 1, cooling: 1 }
	});
	expect(stepsOf(used(89, 100))).toEqual([]);
	expect(stepsOf(used(90, 100))).toEqual([90]);
	expect(stepsOf(used(100, 100), [{ about: 'seats', at: 100, step: 90 }])).toEqual([]);
	expect(stepsOf(used(108, 120), [{ about: 'seats', at: 100, step: 90 }])).toEqual([90]);
	expect(stepsOf({ seats: 1, counts: { ...none, active: 1 } })).toEqual([]);
	expect(stepsOf({ seats: 2, counts: { ...none, active: 2 } })).toEqual([90]);
});

describe('[P12] requests that were refused for lack of a seat', () => {
	const ago = (seconds: number) => today - seconds;
	const refused = (refusals: number[], told: Told[] = []) =>
		remindersOf(license({ refusals }), told, today);

	test('are counted since the last time that they were told, and once', () => {
		const refusals = [ago(9000), ago(8000), ago(700)];
		const first: Told = { about: 'refused', at: ago(9000), step: 0 };
		const all = { about: 'refused', at: ago(700), step: 0, requests: 3 } as const;
		expect(refused(refusals)).toEqual([all]);
		expect(refused(refusals, [first])).toEqual([{ ...all, requests: 2 }]);
		expect(refused(refusals, [first, all])).toEqual([]);
		expect(kindOf(all)).toBe('refused');
	});

	test('that may not all be committed are told of another day, and old ones never', () => {
		expect(refused([ago(599)])).toEqual([]);
		expect(refused([ago(600)])).toHaveLength(1);
		expect(refused([ago(14 * DAY_SECONDS - 1)])).toHaveLength(1);
		expect(refused([ago(14 * DAY_SECONDS)])).toEqual([]);
	});

	test('of a license that is suspended or over are not told', () => {
		const refusals = [ago(700)];
		expect(stepsOf({ refusals, suspendedAt: today })).toEqual([]);
		expect(stepsOf({ refusals, expiresAt: today })).toEqual([]);
		expect(stepsOf({ refusals, seats: 1, counts: { ...none, active: 1 } })).toEqual([0]);
	});
});

test('[P12] day by day, whenever the hub was down: each step of each end once, on the first day within it', () => {
	const span = fc.integer({ min: 1, max: 60 });
	const spans = fc.array(
		fc.record({
			days: span,
			isUp: fc.boolean(),
			/** Renewed as it begins, to so many days after it. */
			renewed: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined, freq: 3 })
		}),
		{ minLength: 1, maxLength: 20 }
	);
	fc.assert(
		fc.property(spans, fc.integer({ min: 1, max: 150 }), (history, first) => {
			const told: Told[] = [];
			const said: string[] = [];
			// What a person with a calendar expects: bands of days before each end, each told once.
			const expected: string[] = [];
			const known = new Set<string>();
			let end = first;
			let day = 0;
			for (const { days, isUp, renewed } of history) {
				if (renewed !== undefined) end = day + renewed;
				for (let n = 0; n < days; n++, day++) {
					if (!isUp) continue;
					const left = end - day;
					const band = left < 1 || left > 90 ? undefined : left <= 7 ? 7 : left <= 30 ? 30 : 90;
					// Ends lie an hour after the hub looks: a day is not yet over on its day.
					if (band !== undefined && !known.has(`${end} ${band}`)) {
						known.add(`${end} ${band}`);
						expected.push(`day ${day}: ${band} days before ${end}`);
					}
					if (left < 1) continue;
					const at = inDays(end) + 3600;
					for (const reminder of remindersOf(license({ expiresAt: at }), told, inDays(day))) {
						told.push(reminder);
						said.push(`day ${day}: ${reminder.step} days before ${end}`);
					}
				}
			}
			expect(said).toEqual(expected);
		}),
		{ seed: 12, numRuns: 500 }
	);
});
