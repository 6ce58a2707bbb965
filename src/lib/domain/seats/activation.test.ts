import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideActivation, type Activation } from './activation.ts';
import type { License } from '../licenses/license.ts';
import type { Fingerprint } from '../machines/machine.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { freeSeats, isOverLimit, seatCeiling, usedSeats } from '../seat.ts';

const DAY = 86_400;
const license: License = {
	terms: {
		sub: 'license-1',
		num: 'KF-AAAA-AAAA-AAA0',
		prd: 'atlas',
		title: 'Atlas',
		ed: 'standard',
		ent: [],
		ver: { from: 8, to: 9 },
		contact: 'licenses@example.com',
		pol: { k: 2, vm: true, given: false, graceMinutes: 15 }
	},
	seats: 2
};
const { num: number, contact } = license.terms;
const machine = (id: string) => ({
	id: `request-${id}`,
	vm: false,
	fp: { os: `o${id}`, disk: `d${id}` }
});
const holds = (id: string, gen = 1): Activation => ({ act: `act-${id}`, gen, fp: machine(id).fp });
const decide = (changes: Partial<Parameters<typeof decideActivation>[0]> = {}) =>
	decideActivation({
		license,
		counts: { active: 0, reserved: 0, cooling: 0 },
		held: [],
		request: machine('a'),
		now: 1000,
		...changes
	});

describe('granting a seat', () => {
	test('[SE1] a free seat is granted', () => {
		expect(decide()).toEqual({ gen: 1, exp: undefined, fp: machine('a').fp });
	});

	test.for([
		{ active: 2, reserved: 0, cooling: 0 },
		{ active: 1, reserved: 1, cooling: 0 },
		{ active: 0, reserved: 1, cooling: 1 }
	])('[SE1] active, reserved and cooling seats all count: %o', (counts) => {
		expect(decide({ counts })).toEqual(
			refuse('SEAT_LIMIT_REACHED', { number, seats: 2, used: 2, contact })
		);
	});

	test('[SE1] no order of requests grants more machines than there are seats', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.nat(9)), (seats, machines) => {
				const held = new Map<string, Activation>();
				for (const id of machines.map(String)) {
					const grant = decide({
						license: { ...license, seats },
						counts: { active: held.size, reserved: 0, cooling: 0 },
						held: [...held.values()],
						request: machine(id)
					});
					if (!isRefusal(grant)) held.set(id, holds(id, grant.gen));
				}
				expect(held.size).toBeLessThanOrEqual(seats);
				expect(held.size).toBe(Math.min(seats, new Set(machines).size));
			})
		);
	});

	test('[SE3] a machine that holds a seat gets its next generation, even when all seats are used', () => {
		const counts = { active: 2, reserved: 0, cooling: 0 };
		expect(decide({ counts, held: [holds('a', 3)] })).toMatchObject({ act: 'act-a', gen: 4 });
	});

	test('[SE4] a license over its limit grants nothing new and cancels nothing', () => {
		const counts = { active: 5, reserved: 0, cooling: 0 };
		expect([usedSeats(counts), freeSeats(2, counts), seatCeiling(2, counts)]).toEqual([5, 0, 5]);
		expect(isOverLimit(2, counts)).toBe(true);
		expect(decide({ counts })).toMatchObject({ refused: 'SEAT_LIMIT_REACHED' });
		expect(decide({ counts, held: [holds('a')] })).toMatchObject({ gen: 2 });
	});
});

describe('a machine that shows other components than before', () => {
	const enrolled = { os: 'o', fs: 'f', disk: 'd', mac: ['m'] };
	const held: Activation[] = [{ act: 'act-1', gen: 1, fp: enrolled }];
	const counts = { active: 2, reserved: 0, cooling: 0 };
	const asks = (fp: Fingerprint, replacementsLeft: number) =>
		decide({ counts, held, replacementsLeft, request: { id: 'r', vm: false, fp } });
	const changed = { ...enrolled, mac: ['new'] };

	test('[MA5] takes them as its fingerprint while the quota lasts', () => {
		expect(asks(changed, 1)).toMatchObject({
			act: 'act-1',
			fp: changed,
			differs: ['mac'],
			isReplacement: true
		});
	});

	test('[MA5] keeps the fingerprint that there is beyond the quota', () => {
		const grant = asks(changed, 0);
		expect(grant).toMatchObject({ act: 'act-1', gen: 2, fp: enrolled, isReplacement: false });
	});

	test('[MA5] is no replacement where it shows the same, in whatever order', () => {
		const two = { ...enrolled, mac: ['m', 'n'] };
		const grant = decide({
			counts,
			held: [{ act: 'act-1', gen: 1, fp: two }],
			replacementsLeft: 1,
			request: { id: 'r', vm: false, fp: { ...two, mac: ['n', 'm'] } }
		});
		expect(grant).toMatchObject({ differs: [], isReplacement: false });
	});

	test('[MA5] a cooling seat carries its fingerprint on', () => {
		const request = { id: 'r', vm: false, fp: changed };
		const grant = decide({ counts, cooling: held, replacementsLeft: 9, request });
		expect(grant).toMatchObject({ fromCooling: 'act-1', fp: enrolled, differs: ['mac'] });
	});

	test('[MA5] beyond the majority it is another machine, which needs a seat', () => {
		const other = { ...enrolled, disk: 'x', mac: ['y'] };
		expect(asks(other, 9)).toMatchObject({ refused: 'SEAT_LIMIT_REACHED' });
	});
});

