import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullest } from './fullest.ts';

const license = (id: string, seats: number, active: number, more: object = {}) => ({
	id,
	seats,
	counts: { active, reserved: 0, cooling: 0 },
	...more
});

test('[DK5] the fullest licenses are those with the smallest part free, so many at most', () => {
	const rows = [
		license('a quarter free', 4, 3),
		license('moved', 1, 1, { successor: 'KF-0000' }),
		license('suspended', 1, 1, { suspendedAt: 5 }),
		license('ended', 1, 1, { expiresAt: 99 }),
		license('nobody uses it', 1, 0),
		license('full', 25, 25),
		license('a quarter of more free', 8, 6),
		license('over its limit, ends later', 2, 3, { expiresAt: 101 }),
		license('half free', 2, 1)
	];
	expect(fullest(rows, 100, 4).map(({ id }) => id)).toEqual([
		'full',
		'over its limit, ends later',
		'a quarter free',
		'a quarter of more free'
	]);
	expect(fullest(rows.slice(1, 5), 100, 4)).toEqual([]);
});

test('[DK5] the fullest few are the first of all, put in order', () => {
	const any = fc.record({ seats: fc.integer({ min: 0, max: 6 }), active: fc.nat({ max: 7 }) });
	fc.assert(
		fc.property(fc.array(any, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (list, most) => {
			const rows = list.map(({ seats, active }, at) => license(String(at), seats, active));
			const all = fullest(rows, 0, rows.length + 1);
			expect(fullest(rows, 0, most)).toEqual(all.slice(0, most));
			expect(all).toHaveLength(rows.filter(({ counts }) => counts.active > 0).length);
		})
	);
});
