import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	actOfDraw,
	decideClosing,
	decideDraw,
	decideRecording,
	decideReservation,
	freesAt,
	isReservable,
	judgeWriteOff,
	slotsSetAside,
	type BoundSlot,
	type SlotStanding
} from './allotment.ts';
import type { Fingerprint } from '../machines/machine.ts';
import { isRefusal, refuse } from '../refusal.ts';

const NOW = 1_800_000_000;
const DAY = 86_400;
const machine = (name: string): Fingerprint => ({
	os: `os-${name}`,
	board: `board-${name}`,
	disk: `disk-${name}`
});

test.each([
	['goes on', {}, true],
	['ends in the next second', { expiresAt: NOW + 1 }, true],
	['ends this second', { expiresAt: NOW }, false],
	['is suspended', { suspendedAt: 1 }, false],
	['is frozen', { frozenAt: 1 }, false],
	['has moved', { successor: 'KF-2' }, false],
	['is a trial', { trialDays: 30 }, false]
] as const)(
	'[AL1, TR2, DK4] of a license that %s, seats are offered for offline: %s',
	(_, of, is) => {
		expect(isReservable(of, NOW)).toBe(is);
	}
);

describe('reserving', () => {
	const ask = (changes: Partial<Parameters<typeof decideReservation>[0]> = {}) =>
		decideReservation({
			number: 'KF-1',
			contact: 'x',
			seats: 10,
			wanted: 2,
			heldByPerson: 0,
			now: NOW,
			counts: { active: 4, reserved: 2, cooling: 1 },
			policy: { deskSeats: 4, offlineShare: 10, allotmentDays: 30, drawDays: 90 },
			...changes
		});

	test('[AL1] within what the desk may hold and what is free', () => {
		expect(ask()).toEqual({ issueUntil: NOW + 30 * DAY, filesUntil: NOW + 90 * DAY });
		expect(ask({ heldByPerson: 2 })).toEqual(ask());
		expect(ask({ heldByPerson: 3 })).toEqual(
			refuse('ALLOTMENT_LIMIT_REACHED', { number: 'KF-1', allowed: 4, held: 3, of: 'person' })
		);
		expect(ask({ wanted: 3 })).toEqual(ask());
		expect(ask({ wanted: 4 })).toMatchObject({ refused: 'SEAT_LIMIT_REACHED', facts: { used: 7 } });
	});

	test('[AL1] all desks together hold half of the license unless it says more, and at least one', () => {
		const usual = { deskSeats: 50, allotmentDays: 30, drawDays: 90 };
		const refused = (seats: number, reserved: number, policy = usual) =>
			ask({ seats, wanted: 1, policy, counts: { active: 0, reserved, cooling: 0 } });
		expect(refused(11, 4)).toEqual(ask());
		expect(refused(11, 5)).toEqual(
			refuse('ALLOTMENT_LIMIT_REACHED', { number: 'KF-1', allowed: 5, held: 5, of: 'license' })
		);
		expect(refused(1, 0)).toEqual(ask());
		expect(ask({ policy: { ...usual, offlineShare: 3 } })).toMatchObject({ facts: { held: 2 } });
	});

	test('[AL3] nothing of it lasts longer than the files of the license', () => {
		expect(ask({ expiresAt: NOW + 60 * DAY })).toEqual({
			issueUntil: NOW + 30 * DAY,
			filesUntil: NOW + 60 * DAY
		});
		const expiresAt = NOW + 5 * DAY;
		expect(ask({ expiresAt })).toEqual({ issueUntil: expiresAt, filesUntil: expiresAt });
		const policy = { deskSeats: 4, offlineShare: 10, allotmentDays: 30, drawDays: 7 };
		expect(ask({ policy }), 'issuing ends with the files').toMatchObject({
			issueUntil: NOW + 7 * DAY
		});
	});

	test('[AL4] seats come back two days after the last file', () => {
		expect(freesAt({ filesUntil: NOW })).toBe(NOW + 2 * DAY);
	});

	test('[AL4] a write-off waits for the end of issuing, and changes what is over no more', () => {
		const block = { id: 'a', state: 'open' as const, issueUntil: NOW };
		const on = { now: NOW, isEarly: false };
		expect(judgeWriteOff(block, { now: NOW - 1, isEarly: true }), 'or is early').toBeUndefined();
		expect(judgeWriteOff(block, { now: NOW - 1, isEarly: false })).toMatchObject({
			refused: 'ALLOTMENT_STILL_ISSUING'
		});
		expect(judgeWriteOff(block, on)).toBeUndefined();
		expect(judgeWriteOff({ ...block, state: 'frozen' }, on)).toBeUndefined();
		for (const state of ['closed', 'expired', 'written-off'] as const)
			expect(judgeWriteOff({ ...block, state }, on)).toMatchObject({ facts: { state } });
	});
});