describe('a machine whose seat still cools', () => {
	const counts = { active: 1, reserved: 0, cooling: 1 };

	test('[SE5] takes its own seat back under a new activation, with none free', () => {
		expect(decide({ counts, cooling: [holds('a')] })).toEqual({
			gen: 1,
			exp: undefined,
			fp: machine('a').fp,
			differs: [],
			fromCooling: 'act-a'
		});
	});

	test('[SE5] keeps nobody else from being refused', () => {
		expect(decide({ counts, cooling: [holds('b')] })).toMatchObject({
			refused: 'SEAT_LIMIT_REACHED'
		});
	});
});

describe('what a license says no to', () => {
	test('a suspended license', () => {
		expect(decide({ license: { ...license, suspendedAt: 5 } })).toEqual(
			refuse('LICENSE_SUSPENDED', { number, contact })
		);
	});

	test('an expired license, at the very second of its end', () => {
		const ending = { ...license, expiresAt: 1000 };
		expect(decide({ license: ending, now: 999 })).toMatchObject({ gen: 1, exp: 1000 });
		expect(decide({ license: ending, now: 1000 })).toEqual(
			refuse('LICENSE_EXPIRED', { number, expiredAt: 1000, contact })
		);
	});

	test.for([
		['7.9', false],
		['8', true],
		['9.4.1', true],
		['10.0', false],
		['unknown', false]
	] as const)('[K3] version %s', ([version, covered]) => {
		const decision = decide({ request: { ...machine('a'), version } });
		expect(decision).toMatchObject(
			covered ? { gen: 1 } : refuse('VERSION_NOT_COVERED', { version, from: 8, to: 9, contact })
		);
	});

	test('[UP1] an upgraded license names the one for newer versions, if it is a number', () => {
		const asked = { request: { ...machine('a'), version: '10' } };
		const saying = (x: Record<string, unknown>) =>
			decide({ ...asked, license: { ...license, terms: { ...license.terms, x } } });
		const facts = { version: '10', from: 8, to: 9, contact };
		const upgrade = 'KF-3A1R-55GW-08M7';
		expect(saying({ upgrade })).toEqual(refuse('VERSION_NOT_COVERED', { ...facts, upgrade }));
		for (const upgrade of ['KF-3A1R-55GW-08M5', 'call us', 7, null])
			expect(saying({ upgrade })).toEqual(refuse('VERSION_NOT_COVERED', facts));
	});

	test('[O7] files end with the license, or earlier where files are short-lived', () => {
		const short = { ...license, fileDays: 30, expiresAt: 1000 + 40 * DAY };
		expect(decide({ license: short })).toMatchObject({ exp: 1000 + 30 * DAY });
		expect(decide({ license: { ...short, expiresAt: 2000 } })).toMatchObject({ exp: 2000 });
	});
});

describe('trials', () => {
	const trial = { ...license, trialDays: 14 };
	const end = 1000 + 14 * DAY;

	test('[TR1] it begins with its first activation, and all that follow end with it', () => {
		expect(decide({ license: trial })).toEqual({
			gen: 1,
			exp: end,
			trialEndsAt: end,
			fp: machine('a').fp
		});
		const begun = { ...trial, expiresAt: end };
		expect(decide({ license: begun, now: 1000 + DAY })).toMatchObject({ exp: end });
		expect(decide({ license: begun, now: 1000 + DAY })).not.toHaveProperty('trialEndsAt');
		expect(decide({ license: begun, now: end })).toMatchObject({ refused: 'LICENSE_EXPIRED' });
	});

	test('[TR2] a machine that had one of the product is refused, as is the same one with another disk', () => {
		const fp = { os: 'oa', board: 'b', disk: 'da', mac: ['m'] };
		const trials = [{ fp, startedAt: 500 }];
		const facts = { number, product: 'Atlas', startedAt: 500, contact };
		const asked = { license: trial, trials };
		const changed = { ...machine('a'), fp: { ...fp, disk: 'new' } };
		for (const request of [{ ...machine('a'), fp }, changed])
			expect(decide({ ...asked, request })).toEqual(refuse('TRIAL_USED', facts));
		const clone = { ...machine('a'), fp: { ...fp, board: 'c', disk: 'other', mac: ['n'] } };
		expect(decide({ ...asked, request: clone })).toMatchObject({ gen: 1 });
		expect(decide({ trials, request: { ...machine('a'), fp } }), 'no trial').toMatchObject({
			gen: 1
		});
		const held = [{ act: 'act-a', gen: 1, fp }];
		expect(decide({ ...asked, held, request: changed }), 'its own').toMatchObject({ gen: 2 });
	});
});
