/**
 * Machines: what a fingerprint is made of, and when two fingerprints are the same machine.
 *
 * A fingerprint holds hashes of components, never raw ids [MA1]. Disks fail and network cards are
 * replaced, so a machine stays the same while enough of its components do [MA2].
 *
 * @module
 */
import type { Policy } from './license.ts';
import { refuse, type Refusal } from './refusal.ts';

export const softwareComponents = ['os', 'fs'] as const;
export const hardwareComponents = ['board', 'disk', 'mac'] as const;
export const components = [...softwareComponents, ...hardwareComponents, 'given'] as const;

export type Component = (typeof components)[number];

/** Hash of each component; `mac` is a list of up to four. `given` stands alone. */
export type Fingerprint = { [C in Component]?: string | string[] };

/** What the machine says of itself: its fingerprint, and whether it is a virtual machine. */
export type Machine = { fp: Fingerprint; vm: boolean };

export type Comparison = {
	same: boolean;
	matched: Component[];
	/** Present on at least one side and not equal. */
	differ: Component[];
	needed: number;
};

export function presentComponents(fp: Fingerprint): Component[] {
	return components.filter((component) => hashes(fp, component).length > 0);
}

/** How many components must match: the policy's `k`, at most as many as were enrolled. [MA2] */
export function neededMatches(enrolled: Fingerprint, policyK: number): number {
	if (enrolled.given !== undefined) return 1;
	return Math.min(policyK, presentComponents(enrolled).length);
}

/** Compares an enrolled machine with the one at hand, at least one hardware match included. [MA2] */
export function compareMachines(
	enrolled: Fingerprint,
	present: Fingerprint,
	policyK: number
): Comparison {
	const needed = neededMatches(enrolled, policyK);
	const seen = components.filter((c) => hashes(enrolled, c).length + hashes(present, c).length > 0);
	const matched = seen.filter((c) =>
		hashes(enrolled, c).some((h) => hashes(present, c).includes(h))
	);
	const differ = seen.filter((c) => !matched.includes(c));
	const anchored = matched.some((c) => c === 'given' || isHardware(c));
	return { same: anchored && matched.length >= needed, matched, differ, needed };
}

/** Whether two fingerprints have any component in common: only then can they be one machine. */
export function shareComponent(one: Fingerprint, other: Fingerprint): boolean {
	return components.some((component) => {
		const [a, b] = [one[component], other[component]];
		if (typeof a === 'string' && typeof b === 'string') return a === b;
		return hashes(one, component).some((hash) => hashes(other, component).includes(hash));
	});
}

/** Whether a fingerprint can carry an activation under this policy. [MA2] */
export function judgeFingerprint(
	{ fp, vm }: Machine,
	{ policy, number, contact }: { policy: Policy; number: string; contact: string }
):
	| Refusal<'FINGERPRINT_TOO_WEAK' | 'FINGERPRINT_NOT_ALLOWED' | 'VIRTUAL_MACHINE_REFUSED'>
	| undefined {
	if (vm && !policy.vm) return refuse('VIRTUAL_MACHINE_REFUSED', { number, contact });
	const present = presentComponents(fp);
	if (present.includes('given')) {
		const alone = present.length === 1;
		return policy.given && alone ? undefined : refuse('FINGERPRINT_NOT_ALLOWED', { number });
	}
	if (present.length < 2 || !present.some(isHardware))
		return refuse('FINGERPRINT_TOO_WEAK', { present });
	return undefined;
}

/**
 * Finds the enrolled machine that this one is. The best match wins; a tie is refused. [MA2]
 *
 * @returns `undefined` when none of them is the same machine.
 */
export function recognizeMachine<M extends { fp: Fingerprint; label?: string }>(
	present: Fingerprint,
	enrolled: readonly M[],
	policyK: number
): M | Refusal<'FINGERPRINT_AMBIGUOUS'> | undefined {
	const matches = enrolled
		.map((machine) => ({ machine, ...compareMachines(machine.fp, present, policyK) }))
		.filter((match) => match.same)
		.sort((a, b) => b.matched.length - a.matched.length);
	const [best, second] = matches;
	if (best && second && best.matched.length === second.matched.length)
		return refuse('FINGERPRINT_AMBIGUOUS', {
			labels: [best, second].map(({ machine }) => machine.label ?? '')
		});
	return best?.machine;
}

/** Hashes of which the same machine always shows at least one: hardware, or the name by hand. */
export function anchorsOf(fp: Fingerprint): string[] {
	return components.filter((c) => c === 'given' || isHardware(c)).flatMap((c) => hashes(fp, c));
}

function isHardware(component: Component): boolean {
	return (hardwareComponents as readonly Component[]).includes(component);
}

function hashes(fp: Fingerprint, component: Component): string[] {
	const value = fp[component];
	return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
