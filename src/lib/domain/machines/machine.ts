/**
 * Machines: what a fingerprint is made of, and when two fingerprints are the same machine.
 *
 * A fingerprint holds hashes of components, never raw ids [MA1]. Disks fail and network adapters are
 * replaced, so a machine stays the same while more than half of it does, by weight [MA2]. A majority
 * of what is present on either side cannot lie in two machines that have nothing in common, so one
 * fingerprint opens at most one of them.
 *
 * @module
 */
import type { Policy } from '../licenses/license.ts';
import { refuse, type Refusal } from '../refusal.ts';

export const softwareComponents = ['os', 'fs'] as const;
export const hardwareComponents = ['board', 'disk', 'mac'] as const;
export const components = [...softwareComponents, ...hardwareComponents, 'given'] as const;

export type Component = (typeof components)[number];

/** Hash of each component; `mac` is a list of up to four. `given` stands alone. */
export type Fingerprint = { [C in Exclude<Component, 'mac'>]?: string } & { mac?: string[] };

/** Software comes with an image and is copied with it; hardware is the machine. [MA2] */
const HARDWARE_WEIGHT = 3;
const SOFTWARE_WEIGHT = 1;

/** What carries an activation at all. [MA2] */
export const FEWEST_COMPONENTS = 2;

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

/** How many components must match: the policy's `k`, at least two; of a name by hand the name. [MA2] */
export function neededMatches(enrolled: Fingerprint, policyK: number): number {
	return enrolled.given === undefined ? Math.max(FEWEST_COMPONENTS, policyK) : 1;
}

/**
 * Compares an enrolled machine with the one at hand. [MA2, MA6]
 *
 * The same: the weight that matches is more than half of the weight present on either side, and at
 * least `k` components match, one of them hardware. A name given by hand is compared alone, and only
 * where the policy allows it.
 */
export function compareMachines(
	enrolled: Fingerprint,
	present: Fingerprint,
	policy: Pick<Policy, 'k' | 'given'>
): Comparison {
	const needed = neededMatches(enrolled, policy.k);
	const seen = components.filter((c) => enrolled[c] !== undefined || present[c] !== undefined);
	const matched = seen.filter((c) => isMatch(enrolled[c], present[c]));
	const differ = seen.filter((c) => !matched.includes(c));
	const isAlone = seen.length === 1 && matched.length === 1;
	const same = seen.includes('given')
		? policy.given && isAlone
		: matched.length >= needed && matched.some(isHardware) && weigh(matched) * 2 > weigh(seen);
	return { same, matched, differ, needed };
}

/** A list matches when more than half of the union of both is common. */
function isMatch(one?: string | string[], other?: string | string[]): boolean {
	if (one === undefined || other === undefined) return false;
	if (typeof one === 'string' || typeof other === 'string') return one === other;
	const common = new Set(one.filter((hash) => other.includes(hash))).size;
	return common * 2 > new Set([...one, ...other]).size;
}

function weigh(some: readonly Component[]): number {
	return some.reduce((sum, c) => sum + (isHardware(c) ? HARDWARE_WEIGHT : SOFTWARE_WEIGHT), 0);
}

/** Components that are not the very same on both sides. [MA5] */
export function differingComponents(one: Fingerprint, other: Fingerprint): Component[] {
	return components.filter((c) => hashes(one, c).sort().join() !== hashes(other, c).sort().join());
}

/** The very same components, each one equal. [MA5] */
export function isSameFingerprint(one: Fingerprint, other: Fingerprint): boolean {
	return differingComponents(one, other).length === 0;
}

/** The same text for the very same components, however a fingerprint was written. */
export function fingerprintText(fp: Fingerprint): string {
	return JSON.stringify(components.map((c) => hashes(fp, c).sort()));
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
	if (present.length < neededMatches(fp, policy.k) || !present.some(isHardware))
		return refuse('FINGERPRINT_TOO_WEAK', { present, given: policy.given });
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
	policy: Pick<Policy, 'k' | 'given'>
): M | Refusal<'FINGERPRINT_AMBIGUOUS'> | undefined {
	const matches = enrolled
		.map((machine) => ({ machine, ...compareMachines(machine.fp, present, policy) }))
		.filter((match) => match.same)
		.sort((a, b) => weigh(b.matched) - weigh(a.matched));
	const [best, second] = matches;
	if (best && second && weigh(best.matched) === weigh(second.matched))
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
	return value === undefined ? [] : typeof value === 'string' ? [value] : [...value];
}
