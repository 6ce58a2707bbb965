import { describe, expect, test } from 'vitest';
import type { Policy } from './license.ts';
import {
	compareMachines,
	judgeFingerprint,
	recognizeMachine,
	type Fingerprint
} from './machine.ts';
import { refuse } from './refusal.ts';

const full: Fingerprint = { os: 'o1', fs: 'f1', board: 'b1', disk: 'd1', mac: ['m1', 'm2'] };
const policy: Policy = { k: 2, vm: true, given: false, graceMinutes: 15 };
const terms = { policy, number: 'KF-1', contact: 'licenses@example.com' };

describe('the same machine', () => {
	test.for<[string, Fingerprint, boolean]>([
		['all the same', full, true],
		['system disk and installation replaced', { ...full, os: 'o2', fs: 'f2', disk: 'd2' }, true],
		['only software the same', { os: 'o1', fs: 'f1', board: 'b2', disk: 'd2', mac: ['m9'] }, false],
		[
			'one hardware part alone',
			{ os: 'o2', fs: 'f2', board: 'b1', disk: 'd2', mac: ['m9'] },
			false
		],
		['one of its network cards and the installation', { os: 'o1', mac: ['m2'] }, true],
		['nothing', {}, false]
	])('[MA2] %s', ([, present, same]) => {
		expect(compareMachines(full, present, 2).same).toBe(same);
	});

	test('[MA2] what changed is shown by name', () => {
		expect(compareMachines(full, { ...full, disk: 'd2', mac: ['m9'] }, 4)).toEqual({
			same: false,
			matched: ['os', 'fs', 'board'],
			differ: ['disk', 'mac'],
			needed: 4
		});
	});

	test('[MA2] no more can be asked than was enrolled', () => {
		const small: Fingerprint = { os: 'o1', disk: 'd1' };
		expect(compareMachines(small, small, 5)).toMatchObject({ same: true, needed: 2 });
	});

	test('[MA2] the best match wins and a tie is refused', () => {
		const a = { fp: { os: 'o1', disk: 'd1', board: 'b1' }, label: 'a' };
		const b = { fp: { os: 'o1', disk: 'd1', board: 'b2' }, label: 'b' };
		expect(recognizeMachine({ os: 'o1', disk: 'd1', board: 'b1' }, [b, a], 2)).toBe(a);
		expect(recognizeMachine({ os: 'o1', disk: 'd1' }, [a, b], 2)).toEqual(
			refuse('FINGERPRINT_AMBIGUOUS', { labels: ['a', 'b'] })
		);
		expect(recognizeMachine({ os: 'o9', disk: 'd9' }, [a, b], 2)).toBeUndefined();
	});
});

describe('a fingerprint that cannot carry an activation', () => {
	test.for<[string, Fingerprint]>([
		['one component', { disk: 'd1' }],
		['software only', { os: 'o1', fs: 'f1' }],
		['nothing', {}]
	])('[MA2] %s is too weak', ([, fp]) => {
		expect(judgeFingerprint({ fp, vm: false }, terms)?.refused).toBe('FINGERPRINT_TOO_WEAK');
	});

	test('[MA2] a given fingerprint stands alone and only where the policy allows it', () => {
		const given = { fp: { given: 'g1' }, vm: false };
		const allowed = { ...terms, policy: { ...policy, given: true } };
		expect(judgeFingerprint(given, terms)).toEqual(
			refuse('FINGERPRINT_NOT_ALLOWED', { number: 'KF-1' })
		);
		expect(judgeFingerprint(given, allowed)).toBeUndefined();
		const mixed = { fp: { given: 'g1', disk: 'd1', os: 'o1' }, vm: false };
		expect(judgeFingerprint(mixed, allowed)?.refused).toBe('FINGERPRINT_NOT_ALLOWED');
		expect(compareMachines({ given: 'g1' }, { given: 'g1' }, 2)).toMatchObject({
			same: true,
			needed: 1
		});
	});

	test('[MA2] a virtual machine is refused only where the license says so', () => {
		const virtual = { fp: full, vm: true };
		expect(judgeFingerprint(virtual, terms)).toBeUndefined();
		expect(judgeFingerprint(virtual, { ...terms, policy: { ...policy, vm: false } })).toEqual(
			refuse('VIRTUAL_MACHINE_REFUSED', { number: 'KF-1', contact: 'licenses@example.com' })
		);
	});
});
