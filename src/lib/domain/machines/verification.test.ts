import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRACE_LIMIT, withGrace } from '../licenses/license.ts';
import { doubtClock, noticeClock } from './clock.ts';
import { refuse } from '../refusal.ts';
import {
	emptyTrustState,
	judgeActivation,
	noticeGrace,
	type ActivationTerms,
	type Circumstances
} from './verification.ts';

const contact = 'licenses@example.com';
const activation: ActivationTerms = {
	sub: 'license-1',
	num: 'KF-AAAA-AAAA-AAA0',
	prd: 'atlas',
	title: 'Atlas',
	ed: 'standard',
	ent: ['dataflow'],
	ver: { from: 8, to: 9 },
	mnt: 500,
	contact,
	pol: { k: 2, vm: false, given: false, graceMinutes: 15 },
	act: 'act-1',
	gen: 2,
	fp: { os: 'o1', disk: 'd1' },
	k: 2,
	iat: 1000,
	exp: 2000
};
const machine = { fp: { os: 'o1', disk: 'd1' }, vm: false };
const judge = (changes: Partial<Circumstances> = {}) =>
	judgeActivation(activation, { machine, now: 1500, state: emptyTrustState, ...changes });

describe('an activation file on the machine that wants to run', () => {
	test('[K4] opens for its product, version and machine', () => {
		expect(judge({ product: 'atlas', version: '8.2', builtAt: 500 })).toBeUndefined();
	});

	test.for<[string, Partial<Circumstances>, string]>([
		['another product', { product: 'delta' }, 'PRODUCT_MISMATCH'],
		['[K3] another major version', { version: '10.1' }, 'VERSION_NOT_COVERED'],
		['built after maintenance ended', { builtAt: 501 }, 'MAINTENANCE_ENDED'],
		[
			'[MA2] another machine',
			{ machine: { fp: { os: 'o1', disk: 'd2' }, vm: false } },
			'FINGERPRINT_MISMATCH'
		],
		['[S8] a virtual machine', { machine: { ...machine, vm: true } }, 'VIRTUAL_MACHINE_REFUSED'],
		['[CL1] the very second of its end', { now: 2000 }, 'ACTIVATION_EXPIRED']
	])('refuses %s', ([, changes, code]) => {
		expect(judge(changes)?.refused).toBe(code);
	});

	test('[FI1] an older generation than the newest seen is superseded', () => {
		const state = { ...emptyTrustState, generations: { 'act-1': 3 } };
		expect(judge({ state })).toEqual(refuse('GENERATION_SUPERSEDED', { generation: 2, newest: 3 }));
		expect(judge({ state: { ...state, generations: { 'act-1': 2 } } })).toBeUndefined();
	});

	test('[MA4] what this machine gave back is locked, whatever else holds', () => {
		const back = { act: activation.act, file: '/state/returns/act-1.kfret', settled: false };
		const returned = new Map([[activation.act, back]]);
		expect(judge({ returned, machine: { fp: {}, vm: true } })).toEqual(
			refuse('ACTIVATION_RETURNED', back)
		);
		expect(judge({ returned: new Map([['act-2', back]]) })).toBeUndefined();
	});

	test('[CL1] a clock set back revives nothing: the later of clock and trusted time decides', () => {
		const state = { ...emptyTrustState, trustedAt: 2000 };
		expect(judge({ now: 10, state })).toEqual(
			refuse('ACTIVATION_EXPIRED', { expiredAt: 2000, clock: 10, trusted: 2000, contact })
		);
		expect(judge({ now: 10 })).toBeUndefined();
	});

	test('[CL1] a clock a day behind trusted time is doubted, one second less is not', () => {
		expect(doubtClock(1000, 1000 + 86_400)).toBeUndefined();
		expect(doubtClock(999, 1000 + 86_400)).toEqual(
			refuse('CLOCK_BEHIND', { clock: 999, trusted: 87_400 })
		);
	});

	test('[SE3] the hub notices a request from the future and judges nothing by it', () => {
		expect(noticeClock(87_401, 1000)).toEqual(
			refuse('CLOCK_AHEAD', { clock: 87_401, trusted: 1000 })
		);
		expect(noticeClock(0, 1_000_000_000)).toBeUndefined();
	});
});

describe('[GR1] days of grace', () => {
	const end = activation.exp!;
	const time = fc.integer({ min: 1, max: end + (GRACE_LIMIT + 2) * 86_400 });

	test('to the second and by the later of two times: runs, runs with a warning, or has ended', () => {
		// Edges are where it breaks: half of all times are beside one.
		const about = (edge: number) => fc.integer({ min: edge - 1, max: edge + 1 });
		fc.assert(
			fc.property(
				fc
					.integer({ min: 1, max: GRACE_LIMIT })
					.chain((days) =>
						fc.tuple(
							fc.constant(days),
							fc.oneof(time, about(end), about(end + days * 86_400)),
							fc.oneof(time, about(end), about(end + days * 86_400))
						)
					),
				([days, now, trustedAt]) => {
					const state = { ...emptyTrustState, trustedAt };
					const graced = withGrace(activation, days);
					const until = end + days * 86_400;
					const at = Math.max(now, trustedAt, activation.iat);
					const verdict = judgeActivation(graced, { machine, now, state });
					const warning = noticeGrace(graced, { now, state });
					expect(verdict?.refused).toBe(at < until ? undefined : 'ACTIVATION_EXPIRED');
					expect(warning).toEqual(
						at >= end && at < until
							? refuse('ACTIVATION_IN_GRACE', { endedAt: end, worksUntil: until, contact })
							: undefined
					);
					// Who does not know the term, and the same file without it, open no longer than before.
					const plain = judgeActivation(activation, { machine, now, state });
					expect(plain === undefined).toBe(at < end);
					if (!plain) expect(verdict).toBeUndefined();
				}
			),
			{ seed: 14, numRuns: 1000 }
		);
	});

	test('are none where they are no number of days, and none of a draw', () => {
		const runs = (x: Record<string, unknown>, more: Partial<ActivationTerms> = {}) =>
			judgeActivation(
				{ ...activation, ...more, x },
				{ machine, now: end, state: emptyTrustState }
			) === undefined;
		expect(runs({ grace: 1 })).toBe(true);
		fc.assert(
			fc.property(
				fc.anything().filter((value) => !(Number.isInteger(value) && (value as number) > 0)),
				(grace) => !runs({ grace })
			),
			{ seed: 14 }
		);
		expect(runs({ grace: GRACE_LIMIT + 1 })).toBe(false);
		expect(runs({ grace: 1 }, { allot: 'a-1' })).toBe(false);
	});

	test('change nothing else of a license, and leave no trace where they are taken away', () => {
		const upgraded = { ...activation, x: { upgrade: 'KF-2' } };
		expect(withGrace(upgraded, 7).x).toEqual({ upgrade: 'KF-2', grace: 7 });
		expect(withGrace(withGrace(upgraded, 7), undefined)).toEqual(upgraded);
		expect(JSON.stringify(withGrace(withGrace(activation, 7), undefined))).toBe(
			JSON.stringify(activation)
		);
	});
});
