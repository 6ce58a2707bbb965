import { expect, test } from 'vitest';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import type { LicenseStanding } from '#lib/domain/licenses/standing.ts';
import { licenseFilters, marksHoldUntil, marksOf, passes } from './license-filter.ts';
import { urgencyOf } from './urgency.ts';

/** 2027-01-15, 08:00 in UTC. */
const NOW = 1_800_000_000;
const MIDNIGHT = Math.ceil(NOW / DAY_SECONDS) * DAY_SECONDS;

const license = (changes: Partial<LicenseStanding> = {}): LicenseStanding => ({
	seats: 4,
	counts: { active: 1, reserved: 0, cooling: 0 },
	...changes
});
const of = (row: LicenseStanding, now = NOW) =>
	licenseFilters.filter((filter) => passes(filter, row, now));

test.each([
	['nothing', license(), []],
	['no active seat', license({ counts: { active: 0, reserved: 1, cooling: 1 } }), ['unused']],
	['no free seat', license({ counts: { active: 2, reserved: 1, cooling: 1 } }), ['full']],
	[
		'more seats than it has',
		license({ counts: { active: 5, reserved: 0, cooling: 0 } }),
		['attention', 'full', 'over-limit']
	],
	['suspended', license({ suspendedAt: NOW - 1 }), ['attention', 'suspended']],
	['moved', license({ successor: 'KF', expiresAt: NOW + 1 }), ['attention']],
	['ends now', license({ expiresAt: NOW }), ['attention', 'expired']],
	['lapsed', license({ maintainedUntil: NOW }), ['attention']],
	[
		'expired, maintained for longer',
		license({ expiresAt: NOW - 1, maintainedUntil: NOW + 1 }),
		['attention', 'expired']
	],
	[
		'suspended and expired',
		license({ suspendedAt: NOW, expiresAt: NOW }),
		['attention', 'expired', 'suspended']
	]
])('[DK2] filters of a license: %s', (_, row, filters) => {
	expect(of(row)).toEqual(filters);
});

test('[DK2] the nearer end counts, in days of UTC, whatever the hour', () => {
	const endOf = (day: number) => MIDNIGHT + day * DAY_SECONDS - 1;
	const [near, far] = [license({ maintainedUntil: endOf(30) }), endOf(91)];
	const soon = ['attention', 'ends-30', 'ends-60', 'ends-90'];
	expect(of(near)).toEqual(soon);
	expect(of({ ...near, expiresAt: far })).toEqual(soon);
	expect(of(license({ maintainedUntil: far, expiresAt: endOf(30) }))).toEqual(soon);
	expect(of(near, MIDNIGHT - 1)).toEqual(soon);
	expect(of(license({ expiresAt: endOf(30) + 1 }))).toEqual(['ends-60', 'ends-90']);
	expect(of(license({ expiresAt: endOf(30) + 1 }), MIDNIGHT)).toEqual(soon);
	expect(of(license({ expiresAt: far + DAY_SECONDS }))).toEqual([]);
	// A lapsed maintenance is past: what lies ahead is the expiry.
	expect(of(license({ maintainedUntil: NOW - 1, expiresAt: endOf(80) }))).toEqual([
		'attention',
		'ends-90'
	]);
});

test('[DK2] marks hold until a day or an end passes, and not longer', () => {
	const row = license({ expiresAt: MIDNIGHT + 31 * DAY_SECONDS, maintainedUntil: NOW + 60 });
	expect(marksHoldUntil(row, NOW)).toBe(NOW + 60);
	expect(marksHoldUntil(row, NOW + 60)).toBe(MIDNIGHT);
	for (let now = NOW; now < MIDNIGHT + 33 * DAY_SECONDS; now = marksHoldUntil(row, now))
		expect(marksOf(row, marksHoldUntil(row, now) - 1)).toBe(marksOf(row, now));
});

test('[DK2] urgency: the worst state, then the nearest end, then the fullest', () => {
	const days = (count: number) => NOW + count * DAY_SECONDS;
	const used = (active: number) => ({ active, reserved: 0, cooling: 0 });
	const rows: [string, LicenseStanding][] = [
		['suspended', license({ suspendedAt: NOW })],
		['expired yesterday', license({ expiresAt: days(-1) })],
		['expired long ago', license({ expiresAt: days(-900) })],
		['over its limit', license({ counts: used(5) })],
		['lapsed last week', license({ maintainedUntil: days(-7) })],
		['lapsed last month, full', license({ maintainedUntil: days(-30), counts: used(4) })],
		['ends tomorrow', license({ maintainedUntil: days(1), expiresAt: days(400) })],
		['ends in 30 days', license({ expiresAt: days(30) })],
		['moved', license({ successor: 'KF' })],
		['ends in 31 days', license({ expiresAt: days(31) })],
		['ends later, full', license({ expiresAt: days(300), counts: used(4) })],
		['ends later', license({ expiresAt: days(300) })],
		['never ends, full', license({ counts: used(4) })],
		['never ends', license()],
		['never ends, unused', license({ counts: used(0) })]
	];
	const sorted = rows.toSorted(([, one], [, other]) => urgencyOf(one, NOW) - urgencyOf(other, NOW));
	expect(sorted.map(([name]) => name)).toEqual(rows.map(([name]) => name));
	for (const [, row] of rows) expect(urgencyOf(row, NOW)).toBeLessThan(2 ** 30);
});
