/** The test of the test: a checker that finds nothing must be able to find something. */
import { describe, expect, test } from 'vitest';
import { findDifferences, type Journal, type Ledger } from './checker.ts';

const journal = (): Journal =>
	new Map([
		['r1', { machine: 'm1', grants: ['t1', 't1'] }],
		['r2', { machine: 'm2', grants: ['t2'] }],
		['r3', { machine: 'm3', grants: [] }]
	]);

/** `r3` was granted as well, and its answer never arrived. */
const ledger = (): Ledger => ({
	licenses: [{ licenseId: 'l', seats: 3, active: 3, reserved: 0, cooling: 0 }],
	allotments: [],
	activations: ['1', '2', '3'].map((n) => ({
		act: `a${n}`,
		licenseId: 'l',
		state: 'active',
		label: `m${n}`,
		overage: false
	})),
	files: ['1', '2', '3'].map((n) => ({ act: `a${n}`, gen: 1, request: `r${n}`, token: `t${n}` })),
	requests: ['1', '2', '3'].map((n) => ({
		request: `r${n}`,
		state: 'granted',
		act: `a${n}`,
		token: `t${n}`
	}))
});

describe('the checker', () => {
	test('finds nothing where all is well', () => {
		expect(findDifferences(journal(), ledger())).toEqual([]);
	});

	test('finds a planted loss', () => {
		const planted = ledger();
		planted.requests.splice(1, 1);
		planted.files.splice(1, 1);
		planted.activations.splice(1, 1);
		planted.licenses[0]!.active = 2;
		expect(findDifferences(journal(), planted)).toEqual([{ kind: 'lost', about: 'r2' }]);
	});

	test('finds a planted double', () => {
		const planted = ledger();
		planted.licenses[0]!.seats = 4;
		planted.licenses[0]!.active = 4;
		planted.activations.push({ ...planted.activations[0]!, act: 'a4' });
		expect(findDifferences(journal(), planted)).toEqual([{ kind: 'double', about: 'l m1' }]);
	});

	test('finds a second file for one request, and another answer than the one given', () => {
		const planted = ledger();
		planted.files.push({ act: 'a1', gen: 2, request: 'r1', token: 't9' });
		planted.requests[0]!.token = 't9';
		expect(findDifferences(journal(), planted)).toEqual([
			{ kind: 'changed', about: 'r1' },
			{ kind: 'double', about: 'r1' }
		]);
	});

	test('finds seats above the license, a wrong count and half a transaction', () => {
		const oversold = ledger();
		oversold.licenses[0]!.seats = 2;
		expect(findDifferences(journal(), oversold)).toEqual([{ kind: 'oversold', about: 'l' }]);
		const miscounted = ledger();
		miscounted.licenses[0]!.active = 2;
		expect(findDifferences(journal(), miscounted)).toEqual([{ kind: 'count', about: 'l' }]);
		const torn = ledger();
		torn.files.splice(2, 1);
		expect(findDifferences(journal(), torn)).toEqual([{ kind: 'torn', about: 'r3' }]);
	});
});
