import { describe, expect, test } from 'vitest';
import type { Claims } from '#lib/formats/tokens.ts';
import { describeChanges } from './changes.ts';

const file: Claims['activation'] = {
	v: 1,
	jti: 'j',
	iat: 1,
	iss: 'hub',
	sub: 's',
	num: 'n',
	prd: 'atlas',
	title: 'Atlas',
	ed: 'Basic',
	ent: ['a', 'b'],
	ver: { from: 8, to: 8 },
	contact: 'c@example.com',
	pol: { k: 2, vm: true, given: false, graceMinutes: 15 },
	act: 'x',
	gen: 1,
	req: 'r',
	name: 'A',
	fp: {},
	k: 2,
	nbf: 1,
	cnf: { jkt: 't' }
};

describe('what a newer file changes', () => {
	test('the first file of an activation activates', () => {
		expect(describeChanges(undefined, file)).toEqual([{ what: 'activated' }]);
	});

	test('the same terms change nothing', () => {
		expect(describeChanges(file, { ...file, jti: 'k', iat: 2 })).toEqual([]);
	});

	test.for([
		[{ gen: 2 }, { what: 'generation', from: 1, to: 2 }],
		[{ ent: ['b', 'c'] }, { what: 'entitlements', added: ['c'], removed: ['a'] }],
		[{ exp: 9 }, { what: 'expiry', from: undefined, to: 9 }],
		[{ mnt: 9 }, { what: 'maintenance', from: undefined, to: 9 }],
		[{ clients: 5 }, { what: 'clients', from: undefined, to: 5 }],
		[{ ed: 'Pro' }, { what: 'edition', from: 'Basic', to: 'Pro' }],
		[{ title: 'Atlas Server' }, { what: 'product', from: 'Atlas', to: 'Atlas Server' }],
		[{ ver: { from: 8, to: 9 } }, { what: 'versions', from: file.ver, to: { from: 8, to: 9 } }]
	] as const)('%j', ([change, said]) => {
		expect(describeChanges(file, { ...file, ...change } as typeof file)).toEqual([said]);
	});
});
