/**
 * The first run of a hub: which steps there are, and which comes next. [SU1]
 *
 * @module
 */

/** In the order in which they are gone through. */
export const setupSteps = ['admin', 'reach', 'keys', 'catalog', 'mail', 'finish'] as const;

export type SetupStep = (typeof setupSteps)[number];

/** What a later step stands on is not left out; these may be done in the console as well. */
export const skippableSteps = ['catalog', 'mail'] as const satisfies SetupStep[];

export type SkippableStep = (typeof skippableSteps)[number];

/** @returns The first step that is not done. The last one ends the set-up, and is never done before. */
export function nextSetupStep(done: ReadonlySet<SetupStep>): SetupStep {
	return setupSteps.find((step) => !done.has(step)) ?? 'finish';
}

/** Whether a step may be taken now: its turn has come, or it is said anew before keys carry the name. */
export function mayTake(step: SetupStep, done: ReadonlySet<SetupStep>): boolean {
	const next = setupSteps.indexOf(nextSetupStep(done));
	const asked = setupSteps.indexOf(step);
	if (asked >= next) return asked === next;
	return !done.has('keys') || step === 'mail' || step === 'catalog';
}

/**
 * What is to be said of a page that asked the hub at its public address.
 *
 * @param seen - How the hub was asked, and from where.
 */
export function judgeSeen(
	{ url, tls }: { url: string; tls: string },
	seen: { origin: string; isProxied: boolean }
): 'reached' | 'unnamed-proxy' | 'other-address' {
	if (seen.origin === url) return 'reached';
	const isSameHost = hostIn(seen.origin) === hostIn(url);
	return tls === 'proxy' && isSameHost && !seen.isProxied ? 'unnamed-proxy' : 'other-address';
}

function hostIn(origin: string): string {
	return origin.replace(/^\w+:\/\//, '');
}
