/** The checker of what screens say finds each planted lie, and no other. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claims } from './claims.ts';
import { findLies, type Line, type Store } from './record.ts';

const EN = join(import.meta.dirname, '../../src/lib/messages/en');

const whole: Store = {
	at: 0,
	isSignedIn: true,
	known: 'whole',
	hasSynced: true,
	requests: 0,
	waiting: 0,
	keys: 0,
	allotments: 0,
	licenses: new Map([['l1', 'kf-7q2m-90tk-c4xr atlas example gmbh']]),
	activated: new Set(['l1']),
	machines: new Set(['a1']),
	suspended: 1,
	troubled: 1,
	seats: 5,
	active: 1,
	answered: new Set()
};
const empty = { licenses: new Map(), activated: new Set<string>(), machines: new Set<string>() };
const filling: Store = { ...whole, ...empty, known: 'part', hasSynced: false, troubled: 0 };
const line = (text: string, from: number, until: number, path = '/'): Line => {
	return { text, path, from, until };
};
const lies = (lines: Line[], stores: Store[]) =>
	findLies({ lines, stores }, claims, { lagMs: 1_000 }).map(({ key, at }) => [key, at]);

describe('[DK1] what a screen said is held against what its store held', () => {
	const stores = [
		{ ...filling, at: 0 },
		{ ...whole, at: 10_000 }
	];

	test('an empty state and an all-clear before the rows are there', () => {
		expect(lies([line('No licenses yet', 200, 9_000)], stores)).toEqual([
			['licenses.emptyTitle', 200]
		]);
		// For one frame, half a second before the truth.
		expect(lies([line('Nothing needs attention.', 12_000, 12_016)], stores)).toEqual([
			['overview.allWell', 12_000]
		]);
		expect(lies([line('Everything is with the server', 200, 300)], stores)).toEqual([
			['sync.state.settled', 200]
		]);
	});

	test('a count that is not that of the store, and a search that has not seen everything', () => {
		const right = '1 license, activated on 1 of 5 machines.';
		expect(lies([line(right, 10_050, 20_000)], stores)).toEqual([]);
		expect(
			lies([line('3 licenses, activated on 1 of 5 machines.', 10_050, 20_000)], stores)
		).toEqual([['overview.truth', 10_050]]);
		const none = (text: string) =>
			`Nothing here matches “${text}”. Scan its code or import its file.`;
		expect(lies([line(none('atlas'), 500, 600)], stores)).toEqual([['lookup.noneText', 500]]);
		expect(lies([line(none('atlas'), 15_000, 15_100)], stores)).toEqual([
			['lookup.noneText', 15_000]
		]);
		expect(lies([line(none('harbor'), 15_000, 15_100)], stores)).toEqual([]);
	});

	test('a screen follows its store within a second, and never runs ahead of it', () => {
		const changed = [...stores, { ...whole, at: 20_000, waiting: 2 }];
		const settled = (until: number) =>
			lies([line('Everything is with the server', 11_000, until)], changed);
		expect(settled(20_900)).toEqual([]);
		expect(settled(21_500)).toEqual([['sync.state.settled', 21_500]]);
		expect(lies([line('2 items wait for the server', 19_990, 22_000)], changed)).toEqual([
			['sync.state.waiting', 19_990]
		]);
		expect(lies([line('2 items wait for the server', 20_010, 22_000)], changed)).toEqual([]);
	});

	test('nothing is claimed before the store was read at all', () => {
		expect(lies([line('Not signed in', 5, 40)], [])).toEqual([['shell.connection.signedOut', 5]]);
	});
});

/** Named like a claim, and about something else: a choice, a device, a refusal, what was just done. */
const OTHERS = new Set([
	'account.noMatch',
	'activations.retire.notActive',
	'allotments.emptyTitle',
	'calendar.address.none',
	'allotments.noHurry',
	'allotments.noProposal',
	'allotments.nothingIssued',
	'carrying.scan.noCamera',
	'carrying.scan.nothingInPicture',
	'install.none',
	'labels.field.none',
	'license.noKey',
	'licenses.bulk.skip.noEnd',
	'licenses.bulk.skip.noKey',
	'licenses.noEnd',
	'lists.nothing',
	'no-seat.other.none',
	'own-ways.none',
	'requests.noMatch',
	'settings.noRoots',
	'texts.conflict.empty'
]);
/** Not the desk's: of the vendor's console, of set-up, of a site server, of what the server has just answered. */
const ELSEWHERE = /^(site|setup|console|vendor|doctor|reach|refusals|releases|sign-in|join)/;
const LIKE_CLAIM = /^(empty|none|no[A-Z]|nothing|allWell|allClear)/;

test('[DK1] every text that says that nothing is there is held against the store, or is no such claim', async () => {
	const stem = (key: string) => key.replace(/(Title|Text|Hint|SignedIn|SignedOut)$/, '');
	const covered = new Set([...claims.map(({ key }) => key), ...OTHERS].map(stem));
	const found: string[] = [];
	for (const file of readdirSync(EN).filter((name) => !ELSEWHERE.test(name))) {
		const texts = (await import(join(EN, file))) as Record<string, unknown>;
		for (const value of Object.values(texts))
			if (typeof value === 'object') collect(file.replace('.ts', ''), value);
	}
	expect(found.filter((key) => !covered.has(stem(key)))).toEqual([]);

	function collect(path: string, texts: unknown): void {
		if (typeof texts !== 'object' || texts === null) return;
		for (const [name, value] of Object.entries(texts)) {
			if (LIKE_CLAIM.test(name) && typeof value !== 'object') found.push(`${path}.${name}`);
			collect(`${path}.${name}`, value);
		}
	}
});
