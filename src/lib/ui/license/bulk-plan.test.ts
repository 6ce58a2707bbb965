import { expect, test } from 'vitest';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';
import { planKeys, planRenewal, planSuspending, yearAfter, type BulkPlan } from './bulk-plan.ts';

const at = (text: string) => Date.parse(text) / 1000;
const NOW = at('2026-11-29T09:00:00Z');
const END = at('2027-03-12T23:59:59Z');

const license = (number: string, rest: Partial<LicenseSummary> = {}): LicenseSummary => ({
	id: number,
	number,
	customerId: 'c',
	customer: 'Example',
	title: 'Atlas Server',
	edition: 'Standard',
	seats: 2,
	counts: { active: 0, reserved: 0, cooling: 0 },
	...rest
});
const may = ({ customerId }: LicenseSummary) => customerId === 'c';
const said = <C>({ todo, skipped }: BulkPlan<C>) => [
	...todo.map(({ license: { number } }) => number),
	...skipped.map(({ license: { number }, why }) => `${number} ${why}`)
];

test('[DK3] suspending leaves out what is suspended, moved, or of somebody else', () => {
	const all = [
		license('a'),
		license('b', { suspendedAt: NOW }),
		license('c', { successor: 'x' }),
		license('d', { customerId: 'other' })
	];
	expect(said(planSuspending(all, { suspend: true, may }))).toEqual([
		'a',
		'b suspended',
		'c moved',
		'd mayNot'
	]);
	expect(said(planSuspending(all, { suspend: false, may }))).toEqual([
		'b',
		'a notSuspended',
		'c moved',
		'd mayNot'
	]);
});

test('[DK3] a renewal of many makes ends later, shortens none and sets none', () => {
	const all = [
		license('short', { expiresAt: END }),
		license('long', { expiresAt: at('2031-01-01T00:00:00Z') }),
		license('endless', { maintainedUntil: END }),
		license('held', { expiresAt: END, suspendedAt: NOW })
	];
	const until = at('2028-12-31T23:59:59Z');
	const plan = planRenewal(all, { wish: { ends: ['expiresAt'], until }, may, now: NOW });
	expect(said(plan)).toEqual(['short', 'long longer', 'endless noEnd', 'held suspended']);
	expect(plan.todo[0]!.change).toEqual({ expiresAt: { from: END, to: until } });
});

test('[DK3] a year on is counted from each end, or from today where that has passed', () => {
	const all = [
		license('ahead', { expiresAt: END, maintainedUntil: END }),
		license('passed', { maintainedUntil: at('2025-05-01T23:59:59Z') })
	];
	const wish = { ends: ['maintainedUntil', 'expiresAt'], until: 'year' } as const;
	const { todo } = planRenewal(all, { wish, may, now: NOW });
	const to = at('2028-03-12T23:59:59Z');
	expect(todo[0]!.change).toEqual({
		maintainedUntil: { from: END, to },
		expiresAt: { from: END, to }
	});
	expect(todo[1]!.change.maintainedUntil!.to).toBe(at('2027-11-29T23:59:59Z'));
	expect(yearAfter(at('2028-02-29T12:00:00Z'))).toBe(at('2029-02-28T23:59:59Z'));
});

test('[DK3] keys that are not on this desk are left out, with the reason', () => {
	const all = [license('a'), license('b'), license('c', { customerId: 'other' })];
	const plan = (owed: string[]) =>
		said(planKeys(all, { may, held: new Set(['a']), owed: new Set(owed) }));
	expect(plan([])).toEqual(['a', 'b noKey', 'c mayNot']);
	// While the first sync still reads them, nobody is told that they are not here.
	expect(plan(['c', 'other'])).toEqual(['a', 'b keyComing', 'c mayNot']);
});
