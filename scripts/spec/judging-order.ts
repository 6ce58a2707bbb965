/**
 * Which of several refusals comes first: what is wrong in every way is judged by the real decisions,
 * and mended one refusal at a time.
 *
 * @module
 */
import { decideActivation } from '../../src/lib/domain/seats/activation.ts';
import { decideDraw, decideReservation } from '../../src/lib/domain/seats/allotment.ts';
import { judgeLicense, type License, type Policy } from '../../src/lib/domain/licenses/license.ts';
import type { Fingerprint } from '../../src/lib/domain/machines/machine.ts';
import { isRefusal, type Refusal, type RefusalCode } from '../../src/lib/domain/refusal.ts';
import { emptyTrustState } from '../../src/lib/domain/machines/verification.ts';
import type { Claims } from '../../src/lib/formats/tokens.ts';
import { judgeSigned, retiredHash } from '../../src/lib/sdk/verify.ts';

export type JudgingOrder = { what: string; codes: RefusalCode[] };

type Mends<T> = Partial<Record<RefusalCode, (wrong: T) => T>>;

/** @param judge - `undefined`, or anything that is no refusal, where nothing is wrong any more. */
async function orderOf<T>(
	everything: T,
	judge: (wrong: T) => Refusal | object | undefined | Promise<Refusal | object | undefined>,
	mends: Mends<T>
): Promise<RefusalCode[]> {
	const codes: RefusalCode[] = [];
	for (let wrong = everything; ;) {
		const found = await judge(wrong);
		if (!isRefusal(found)) break;
		const mend = mends[found.refused];
		if (!mend || codes.includes(found.refused)) throw new Error(`${found.refused} is not mended`);
		codes.push(found.refused);
		wrong = mend(wrong);
	}
	const never = Object.keys(mends).filter((code) => !codes.includes(code as RefusalCode));
	if (never.length > 0) throw new Error(`never refused: ${never.join(', ')}`);
	return codes;
}

const NOW = 1_800_000_000;
const machine: Fingerprint = { os: 'o', fs: 'f', board: 'b', disk: 'd' };
const policy: Policy = { k: 2, vm: false, given: false, graceMinutes: 15 };
const counts = { active: 1, reserved: 0, cooling: 0 };
const terms = {
	sub: 'l',
	num: 'KF-1',
	prd: 'atlas',
	title: 'Atlas',
	ed: 'standard',
	ent: [],
	ver: { from: 1, to: 1 },
	contact: 'licenses@example.com',
	pol: policy
};
const license: License = {
	terms,
	seats: 1,
	successor: 'KF-2',
	suspendedAt: NOW,
	frozenAt: NOW,
	expiresAt: NOW
};

type Asked = Parameters<typeof decideActivation>[0];
type Licensed = { license: License };

const without = <T extends Licensed>(wrong: T, left: Partial<License>): T => ({
	...wrong,
	license: { ...wrong.license, ...left }
});
const licenseMends = <T extends Licensed>(): Mends<T> => ({
	LICENSE_MOVED: (wrong) => without(wrong, { successor: undefined }),
	LICENSE_SUSPENDED: (wrong) => without(wrong, { suspendedAt: undefined }),
	LICENSE_FROZEN: (wrong) => without(wrong, { frozenAt: undefined }),
	LICENSE_EXPIRED: (wrong) => without(wrong, { expiresAt: undefined })
});

function orderOfRequests(): Promise<RefusalCode[]> {
	const request = { id: 'r', fp: { ...machine, given: 'g' }, vm: true, version: '9' };
	// Two machines that the same one could be: a tie.
	const held = [
		{ act: 'a', gen: 1, fp: { ...machine, os: 'x' } },
		{ act: 'b', gen: 1, fp: { ...machine, fs: 'y' } }
	];
	const trials = [{ fp: machine, startedAt: NOW }];
	const trial = { ...license, trialDays: 14 };
	const asked: Asked = { license: trial, counts, held, trials, request, now: NOW };
	const saying = (wrong: Asked, more: Partial<Asked['request']>): Asked => ({
		...wrong,
		request: { ...wrong.request, ...more }
	});
	return orderOf(asked, decideActivation, {
		...licenseMends<Asked>(),
		TRIAL_USED: (wrong) => ({ ...wrong, trials: [] }),
		VERSION_NOT_COVERED: (wrong) => saying(wrong, { version: '1' }),
		VIRTUAL_MACHINE_REFUSED: (wrong) => saying(wrong, { vm: false }),
		FINGERPRINT_NOT_ALLOWED: (wrong) => saying(wrong, { fp: { os: 'o' } }),
		FINGERPRINT_TOO_WEAK: (wrong) => saying(wrong, { fp: machine }),
		FINGERPRINT_AMBIGUOUS: (wrong) => ({ ...wrong, held: [] }),
		SEAT_LIMIT_REACHED: (wrong) => ({ ...wrong, counts: { ...counts, active: 0 } })
	});
}

type Reserving = Licensed & Parameters<typeof decideReservation>[0];

