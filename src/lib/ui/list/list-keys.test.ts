import { expect, test } from 'vitest';
import { listIntent, rowAfter, type ListIntent } from './list-keys.ts';

const press = (key: string, held: Partial<Record<string, boolean>> = {}): ListIntent | undefined =>
	listIntent({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

test('[DK3] arrows walk, with Shift they choose what they pass', () => {
	expect(press('ArrowDown')).toEqual({ do: 'walk', by: 1 });
	expect(press('ArrowUp', { shiftKey: true })).toEqual({ do: 'walk', by: -1, extends: true });
	expect(press('PageDown')).toEqual({ do: 'walk', by: 1, far: true });
	expect(press('End')).toEqual({ do: 'ends', at: 'last' });
	expect(press(' ')).toEqual({ do: 'select' });
	expect(press('a', { metaKey: true })).toEqual({ do: 'selectAll' });
});

test('[DK3] what belongs to the browser stays its own', () => {
	expect(press('ArrowDown', { altKey: true })).toBe(undefined);
	expect(press('ArrowDown', { ctrlKey: true })).toBe(undefined);
	expect(press('Enter')).toBe(undefined);
	expect(press('a')).toBe(undefined);
});

test('[DK3] walking ends at either end, and begins at the one that it comes from', () => {
	const walk = (by: 1 | -1, from: number) =>
		rowAfter({ do: 'walk', by }, { from, count: 5, page: 3 });
	expect([walk(1, -1), walk(1, 0), walk(1, 4)]).toEqual([0, 1, 4]);
	expect([walk(-1, -1), walk(-1, 1), walk(-1, 0)]).toEqual([4, 0, 0]);
	const far = { do: 'walk', by: 1, far: true } as const;
	expect(rowAfter(far, { from: 1, count: 9, page: 3 })).toBe(4);
	expect(rowAfter(far, { from: 1, count: 9, page: 0 })).toBe(2);
	expect(rowAfter({ do: 'ends', at: 'last' }, { from: 0, count: 5, page: 3 })).toBe(4);
});
