/**
 * Granting: may this machine have a seat, and which generation of its file comes next?
 *
 * The caller holds the lock on the license row while it counts, decides and saves. [SE2]
 *
 * @module
 */
import {
	endOfLicense,
	fileExpiry,
	judgeLicense,
	judgeVersion,
	type License,
	type Policy
} from '../licenses/license.ts';
import type { Seconds } from '../time.ts';
import {
	compareMachines,
	differingComponents,
	judgeFingerprint,
	recognizeMachine,
	type Component,
	type Fingerprint,
	type Machine
} from '../machines/machine.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import { freeSeats, isOverLimit, usedSeats, type SeatCounts } from '../seat.ts';
import { judgeName } from '../typed-name.ts';

/** A machine's hold on a seat, as the hub's ledger has it. */
export type Activation = {
	act: string;
	/** Generation of its newest file, from 1. */
	gen: number;
	fp: Fingerprint;
	label?: string;
	/** An overage that only a desk has signed: the hub signs for it from a free seat. [AL4] */
	beyond?: boolean;
};

/** A machine that had a trial of some product, as it was then. */
export type PastTrial = { fp: Fingerprint; startedAt: Seconds };

/** What a verified request says, as far as the decision needs it. */
export type ActivationRequest = Machine & {
	/** The request's `jti`. */
	id: string;
	/** Version of the product that asks. */
	version?: string;
	label?: string;
	/** Who asks. */
	name?: string;
};

/** What to sign. `act` is absent where a new activation begins. */
export type Grant = {
	act?: string;
	gen: number;
	exp?: Seconds;
	/** The fingerprint that the file carries, which is not always the one that the request shows. [MA5] */
	fp: Fingerprint;
	/** Components that the request shows otherwise than the fingerprint of its machine. */
	differs?: Component[];
	/** They become the fingerprint: counted as a replacement. [MA5, SE6] */
	isReplacement?: boolean;
	/** Of a trial that begins with this grant: when it ends. [TR1] */
	trialEndsAt?: Seconds;
	/** The cooling seat that the machine takes back: its own, so no free one is needed. [SE5] */
	fromCooling?: string;
};

/**
 * Decides one activation request.
 *
 * A machine that holds a seat gets the next generation of its file and no second seat [SE3]; any
 * other machine needs a free one [SE1]. The request's own time is never looked at [SE3].
 *
 * A machine that shows other components than before is the same by its majority [MA2]. What it shows
 * becomes its fingerprint as a replacement while the quota lasts; uncounted, a fingerprint could walk
 * from machine to machine. [MA5]
 *
 * @param held - Active activations of this license that share a component with the machine.
 * @param cooling - Activations of it whose seats still cool, alike.
 * @param trials - Machines that share a component with this one and had a trial of the product under
 * another license: of a trial, a machine has one. [TR1]
 * @param replacementsLeft - How many replacements the license has left in this span. [SE6]
 */
export function decideActivation({
	license,
	counts,
	held,
	cooling = [],
	trials = [],
	request,
	replacementsLeft = 0,
	now
}: {
	license: License;
	counts: SeatCounts;
	held: readonly Activation[];
	cooling?: readonly Activation[];
	trials?: readonly PastTrial[];
	request: ActivationRequest;
	replacementsLeft?: number;
	now: Seconds;
}): Grant | Refusal {
	const { terms, seats } = license;
	const { num: number, contact, pol: policy } = terms;
	const refusal =
		judgeLicense(license, now) ??
		(request.name === undefined ? undefined : judgeName(request.name)) ??
		(request.version === undefined ? undefined : judgeVersion(terms, request.version)) ??
		judgeFingerprint(request, { policy, number, contact });
	if (refusal) return refusal;

	const exp = fileExpiry(license, now);
	const known = recognizeMachine(request.fp, held, policy);
	if (isRefusal(known)) return known;
	const full = refuse('SEAT_LIMIT_REACHED', { number, seats, used: usedSeats(counts), contact });
	if (known?.beyond && isOverLimit(seats, counts)) return full;
	if (known) {
		const differs = differingComponents(known.fp, request.fp);
		const isReplacement = differs.length > 0 && replacementsLeft > 0;
		const fp = isReplacement ? request.fp : known.fp;
		return { act: known.act, gen: known.gen + 1, exp, fp, differs, isReplacement };
	}

	const left = recognizeMachine(request.fp, cooling, policy);
	if (left && !isRefusal(left)) {
		const differs = differingComponents(left.fp, request.fp);
		return { gen: 1, exp, fp: left.fp, differs, fromCooling: left.act };
	}

	const before =
		license.trialDays === undefined ? undefined : findTrial(request.fp, trials, policy);
	if (before) {
		const { title: product } = terms;
		return refuse('TRIAL_USED', { number, product, startedAt: before.startedAt, contact });
	}
	if (freeSeats(seats, counts) === 0) return full;
	const begins = license.trialDays !== undefined && license.expiresAt === undefined;
	const trialEndsAt = begins ? endOfLicense(license, now) : undefined;
	return { gen: 1, exp, fp: request.fp, ...(begins && { trialEndsAt }) };
}

/** A machine that looks like two of them had one all the same. */
function findTrial(
	fp: Fingerprint,
	trials: readonly PastTrial[],
	policy: Policy
): PastTrial | undefined {
	return trials.find((trial) => compareMachines(trial.fp, fp, policy).same);
}