function orderOfReservations(): Promise<RefusalCode[]> {
	const policyOfDesks = { deskSeats: 1, offlineShare: 0, allotmentDays: 30, drawDays: 60 };
	const asked: Reserving = {
		license,
		number: 'KF-1',
		contact: '',
		seats: 1,
		counts,
		wanted: 1,
		heldByPerson: 1,
		policy: policyOfDesks,
		now: NOW
	};
	const perLicense = (wrong: Reserving): Reserving =>
		wrong.heldByPerson > 0
			? { ...wrong, heldByPerson: 0, policy: { ...policyOfDesks, offlineShare: 1 } }
			: wrong;
	return orderOf(asked, (wrong) => judgeLicense(wrong.license, NOW) ?? decideReservation(wrong), {
		...licenseMends<Reserving>(),
		ALLOTMENT_LIMIT_REACHED: perLicense,
		SEAT_LIMIT_REACHED: (wrong) => ({ ...wrong, counts: { ...counts, active: 0 } })
	});
}

type Drawing = Parameters<typeof decideDraw>[0];

function orderOfDraws(): Promise<RefusalCode[]> {
	const bound = [
		{ slot: 1, gen: 1, fp: { ...machine, os: 'x' }, request: '1' },
		{ slot: 2, gen: 1, fp: { ...machine, fs: 'y' }, request: '2' }
	];
	const allotment: Drawing['allotment'] = {
		id: 'l',
		max: 2,
		state: 'frozen',
		issueUntil: NOW,
		terms
	};
	const asked: Drawing = { allotment, bound, request: { id: 'r', fp: machine }, policy, now: NOW };
	return orderOf<Drawing>(asked, decideDraw, {
		ALLOTMENT_CLOSED: (wrong) => ({ ...wrong, allotment: { ...wrong.allotment, state: 'open' } }),
		ALLOTMENT_ENDED: (wrong) => ({
			...wrong,
			allotment: { ...wrong.allotment, issueUntil: NOW + 1 }
		}),
		FINGERPRINT_AMBIGUOUS: (wrong) => ({
			...wrong,
			bound: bound.map((row) => ({ ...row, fp: { os: row.request, disk: row.request } }))
		}),
		ALLOTMENT_SPENT: (wrong) => ({ ...wrong, bound: [] })
	});
}

type Running = { activation: Claims['activation']; asked: Parameters<typeof judgeSigned>[1] };

async function orderOfRunning(): Promise<RefusalCode[]> {
	const activation: Claims['activation'] = {
		...terms,
		v: 1,
		jti: 'j',
		iat: NOW,
		iss: 'Example Software',
		act: 'a',
		gen: 1,
		req: 'r',
		name: 'Site Admin',
		fp: machine,
		k: 2,
		nbf: NOW,
		exp: NOW,
		mnt: NOW,
		cnf: { jkt: 'k' }
	};
	const back = { act: 'a', file: 'a.kfret', settled: false };
	const asked: Running['asked'] = {
		machine: { fp: { os: 'another' }, vm: true },
		product: 'other',
		version: '9',
		builtAt: NOW + 1,
		now: NOW,
		state: { ...emptyTrustState, generations: { a: 2 }, retired: [await retiredHash('a')] },
		returned: new Map([['a', back]])
	};
	const asking = (wrong: Running, more: Partial<Running['asked']>): Running => ({
		...wrong,
		asked: { ...wrong.asked, ...more }
	});
	return orderOf<Running>(
		{ activation, asked },
		(wrong) => judgeSigned({ ...wrong, state: wrong.asked.state, tokens: [] }, wrong.asked),
		{
			ACTIVATION_RETIRED: (wrong) =>
				asking(wrong, { state: { ...wrong.asked.state, retired: [] } }),
			ACTIVATION_RETURNED: (wrong) => asking(wrong, { returned: undefined }),
			PRODUCT_MISMATCH: (wrong) => asking(wrong, { product: 'atlas' }),
			VERSION_NOT_COVERED: (wrong) => asking(wrong, { version: '1' }),
			MAINTENANCE_ENDED: (wrong) => asking(wrong, { builtAt: NOW }),
			VIRTUAL_MACHINE_REFUSED: (wrong) =>
				asking(wrong, { machine: { fp: { os: 'another' }, vm: false } }),
			FINGERPRINT_MISMATCH: (wrong) => asking(wrong, { machine: { fp: machine, vm: false } }),
			GENERATION_SUPERSEDED: (wrong) => asking(wrong, { state: emptyTrustState }),
			ACTIVATION_EXPIRED: (wrong) => ({
				...wrong,
				activation: { ...wrong.activation, exp: undefined }
			})
		}
	);
}

export async function judgingOrders(): Promise<JudgingOrder[]> {
	return [
		{ what: 'A request whose license was found, at the hub', codes: await orderOfRequests() },
		{ what: 'A block of seats for a desk, at the hub', codes: await orderOfReservations() },
		{ what: 'A draw, at a desk', codes: await orderOfDraws() },
		{ what: 'An activation file whose chain holds, at a verifier', codes: await orderOfRunning() }
	];
}
