import { expect, test } from 'vitest';
import { isBlank, judgeName, seenOrNone } from './typed-name.ts';

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
