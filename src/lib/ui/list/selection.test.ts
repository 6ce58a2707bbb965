import { expect, test } from 'vitest';
import {
	allSelected,
	countUnlisted,
	extended,
	nothingSelected,
	toggled,
	type Selection
} from './selection.ts';

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const ids = (selection: Selection) => [...selection.ids].sort().join('');

test('[DK3] a row is chosen and let go', () => {
	const one = toggled(nothingSelected, 'b');
	expect(ids(one)).toBe('b');
	expect(ids(toggled(one, 'b'))).toBe('');
	expect(ids(nothingSelected)).toBe('');
});

test('[DK3] a range runs from the row chosen last, in either direction', () => {
	const anchored = toggled(nothingSelected, 'c');
	expect(ids(extended(anchored, rows, 'e'))).toBe('cde');
	expect(ids(extended(anchored, rows, 'a'))).toBe('abc');
	expect(ids(extended(extended(anchored, rows, 'd'), rows, 'b'))).toBe('bcd');
});

test('[DK3] a range without a beginning is one row', () => {
	expect(ids(extended(nothingSelected, rows, 'd'))).toBe('d');
	const elsewhere = toggled(nothingSelected, 'x');
	expect(ids(extended(elsewhere, rows, 'd'))).toBe('dx');
	expect(ids(extended(elsewhere, rows, 'not listed'))).toBe('x');
});

test('[DK3] what is chosen stays so while other rows are listed', () => {
	const chosen = allSelected(toggled(nothingSelected, 'x'), rows.slice(0, 2));
	expect(ids(chosen)).toBe('abx');
	expect(countUnlisted(chosen, rows)).toBe(1);
	expect(countUnlisted(chosen, [{ id: 'b' }])).toBe(2);
	expect(countUnlisted(nothingSelected, rows)).toBe(0);
});
