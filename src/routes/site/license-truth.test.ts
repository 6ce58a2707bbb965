import { expect, test } from 'vitest';
import type { HeldLicense } from '#lib/protocol/site.ts';
import { siteTexts } from '#lib/messages/site.ts';
import { truthOf } from './license-truth.ts';

const DAY = 86_400;
const NOW = 20_000 * DAY;
const license = { state: 'active', title: 'Atlas', clients: 5, inUse: 1 } as HeldLicense;

test('[K5] the sentence of the license page names what ends next, and nothing that has ended', () => {
	const truth = (...licenses: Partial<HeldLicense>[]) =>
		truthOf(
			licenses.map((each) => ({ ...license, ...each })),
			siteTexts.en.license,
			NOW
		);
	expect(truth({ maintainedUntil: NOW - DAY })).toBe('1 of 5 clients in use.');
	expect(truth({ maintainedUntil: NOW - DAY }, { maintainedUntil: NOW + 40 * DAY })).toMatch(
		/^2 of 10 clients in use\. Atlas: maintenance until /
	);
	expect(truth({ maintainedUntil: NOW + 2 * DAY, expiresAt: NOW + DAY })).toMatch(/ends on /);
	expect(truth({ maintainedUntil: NOW + DAY, expiresAt: NOW + 2 * DAY })).toMatch(/maintenance/);
});
