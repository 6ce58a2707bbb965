/**
 * Judging an activation file on the machine that wants to run: signatures are checked before, the
 * clock and the machine are the caller's.
 *
 * @module
 */
import { judgeVersion, opensUntil, type Terms } from '../licenses/license.ts';
import type { Seconds } from '../time.ts';
import { compareMachines, type Machine } from './machine.ts';
import { refuse, type Refusal, type Refusals } from '../refusal.ts';

/** What an activation file says, as far as running depends on it. */
export type ActivationTerms = Terms & {
	act: string;
	gen: number;
	fp: Machine['fp'];
	k: number;
	exp?: Seconds;
	iat: Seconds;
	/** A desk has drawn it. */
	allot?: string;
};

/** What a verifier remembers between files. Every part only ever grows. [FI1, FI8, CL1] */
export type TrustState = {
	/** The highest hub-signed `iat` seen: the earliest that now can be. [CL1] */
	trustedAt: Seconds;
	/** Highest generation seen, by activation. [FI1] */
	generations: Record<string, number>;
	/** Activations retired by the hub, as short hashes of `act`. [FI8] */
	retired: string[];
	/** Hub keys voided by the root. [FI8] */
	voided: string[];
};

export const emptyTrustState: TrustState = {
	trustedAt: 0,
	generations: {},
	retired: [],
	voided: []
};

/** What the product asks. What is absent is not asked. */
export type Circumstances = {
	machine?: Machine;
	product?: string;
	version?: string;
	/** When the product was built; after maintenance ended it is not covered. */
	builtAt?: Seconds;
	/** The machine's clock. */
	now: Seconds;
	state: TrustState;
	/** Activations that this machine has given back, by `act`: locked, of any generation. [MA4] */
	returned?: Returned;
};

export type Returned = ReadonlyMap<string, Refusals['ACTIVATION_RETURNED']>;

/**
 * Judges a file whose chain has been verified. Order: given back, product, version, machine, history,
 * time.
 */
export function judgeActivation(
	activation: ActivationTerms,
	{ machine, product, version, builtAt, now, state, returned }: Circumstances
): Refusal | undefined {
	const back = returned?.get(activation.act);
	if (back) return refuse('ACTIVATION_RETURNED', back);
	const { contact } = activation;
	if (product !== undefined && activation.prd !== product)
		return refuse('PRODUCT_MISMATCH', { expected: product, found: activation.prd });
	const uncovered = judgeCover(activation, { version, builtAt });
	if (uncovered) return uncovered;

	const strange = machine && judgeMachine(activation, machine);
	if (strange) return strange;

	const newest = state.generations[activation.act] ?? 0;
	if (activation.gen < newest)
		return refuse('GENERATION_SUPERSEDED', { generation: activation.gen, newest });

	const { exp } = activation;
	const trusted = Math.max(state.trustedAt, activation.iat);
	if (exp !== undefined && latest(activation, { now, state }) >= opensUntil(activation)!)
		return refuse('ACTIVATION_EXPIRED', { expiredAt: exp, clock: now, trusted, contact });
	return undefined;
}

/** Time is the later of two, so that a clock set back revives nothing. [CL1] */
function latest(
	{ iat }: Pick<ActivationTerms, 'iat'>,
	{ now, state }: Pick<Circumstances, 'now' | 'state'>
): Seconds {
	return Math.max(now, state.trustedAt, iat);
}

/** Of a file that opens although it has ended: a warning that stops nothing. [GR1] */
export function noticeGrace(
	activation: Pick<ActivationTerms, 'exp' | 'iat' | 'allot' | 'x' | 'contact'>,
	at: Pick<Circumstances, 'now' | 'state'>
): Refusal<'ACTIVATION_IN_GRACE'> | undefined {
	const { exp: endedAt, contact } = activation;
	const worksUntil = opensUntil(activation);
	if (endedAt === undefined || worksUntil === undefined) return undefined;
	const time = latest(activation, at);
	if (time < endedAt || time >= worksUntil) return undefined;
	return refuse('ACTIVATION_IN_GRACE', { endedAt, worksUntil, contact });
}

/** Whether a license covers a program: its version, and when it was built. What is absent is not asked. */
export function judgeCover(
	{ mnt, contact, ...terms }: Cover,
	{ version, builtAt }: Pick<Circumstances, 'version' | 'builtAt'>
): Refusal<'VERSION_NOT_COVERED' | 'MAINTENANCE_ENDED'> | undefined {
	const uncovered =
		version === undefined ? undefined : judgeVersion({ ...terms, contact }, version);
	if (uncovered) return uncovered;
	if (builtAt === undefined || mnt === undefined || builtAt <= mnt) return undefined;
	return refuse('MAINTENANCE_ENDED', { maintainedUntil: mnt, builtAt, contact });
}

/** What of a license's terms says which programs it covers. */
export type Cover = Pick<Terms, 'ver' | 'mnt' | 'contact' | 'x'>;

function judgeMachine(activation: ActivationTerms, machine: Machine): Refusal | undefined {
	const { num: number, contact, pol, fp } = activation;
	if (machine.vm && !pol.vm) return refuse('VIRTUAL_MACHINE_REFUSED', { number, contact });
	const { same, matched, differ, needed } = compareMachines(fp, machine.fp, pol);
	return same ? undefined : refuse('FINGERPRINT_MISMATCH', { matched, differ, needed });
}
