import { describe, expect, test } from 'vitest';
import { doubtClock, noticeClock } from './clock.ts';
import { refuse } from './refusal.ts';
import {
	emptyTrustState,
	judgeActivation,
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
