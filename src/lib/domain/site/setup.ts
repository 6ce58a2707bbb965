/**
 * The first run of a site server: which steps there are, and which comes next. [ST2]
 *
 * @module
 */

/** In the order in which they are gone through. */
export const siteSteps = ['admin', 'reach', 'check', 'license'] as const;

export type SiteStep = (typeof siteSteps)[number];

/** @returns The first step that is not done; `undefined` once all are. */
export function nextSiteStep(done: ReadonlySet<SiteStep>): SiteStep | undefined {
	return siteSteps.find((step) => !done.has(step));
}

/** Whether a step may be taken now: what it stands on is there. The account is made only once. */
export function maySiteStep(step: SiteStep, done: ReadonlySet<SiteStep>): boolean {
	if (step === 'admin') return !done.has('admin');
	return siteSteps.slice(0, siteSteps.indexOf(step)).every((before) => done.has(before));
}
