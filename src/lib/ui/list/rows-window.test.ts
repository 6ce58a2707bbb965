import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnRows, heldRow, scrollToSee } from './rows-window.ts';

const place = fc.record({
	above: fc.integer({ min: -2000, max: 5_000_000 }),
	view: fc.integer({ min: 0, max: 2000 }),
	height: fc.integer({ min: 40, max: 96 }),
	count: fc.integer({ min: 0, max: 100_000 }),
	isMoving: fc.boolean()
});

test('[DK3] every row that is seen is drawn, and few that are not', () => {
	fc.assert(
		fc.property(place, (at) => {
			const { first, end } = drawnRows(at);
			expect(first).toBeGreaterThanOrEqual(0);
			expect(first).toBeLessThanOrEqual(at.count);
			const seenFirst = Math.max(0, Math.floor(at.above / at.height));
			const seenEnd = Math.min(at.count, Math.ceil((at.above + at.view) / at.height));
			for (let row = seenFirst; row < seenEnd; row++) {
				expect(row).toBeGreaterThanOrEqual(first);
				expect(row).toBeLessThan(end);
			}
			const drawn = Math.min(end, at.count) - first;
			expect(drawn).toBeLessThanOrEqual(Math.ceil(at.view / at.height) + (at.isMoving ? 11 : 3));
		})
	);
});

test('[DK3] scrolling shows a row whole, and no further than that', () => {
	const seen = { above: 400, view: 400, height: 40 };
	expect(scrollToSee(10, seen)).toBe(0);
	expect(scrollToSee(19, seen)).toBe(0);
	expect(scrollToSee(9, seen)).toBe(-40);
	expect(scrollToSee(20, seen)).toBe(40);
});

test('[DK3] a list is held by the row on its upper edge, and at its beginning by none', () => {
	expect(heldRow({ above: 0, height: 40, count: 9 })).toBe(undefined);
	expect(heldRow({ above: -70, height: 40, count: 9 })).toBe(undefined);
	expect(heldRow({ above: 90, height: 40, count: 9 })).toEqual({ at: 2, hidden: 10 });
	expect(heldRow({ above: 90, height: 40, count: 0 })).toBe(undefined);
});
