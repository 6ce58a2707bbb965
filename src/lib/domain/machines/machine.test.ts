import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../licenses/license.ts';
import {
	compareMachines,
	judgeFingerprint,
	recognizeMachine,
	shareComponent,
	type Fingerprint
} from './machine.ts';
import { refuse } from '../refusal.ts';

const full: Fingerprint = { os: 'o1', fs: 'f1', board: 'b1', disk: 'd1', mac: ['m1', 'm2'] };
const policy: Policy = { k: 2, vm: true, given: false, graceMinutes: 15 };
const terms = { policy, number: 'KF-1', contact: 'licenses@example.com' };

describe('the same machine', () => {
	const clone = { os: 'o2', fs: 'f1', disk: 'd2', mac: ['m9'] };
	test.for<[string, Fingerprint, boolean]>([
		['all the same', full, true],
		['reinstalled: disk and adapters the same', { ...full, os: 'o2', fs: 'f2' }, true],
		['a replaced adapter', { ...full, mac: ['m9'] }, true],
		['a restored disk', { ...full, disk: 'd2' }, true],
		['a clone of its image', clone, false],
		['a clone of its image, on a board of its model', { ...clone, os: 'o1', mac: ['m1'] }, false],
		['only software', { os: 'o1', fs: 'f1', board: 'b2', disk: 'd2', mac: ['m9'] }, false],
		['one hardware part alone', { board: 'b1' }, false],
		['one of its two adapters', { ...full, mac: ['m1'], disk: 'd2' }, false],
		['another board', { ...full, board: 'b2' }, true],
		['nothing', {}, false]
	])('[MA2] %s', ([, present, same]) => {
		expect(compareMachines(full, present, policy).same).toBe(same);
		expect(compareMachines(present, full, policy).same).toBe(same);
	});

	test('[MA2] an image on a machine that has kept one part of three is another machine', () => {
		const other = { ...full, board: 'b2', disk: 'd2' };
		expect(compareMachines(full, other, policy).same).toBe(false);
		expect(compareMachines(other, full, policy).same).toBe(false);
	});

	test('[MA2] absent components weigh as much as others: few of many are no machine', () => {
		const { os, disk } = full;
		expect(compareMachines(full, { os, disk }, policy).same).toBe(false);
		expect(compareMachines({ os, disk }, full, policy).same).toBe(false);
	});

	test('[MA2] what changed is shown by name', () => {
		expect(
			compareMachines(full, { ...full, disk: 'd2', mac: ['m9'] }, { ...policy, k: 4 })
		).toEqual({
			same: false,
			matched: ['os', 'fs', 'board'],
			differ: ['disk', 'mac'],
			needed: 4
		});
	});

	test('[MA2] the needed number does not sink with what was enrolled', () => {
		const small: Fingerprint = { os: 'o1', disk: 'd1' };
		expect(compareMachines(small, small, { ...policy, k: 3 })).toMatchObject({
			same: false,
			needed: 3
		});
		expect(compareMachines(small, small, { ...policy, k: 1 })).toMatchObject({
			same: true,
			needed: 2
		});
	});

	test('[MA2] addresses match when more than half of both lists together is common', () => {
		const on = (mac: string[]) => ({ os: 'o1', mac });
		const same = (one: string[], other: string[]) =>
			compareMachines(on(one), on(other), policy).same;
		expect(same(['m1', 'm2', 'm3'], ['m1', 'm2'])).toBe(true);
		expect(same(['m1', 'm2'], ['m1'])).toBe(false);
		expect(same(['m1', 'm2', 'm3'], ['m1', 'm2', 'm9'])).toBe(false);
		expect(same(['m1', 'm1'], ['m1'])).toBe(true);
	});

	test('[MA2] the best match wins and a tie is refused', () => {
		const a = { fp: { os: 'o1', fs: 'f1', disk: 'd1' }, label: 'a' };
		const b = { fp: { os: 'o1', fs: 'f2', disk: 'd1' }, label: 'b' };
		expect(recognizeMachine({ os: 'o1', fs: 'f1', disk: 'd1' }, [b, a], policy)).toBe(a);
		expect(recognizeMachine({ os: 'o1', disk: 'd1' }, [a, b], policy)).toEqual(
			refuse('FINGERPRINT_AMBIGUOUS', { labels: ['a', 'b'] })
		);
		expect(recognizeMachine({ os: 'o9', disk: 'd9' }, [a, b], policy)).toBeUndefined();
	});

	const hash = fc.integer({ min: 0, max: 3 }).map(String);
	const some = fc.record(
		{
			os: hash,
			fs: hash,
			board: hash,
			disk: hash,
			mac: fc.uniqueArray(hash, { minLength: 1, maxLength: 4 })
		},
		{ requiredKeys: [] }
	);

	test('[MA2] one fingerprint opens at most one of machines that have nothing in common', () => {
		fc.assert(
			fc.property(some, some, some, fc.integer({ min: 1, max: 5 }), (file, one, other, k) => {
				fc.pre(!shareComponent(one, other));
				const opens = (present: Fingerprint) =>
					compareMachines(file, present, { ...policy, k }).same;
				expect(opens(one) && opens(other)).toBe(false);
			}),
			{ numRuns: Number(process.env.FC_RUNS ?? 2_000) }
		);
	});
});

describe('a fingerprint that cannot carry an activation', () => {
	test.for<[string, Fingerprint]>([
		['one component', { disk: 'd1' }],
		['software only', { os: 'o1', fs: 'f1' }],
		['fewer than the policy asks for', { os: 'o1', disk: 'd1' }],
		['nothing', {}]
	])('[MA2] %s is too weak', ([, fp]) => {
		const strict = { ...terms, policy: { ...policy, k: 3 } };
		expect(judgeFingerprint({ fp, vm: false }, strict)?.refused).toBe('FINGERPRINT_TOO_WEAK');
	});

	test('[MA2, MA6] a given fingerprint stands alone and only where the policy allows it', () => {
		const given = { fp: { given: 'g1' }, vm: false };
		const allowed = { ...terms, policy: { ...policy, given: true } };
		expect(judgeFingerprint(given, terms)).toEqual(
			refuse('FINGERPRINT_NOT_ALLOWED', { number: 'KF-1' })
		);
		expect(judgeFingerprint(given, allowed)).toBeUndefined();
		const mixed = { fp: { given: 'g1', disk: 'd1', os: 'o1' }, vm: false };
		expect(judgeFingerprint(mixed, allowed)?.refused).toBe('FINGERPRINT_NOT_ALLOWED');
		const byHand = (one: Fingerprint, other: Fingerprint, isAllowed = true) =>
			compareMachines(one, other, { ...policy, given: isAllowed });
		expect(byHand({ given: 'g1' }, { given: 'g1' })).toMatchObject({ same: true, needed: 1 });
		// Verifiers hold the policy too. [MA6]
		expect(byHand({ given: 'g1' }, { given: 'g1' }, false).same).toBe(false);
		expect(byHand(mixed.fp, mixed.fp).same).toBe(false);
		expect(byHand({ given: 'g1' }, { given: 'g1', disk: 'd1' }).same).toBe(false);
	});

	test('[MA2] a virtual machine is refused only where the license says so', () => {
		const virtual = { fp: full, vm: true };
		expect(judgeFingerprint(virtual, terms)).toBeUndefined();
		expect(judgeFingerprint(virtual, { ...terms, policy: { ...policy, vm: false } })).toEqual(
			refuse('VIRTUAL_MACHINE_REFUSED', { number: 'KF-1', contact: 'licenses@example.com' })
		);
	});
});