describe('drawing', () => {
	const terms = { num: 'KF-1', contact: 'x' };
	const policy = { k: 2, given: false };
	const allotment = { id: 'a', max: 3, state: 'open' as const, issueUntil: NOW + DAY, terms };
	const draw = (
		bound: readonly BoundSlot[],
		request: { id: string; fp: Fingerprint },
		changes: Partial<typeof allotment> = {},
		now = NOW
	) => decideDraw({ allotment: { ...allotment, ...changes }, bound, request, policy, now });

	test('[AL2] slots are drawn in order, and a lost one is not skipped', () => {
		const bound = [1, 3].map((slot) => ({
			slot,
			gen: 1,
			fp: machine(`${slot}`),
			request: `r${slot}`
		}));
		const fp = machine('x');
		expect(draw([], { id: 'r', fp })).toEqual({ slot: 1, gen: 1, fp, isRepeat: false });
		expect(draw(bound, { id: 'r', fp: machine('x') })).toMatchObject({ slot: 2 });
		expect(actOfDraw('a', 2)).toBe('a.2');
	});

	test('[AL2] the same request is a repeat, even of a block that has ended', () => {
		const bound = [{ slot: 2, gen: 3, fp: machine('x'), request: 'r' }];
		const asked = { id: 'r', fp: machine('x') };
		const same = { slot: 2, gen: 3, fp: machine('x'), isRepeat: true };
		expect(draw(bound, asked)).toEqual(same);
		expect(draw(bound, asked, { issueUntil: NOW })).toEqual(same);
	});

	test('[MA5] a slot keeps the fingerprint that it was drawn for first', () => {
		const enrolled = { os: 'o', disk: 'd', mac: ['m'] };
		const bound = [{ slot: 1, gen: 1, fp: enrolled, request: 'r1' }];
		const changed = { os: 'o', disk: 'd', mac: ['new'] };
		const other = { os: 'o', disk: 'x', mac: ['new'] };
		expect(draw(bound, { id: 'r2', fp: changed })).toMatchObject({ slot: 1, gen: 2, fp: enrolled });
		expect(draw(bound, { id: 'r2', fp: other })).toMatchObject({ slot: 2, fp: other });
	});

	test('[AL3] a block that has ended or is spent gives no slot', () => {
		const asked = { id: 'r', fp: machine('x') };
		expect(draw([], asked, { issueUntil: NOW })).toMatchObject({ refused: 'ALLOTMENT_ENDED' });
		expect(draw([], asked, { issueUntil: NOW + 1 })).toMatchObject({ slot: 1 });
		const bound = [{ slot: 1, gen: 1, fp: machine('1'), request: 'r1' }];
		expect(draw(bound, asked, { max: 1 })).toMatchObject({ refused: 'ALLOTMENT_SPENT' });
	});

	test('[AL2, AL6] whoever asks in whatever order: distinct slots, never beyond the block', () => {
		const asks = fc.array(fc.record({ machine: fc.nat({ max: 8 }), again: fc.boolean() }), {
			maxLength: 40
		});
		fc.assert(
			fc.property(asks, fc.integer({ min: 1, max: 6 }), (life, max) => {
				let bound: BoundSlot[] = [];
				const slotOf = new Map<number, number>();
				for (const [at, each] of life.entries()) {
					const before = bound.find(({ slot }) => slot === slotOf.get(each.machine));
					const id = each.again && before ? before.request : `r${at}`;
					const fp = machine(`m${each.machine}`);
					const drawn = draw(bound, { id, fp }, { max });
					if (isRefusal(drawn)) {
						expect(drawn.refused).toBe('ALLOTMENT_SPENT');
						expect(bound).toHaveLength(max);
						expect(slotOf.has(each.machine)).toBe(false);
						continue;
					}
					expect(drawn.slot).toBeLessThanOrEqual(max);
					expect(slotOf.get(each.machine) ?? drawn.slot).toBe(drawn.slot);
					expect([...slotOf].filter(([, slot]) => slot === drawn.slot).length).toBeLessThan(2);
					expect(drawn.gen).toBe((before?.gen ?? 0) + (drawn.isRepeat ? 0 : 1));
					slotOf.set(each.machine, drawn.slot);
					bound = bound.filter(({ slot }) => slot !== drawn.slot);
					bound.push({ slot: drawn.slot, gen: drawn.gen, fp, request: id });
				}
				expect(new Set(slotOf.values()).size).toBe(slotOf.size);
			})
		);
	});
});

