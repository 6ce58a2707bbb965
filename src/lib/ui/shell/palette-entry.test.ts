import { expect, test } from 'vitest';
import { neighbor, type PaletteGroup } from './palette-entry.ts';

const group = (title: string, ...ids: string[]): PaletteGroup => ({
	title,
	// Sound: nothing here draws an icon.
	entries: ids.map((id) => ({ id, name: id, icon: undefined as never }))
});
const groups = [group('actions', 'a', 'b'), group('screens', 'c')];

test('[DK6] arrows go from group to group, and round', () => {
	expect(neighbor(groups, 'b', 1)).toBe('c');
	expect(neighbor(groups, 'c', 1)).toBe('a');
	expect(neighbor(groups, 'a', -1)).toBe('c');
});

test('[DK6] without a line that is chosen they begin at an end', () => {
	expect(neighbor(groups, undefined, 1)).toBe('a');
	expect(neighbor(groups, undefined, -1)).toBe('c');
	expect(neighbor(groups, 'gone', 1)).toBe('a');
	expect(neighbor([], undefined, 1)).toBeUndefined();
});
