import { describe, expect, test } from 'vitest';
import { rangeOf } from './byte-range.ts';

const file = { size: 100, tag: '"abc"' };
const asked = (range: string | null, ifRange: string | null = null) =>
	rangeOf({ range, ifRange }, file);

describe('the part of a file that somebody asks for', () => {
	test.for([
		['bytes=0-0', { start: 0, end: 0 }],
		['bytes=10-19', { start: 10, end: 19 }],
		['bytes=10-', { start: 10, end: 99 }],
		['bytes=10-500', { start: 10, end: 99 }],
		['bytes=-10', { start: 90, end: 99 }],
		['bytes=-500', { start: 0, end: 99 }],
		['bytes=99-', { start: 99, end: 99 }],
		['bytes=100-', 'unsatisfiable'],
		['bytes=-0', 'unsatisfiable'],
		['bytes=20-10', undefined],
		['bytes=0-1,5-6', undefined],
		['lines=0-1', undefined],
		['bytes=-', undefined],
		['bytes=x-1', undefined],
		[null, undefined]
	] as const)('[P8] %s', ([range, expected]) => expect(asked(range)).toEqual(expected));

	test('[P8] a part of another file is not meant', () => {
		expect(asked('bytes=10-19', '"abc"')).toEqual({ start: 10, end: 19 });
		expect(asked('bytes=10-19', '"other"')).toBeUndefined();
		expect(asked('bytes=10-19', 'W/"abc"')).toBeUndefined();
	});
});
