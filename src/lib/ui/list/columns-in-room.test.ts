import { expect, test } from 'vitest';
import { columnsInRoom, tracksOf } from './columns-in-room.ts';

const layout = {
	first: { rem: 5, share: 1 },
	widths: { a: { rem: 5, share: 0.5 }, b: { rem: 10 }, c: { rem: 5 } },
	spare: ['c', 'a'] as const
};

test('[DK3] a list shows the columns that there is room for, those worth least given up first', () => {
	const shown = (room: number) => columnsInRoom(['a', 'b', 'c'], layout, room).join('');
	// 25 rem and three gaps; 20 and two.
	expect(shown(400 + 36)).toBe('abc');
	expect(shown(400 + 35)).toBe('ab');
	expect(shown(320 + 23)).toBe('b');
	expect(shown(0)).toBe('b');
	expect(columnsInRoom(['c', 'a'], layout, 2000)).toEqual(['c', 'a']);
});

test('[DK3] a column takes its share of the room that is left', () => {
	expect(tracksOf(['b'], layout)).toBe('minmax(5rem, 1fr) 10rem');
});
