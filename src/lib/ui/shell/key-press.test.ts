import { describe, expect, test } from 'vitest';
import { isLetter, offered, opensPalette, reached, Sequence, type Shortcut } from './key-press.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false };
const shortcut = (name: string, ...keys: string[]): Shortcut => ({
	keys,
	does: () => name,
	act: () => true
});
const names = (found: Shortcut[]) => found.map(({ does }) => does());

describe('[DK6] the command palette is opened', () => {
	test.for([
		{ press: { ...plain, key: 'k', ctrlKey: true }, isMac: false, opens: true },
		{ press: { ...plain, key: 'K', ctrlKey: true }, isMac: false, opens: true },
		{ press: { ...plain, key: 'k', metaKey: true }, isMac: true, opens: true },
		// Deletes what stands behind the cursor.
		{ press: { ...plain, key: 'k', ctrlKey: true }, isMac: true, opens: false },
		// How AltGr is told.
		{ press: { ...plain, key: 'k', ctrlKey: true, altKey: true }, isMac: false, opens: false },
		{ press: { ...plain, key: 'k' }, isMac: false, opens: false },
		{ press: { ...plain, key: 'j', ctrlKey: true }, isMac: false, opens: false }
	])('$press.key with ctrl $press.ctrlKey, meta $press.metaKey, Mac $isMac: $opens', (each) => {
		expect(opensPalette(each.press, each.isMac)).toBe(each.opens);
	});
});

test('[DK6] letters and signs can be switched off, keys with a name of their own cannot', () => {
	for (const key of ['j', '/', '?', 'X']) expect(isLetter(key)).toBe(true);
	for (const key of [' ', 'Enter', 'ArrowDown', 'Escape']) expect(isLetter(key)).toBe(false);
});

describe('[DK6] keys of a screen', () => {
	const list = [shortcut('next row', 'j', 'ArrowDown'), shortcut('select', 'x')];
	const detail = [shortcut('next machine', 'j')];

	test('the screen in front is asked first, and passes on what it does not mean', () => {
		expect(names(reached([list, detail], 'j'))).toEqual(['next machine', 'next row']);
		expect(names(reached([list, detail], 'x'))).toEqual(['select']);
		expect(reached([list, detail], 'y')).toEqual([]);
	});

	test('the help lists what can be reached', () => {
		expect(names(offered([list, detail]))).toEqual(['next machine', 'next row', 'select']);
		expect(names(offered([[shortcut('hidden', 'j')], detail]))).toEqual(['next machine']);
	});
});

describe('[DK6] g and a letter', () => {
	test('the second letter comes within a second', () => {
		const sequence = new Sequence();
		expect(sequence.press('g', 100)).toBe('begun');
		expect(sequence.press('l', 1_100)).toEqual({ second: 'l' });
		expect(sequence.press('l', 1_200)).toBeUndefined();
	});

	test('later it is a letter of its own', () => {
		const sequence = new Sequence();
		sequence.press('g', 100);
		expect(sequence.press('l', 1_101)).toBeUndefined();
	});
});
