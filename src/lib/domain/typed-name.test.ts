import { expect, test } from 'vitest';
import { asLine, isBlank, judgeName, seenOrNone } from './typed-name.ts';

test.each([
	'',
	' ',
	'\t\u00a0\u3000',
	'\u200b\u200d',
	'\u202e\u2066\u2069',
	'\u3164',
	'\u115f\u1160',
	'\ufeff',
	'\u2800',
	'\u00ad'
])('[NM1] %j is a name that nobody sees', (name) => {
	expect(isBlank(name)).toBe(true);
	expect(judgeName(name)).toEqual({ refused: 'NAME_BLANK', facts: { field: 'name' } });
	expect(seenOrNone(name)).toBeUndefined();
});

test.each(['A', '.', '机', 'שרת', ' \u200bx', '🙂'])('[NM1] %j is a name', (name) => {
	expect(isBlank(name)).toBe(false);
	expect(judgeName(name)).toBeUndefined();
	expect(seenOrNone(name)).toBe(name.trim());
});

test('[NM1] a name is one line: what a paste or a script brings besides is a blank', () => {
	expect(asLine(' Ada\r\n  Example\t')).toBe('Ada Example');
	expect(asLine('rack\u001b[31m 07')).toBe('rack [31m 07');
	expect(asLine('a\u0085b\u2028c')).toBe('a b c');
	expect(asLine('Ada  Example')).toBe('Ada  Example');
	expect(seenOrNone('hall\n7')).toBe('hall 7');
});
