import { describe, expect, test } from 'vitest';
import { judgeResource, type LicenseHere } from './resource.ts';

const north: LicenseHere = { number: 'KF-1', product: 'atlas', customer: 'North Works' };
const south: LicenseHere = { number: 'KF-2', product: 'atlas', customer: 'South Works' };
const southDelta: LicenseHere = { number: 'KF-3', product: 'delta', customer: 'South Works' };
const licenses = [north, south, southDelta];

describe('the license of a resource', () => {
	test.each([
		[{ name: 'a', license: 'KF-2' }, undefined, south],
		[{ name: 'a', customer: 'north works' }, undefined, north],
		[{ name: 'a', product: 'delta' }, undefined, southDelta],
		[{ name: 'a', customer: 'South Works', product: 'delta' }, undefined, southDelta],
		[{ name: 'a' }, 'KF-1', north],
		[{ name: 'a', customer: 'South Works' }, 'KF-3', southDelta],
		[{ name: 'a', customer: 'North Works' }, 'KF-3', north]
	])('[RS2] %o with %s chosen', (cells, chosen, license) => {
		expect(judgeResource(cells, { licenses, chosen })).toEqual({
			name: 'a',
			kind: 'database',
			product: license.product,
			customer: license.customer,
			license: license.number
		});
	});

	test.each([
		[{ name: 'a' }, 'license', 'several-licenses'],
		[{ name: 'a', customer: 'South Works' }, 'customer', 'several-licenses'],
		[{ name: 'a', product: 'gamma' }, 'product', 'not-active-here'],
		[{ name: 'a', license: 'KF-9' }, 'license', 'not-active-here'],
		[{ name: 'a', license: 'KF-1', customer: 'South Works' }, 'license', 'not-active-here']
	])('[RS2] %o has none', (cells, column, fault) => {
		expect(judgeResource(cells, { licenses })).toMatchObject([{ column, fault }]);
	});
});

test('[RS2] all that is wrong with a row is said at once', () => {
	const cells = { name: '\u2800', kind: 'a\u0007', limit: '0', customer: 'Nobody' };
	expect(judgeResource(cells, { licenses })).toMatchObject([
		{ column: 'kind', fault: 'control-character' },
		{ column: 'name', fault: 'blank' },
		{ column: 'limit', fault: 'below-one' },
		{ column: 'customer', fault: 'not-active-here' }
	]);
	for (const [limit, fault] of Object.entries({
		two: 'not-a-whole-number',
		'1.5': 'not-a-whole-number',
		'1000001': 'too-large'
	}))
		expect(judgeResource({ name: 'a', limit, license: 'KF-1' }, { licenses })).toMatchObject([
			{ column: 'limit', fault }
		]);
});
