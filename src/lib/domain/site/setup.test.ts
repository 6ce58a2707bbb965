import { expect, test } from 'vitest';
import { maySiteStep, nextSiteStep, siteSteps, type SiteStep } from './setup.ts';

test('[ST2] each step follows the ones that it stands on, and the account is made once', () => {
	const done = new Set<SiteStep>();
	for (const step of siteSteps) {
		expect(nextSiteStep(done)).toBe(step);
		const may = siteSteps.filter((each) => maySiteStep(each, done));
		expect(may).toEqual(
			siteSteps.filter((each) => each === step || (done.has(each) && each !== 'admin'))
		);
		done.add(step);
	}
	expect(nextSiteStep(done)).toBeUndefined();
	expect(maySiteStep('admin', done)).toBe(false);
});
