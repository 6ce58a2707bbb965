import { describe, expect, test } from 'vitest';
import { needsOf, type LicenseNeeds } from './needs.ts';

const nothing = { drafts: 0, queued: 0, refused: 0, waiting: 0 };
const sound: LicenseNeeds = { 'over-limit': 0, suspended: 0, expired: 0, 'ends-30': 0, full: 0 };

describe('what needs attention', () => {
	test('[DK5] is named with its count and the list that shows it, the most pressing first', () => {
		const requests = { drafts: 2, queued: 3, refused: 1, waiting: 4 };
		const licenses = { 'over-limit': 5, suspended: 6, expired: 7, 'ends-30': 8, full: 9 };
		const { items } = needsOf(requests, licenses, true);
		expect(items.map(({ kind, count, href }) => [kind, count, href])).toEqual([
			['refused', 1, '#/requests?is=refused'],
			['drafts', 2, '#/requests?is=to-submit'],
			['overLimit', 5, '#/licenses?is=over-limit'],
			['expired', 7, '#/licenses?is=expired'],
			['suspended', 6, '#/licenses?is=suspended'],
			['ending', 8, '#/licenses?is=ends-30'],
			['full', 9, '#/licenses?is=full'],
			['queued', 3, '#/requests?is=waiting'],
			['waiting', 4, '#/requests?is=waiting']
		]);
	});

	test('[DK5] what is not there is not named', () => {
		expect(needsOf(nothing, { ...sound, full: 1 }, true).items.map(({ kind }) => kind)).toEqual([
			'full'
		]);
	});

	test.for([
		['requests are still being counted', undefined, sound, true],
		['licenses are still being read', nothing, undefined, false],
		['not all licenses are here', nothing, sound, false],
		['a license is full', nothing, { ...sound, full: 1 }, true],
		['a request was refused', { ...nothing, refused: 1 }, undefined, true]
	] as const)('[DK5] there is no all-clear while %s', ([, requests, licenses, isAll]) => {
		expect(needsOf(requests, licenses, isAll).isClear).toBe(false);
	});

	test('[DK5] all is clear once everything is known and nothing was found', () => {
		expect(needsOf(nothing, sound, true)).toEqual({ items: [], isClear: true });
		expect(needsOf(nothing, undefined, true).isClear).toBe(true);
	});
});
