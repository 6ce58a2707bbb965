import { expect, test } from 'vitest';
import { saidIn, saidSince } from './machine-said.ts';

test('[P11] what a request says of its machine is kept, and nothing else of it', () => {
	const request = { site: 'Hall 3', os: 'linux', pv: '10.2.1', name: 'Ada', jti: 'r1' };
	expect(saidIn(request)).toEqual({ site: 'Hall 3', os: 'linux', pv: '10.2.1' });
	expect(saidIn({ os: 'linux' })).toEqual({ os: 'linux' });
	expect(saidIn({})).toBeNull();
});

test('[P11] a later request replaces what it says, and leaves what it does not say', () => {
	const first = { site: 'Hall 3', os: 'linux', pv: '10.2.1' };
	expect(saidSince(first, { pv: '10.3.0' })).toEqual({ ...first, pv: '10.3.0' });
	expect(saidSince(first, null)).toEqual(first);
	expect(saidSince(null, first)).toEqual(first);
	expect(saidSince(undefined, null)).toBeNull();
});
