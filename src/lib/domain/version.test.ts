import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, isVersion, versionNumbers } from './version.ts';

const numbers = fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 5 });

test.each([
	['5.1.9', '5.2', -1],
	['5.10', '5.2', 1],
	['5.2', '5.2.0', 0],
	['5.2.0-beta', '5.2', 0],
	[' 6 ', '5.99.99', 1],
	['unknown', '0.0.1', -1]
])('[P7] %s beside %s: %i', (one, other, order) => {
	expect(Math.sign(compareVersions(one, other))).toBe(order);
	expect(Math.sign(compareVersions(other, one))).toBe(order === 0 ? 0 : -order);
});

test('[P7] the first number that differs decides, whatever follows it', () => {
	fc.assert(
		fc.property(numbers, numbers, (one, other) => {
			const longest = Math.max(one.length, other.length);
			const padded = (list: number[]) => Array.from({ length: longest }, (_, at) => list[at] ?? 0);
			const [a, b] = [padded(one), padded(other)];
			const at = a.findIndex((number, place) => number !== b[place]);
			const order = at < 0 ? 0 : Math.sign(a[at]! - b[at]!);
			expect(Math.sign(compareVersions(one.join('.'), other.join('.')))).toBe(order);
			expect(versionNumbers(one.join('.'))).toEqual(one);
		})
	);
});

test('[P7] a catalog names versions by numbers and points alone', () => {
	for (const text of ['5', '5.2', '10.0.0.1']) expect(isVersion(text)).toBe(true);
	for (const text of ['', '5.', '5..2', 'v5', '5.2-beta', ' 5'])
		expect(isVersion(text)).toBe(false);
});