describe('recording', () => {
	const record = (changes: Partial<SlotStanding>, name = 'x') =>
		decideRecording({ before: [], isReserved: true, free: 1, ...changes }, machine(name));
	const first = { act: 'a.1', state: 'recorded' as const, fp: machine('first') };

	test('[AL4] the seat that was set aside, else a free one, else beyond', () => {
		expect(record({})).toEqual({ state: 'recorded', seat: 'reserved' });
		expect(record({ isReserved: false })).toEqual({ state: 'recorded', seat: 'free' });
		expect(record({ isReserved: false, free: 0 })).toEqual({ state: 'overage', seat: 'beyond' });
	});

	test('[AL2] the same machine again keeps what it has', () => {
		expect(record({ before: [first], isReserved: false, free: 0 }, 'first')).toEqual({
			state: 'recorded',
			act: 'a.1',
			seat: 'held'
		});
	});

	test('[AL5] another machine on the same slot is contested, whatever is free', () => {
		const isReserved = false;
		expect(record({ before: [first], isReserved, free: 9 })).toEqual({
			state: 'contested',
			seat: 'beyond'
		});
		const contested = { act: 'c', state: 'contested' as const, fp: machine('x') };
		expect(record({ before: [first, contested], isReserved })).toEqual({
			state: 'contested',
			act: 'c',
			seat: 'held'
		});
		expect(record({ before: [first], isReserved, holds: 'h' })).toEqual({
			state: 'contested',
			act: 'h',
			seat: 'none'
		});
	});

	test('[MA5] what merely looks like the machine of a slot is another machine', () => {
		const alike = { ...machine('first'), mac: ['other'] };
		const again = decideRecording({ before: [first], isReserved: false, free: 1 }, alike);
		expect(again).toEqual({ state: 'contested', seat: 'beyond' });
	});

	test('[AL5] a machine that holds a seat joins it, and the slot is free', () => {
		expect(record({ holds: 'h' })).toEqual({ state: 'joined', act: 'h', seat: 'released' });
		expect(record({ holds: 'h', isReserved: false })).toMatchObject({ seat: 'none' });
	});
});

describe('closing', () => {
	const close = (
		drawn: number[],
		changes: Partial<Parameters<typeof decideClosing>[0]> = {},
		recorded: number[] = []
	) => decideClosing({ state: 'open', isCopied: false, ...changes }, drawn, new Set(recorded));

	test('[AL4] what is not drawn is free; what is named waits to be recorded', () => {
		const block = { max: 4, state: 'closed' as const, drawn: [1, 3] };
		expect(slotsSetAside({ max: 4, state: 'open' }, new Set([2]))).toEqual([1, 3, 4]);
		expect(slotsSetAside(block, new Set([1]))).toEqual([3]);
		for (const state of ['expired', 'written-off'] as const)
			expect(slotsSetAside({ ...block, state }, new Set())).toEqual([]);
	});

	test('[AL4] the first close counts, the same again changes nothing', () => {
		expect(close([1], {}, [1])).toBe('closes');
		expect(close([1], { said: [1] })).toBe('known');
		expect(close([1], { state: 'expired' })).toBe('late');
		expect(close([1], { isCopied: true })).toBe('late');
	});

	test('[AL5] two different closes, and a close without what was recorded, prove a copy', () => {
		expect(close([1, 2], { said: [1] })).toBe('copied');
		expect(close([1], {}, [1, 2])).toBe('copied');
	});
});
