import { expect, test } from 'vitest';
import type { Terms } from '../domain/licenses/license.ts';
import type { Claims } from '../formats/tokens.ts';
import { activationClaims, fileOf, granteeOf } from './activation.ts';

const terms: Terms = {
	sub: 'license-1',
	num: 'KF-AAAA-AAAA-AAA0',
	prd: 'atlas',
	title: 'Atlas',
	ed: 'standard',
	ent: [],
	ver: { from: 8, to: 9 },
	contact: 'licenses@example.com',
	pol: { k: 3, vm: true, given: false, graceMinutes: 15 }
};
const claims = {
	v: 7,
	jti: 'request-1',
	name: 'Ada',
	label: 'press',
	fp: { os: 'o', disk: 'd' }
} as unknown as Claims['activation-request'];
const issuance = { jti: 'file-1', iss: 'hub', act: 'act-1', gen: 1, iat: 5, nbf: 5, exp: 9 };

test('[FI7] an answer is in no newer format than this, and asks of its machine what the policy asks [MA2]', () => {
	const made = activationClaims(granteeOf({ claims, jkt: 'key-1' }), terms, issuance);
	expect(made).toMatchObject({ v: 1, req: 'request-1', name: 'Ada', k: 3, cnf: { jkt: 'key-1' } });
});

test('[AL3, O7] the next file names its claims in the same order, whatever the terms were before', () => {
	const first = activationClaims(granteeOf({ claims, jkt: 'key-1' }), terms, issuance);
	// As it was stored: what is absent has no place any more.
	const stored = JSON.parse(JSON.stringify(first)) as Claims['activation'];
	const more = { ...terms, clients: 5, mnt: 100 };
	const next = activationClaims(stored, more, { ...issuance, jti: 'file-2', gen: 2 });
	expect(Object.keys(next)).toEqual(Object.keys(first));
	expect(fileOf(next)).toEqual({ ...fileOf(first), gen: 2 });
});
