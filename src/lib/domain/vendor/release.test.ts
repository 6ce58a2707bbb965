import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	artefactOf,
	chooseVersion,
	compareReleases,
	isFileName,
	isReleaseVersion,
	judgeDownloads,
	judgeRelease,
	offerReleases,
	platforms,
	type Platform,
	type Release,
	type ReleaseTerms
} from './release.ts';
import { isRefusal, refuse } from '../refusal.ts';

const contact = 'licensing@example.com';
const terms = (changes: Partial<ReleaseTerms> = {}): ReleaseTerms => ({
	ver: { from: 8, to: 9 },
	mnt: 1000,
	ent: ['dataflow'],
	contact,
	...changes
});
const release = (version: string, changes: Partial<Release> = {}): Release => ({
	product: 'atlas',
	version,
	releasedAt: 500,
	notes: '',
	entitlements: [],
	artefacts: (['linux-x64', 'windows-x64'] as const).map((platform) => ({
		id: `${version} ${platform}`,
		platform,
		name: `atlas-${version}-${platform}.zip`,
		size: 1,
		sha256: 'a'.repeat(64)
	})),
	...changes
});
const on = (platform: Platform): Release['artefacts'] => [
	{ id: platform, platform, name: `atlas-${platform}.zip`, size: 1, sha256: 'b'.repeat(64) }
];
const offer = (releases: Release[], changes: Partial<ReleaseTerms> = {}, platform?: Platform) =>
	offerReleases(releases, terms(changes), { platform, now: 5000 });

describe('which release a license may run', () => {
	test('[P8] the newest by version, whatever order and days they have', () => {
		const { offered, older } = offer([
			release('8.9', { releasedAt: 900 }),
			release('8.10', { releasedAt: 100 }),
			release('8.2')
		]);
		expect(offered?.version).toBe('8.10');
		expect(older.map(({ version }) => version)).toEqual(['8.9', '8.2']);
	});

	test('[P8] maintenance includes its last second, and says what comes after it', () => {
		const { offered, newer } = offer([
			release('8.2', { releasedAt: 1000 }),
			release('8.3', { releasedAt: 1001 })
		]);
		expect(offered?.version).toBe('8.2');
		expect(newer).toMatchObject([
			{
				release: { version: '8.3' },
				bars: [refuse('MAINTENANCE_ENDED', { maintainedUntil: 1000, builtAt: 1001, contact })]
			}
		]);
		expect(offer([release('8.3', { releasedAt: 1001 })], { mnt: undefined }).newer).toEqual([]);
	});

	test('[P8] another major needs an upgrade, and a license that is there is named', () => {
		const found = offer([release('9.1'), release('10.0')], {
			x: { upgrade: 'KF-7Q2M-90TK-C4XD' }
		});
		expect(found.offered?.version).toBe('9.1');
		expect(found.newer[0]?.bars).toMatchObject([
			{ refused: 'VERSION_NOT_COVERED', facts: { version: '10.0', from: 8, to: 9, contact } }
		]);
	});

	test('[P8] each entitlement that is missing is named', () => {
		const { newer } = offer([release('8.4', { entitlements: ['dataflow', 'export', 'report'] })]);
		expect(newer[0]?.bars).toEqual([
			refuse('ENTITLEMENT_MISSING', { entitlement: 'export' }),
			refuse('ENTITLEMENT_MISSING', { entitlement: 'report' })
		]);
	});

	test('[P8] a release with a file for this system goes before a newer one without', () => {
		const releases = [release('8.3', { artefacts: on('linux-x64') }), release('8.2')];
		const found = offer(releases, {}, 'windows-x64');
		expect(found.offered?.version).toBe('8.2');
		expect(found.offered?.artefacts[0]?.platform).toBe('windows-x64');
		expect(found.newer[0]?.bars).toEqual([
			refuse('PLATFORM_NOT_RELEASED', {
				version: '8.3',
				platform: 'windows-x64',
				platforms: ['linux-x64']
			})
		]);
		expect(offer(releases, {}, 'macos-arm64').offered?.version, 'what there is').toBe('8.3');
		const everywhere = release('8.4', { artefacts: on('any') });
		expect(artefactOf(everywhere, 'linux-arm64')?.platform).toBe('any');
	});

	test('[P8] a withdrawn release, one without files and one of a day to come are not there', () => {
		const found = offer([
			release('8.5', { withdrawnAt: 600 }),
			release('8.6', { artefacts: [] }),
			release('8.7', { releasedAt: 5001 })
		]);
		expect(found).toEqual({ offered: undefined, newer: [], older: [] });
	});

	test('[P8] a version that is asked for by name is given or refused for its reason', () => {
		const all = [
			release('8.2'),
			release('8.3', { releasedAt: 1001 }),
			release('8.4', { withdrawnAt: 9 }),
			release('8.5', { releasedAt: 5001 })
		];
		const choose = (version: string) => {
			const chosen = chooseVersion(all, terms(), { product: 'atlas', version, now: 5000 });
			return isRefusal(chosen) ? chosen.refused : chosen.version;
		};
		expect(['8.2', '8.3', '8.4', '8.5', '8.9'].map(choose)).toEqual([
			'8.2',
			'MAINTENANCE_ENDED',
			'RELEASE_WITHDRAWN',
			'NOT_FOUND',
			'NOT_FOUND'
		]);
	});

	test('[P8] a license that has ended gets none, one frozen by a restore gets its own', () => {
		const license = {
			terms: { ...terms(), num: 'KF-0000-0000-0000' } as never,
			seats: 1,
			expiresAt: 100
		};
		expect(judgeDownloads(license, 99)).toBeUndefined();
		expect(judgeDownloads(license, 100)?.refused).toBe('LICENSE_EXPIRED');
		expect(judgeDownloads({ ...license, frozenAt: 1 }, 99)).toBeUndefined();
		expect(judgeDownloads({ ...license, suspendedAt: 1 }, 99)?.refused).toBe('LICENSE_SUSPENDED');
	});
});

describe('any releases, any license', () => {
	const version = fc
		.tuple(fc.integer({ min: 7, max: 11 }), fc.nat(12), fc.constantFrom('', '-rc1'))
		.map(([major, minor, suffix]) => `${major}.${minor}${suffix}`);
	const codes = fc.subarray(['dataflow', 'export', 'report']);
	const releases = fc.uniqueArray(
		fc
			.record({
				version,
				releasedAt: fc.nat(2000),
				entitlements: codes,
				on: fc.subarray([...platforms]),
				withdrawnAt: fc.option(fc.nat(2000), { nil: undefined })
			})
			.map(({ on: where, version: of, ...rest }) =>
				release(of, { ...rest, artefacts: where.flatMap(on) })
			),
		{ selector: (each) => each.version, maxLength: 12 }
	);
	const anyTerms = fc
		.record({
			from: fc.integer({ min: 7, max: 10 }),
			majors: fc.nat(3),
			mnt: fc.option(fc.nat(2000), { nil: undefined }),
			ent: codes
		})
		.map(({ from, majors, mnt, ent }) => terms({ ver: { from, to: from + majors }, mnt, ent }));
	const platform = fc.option(fc.constantFrom(...platforms), { nil: undefined });

	test('[P8] what is offered may run, nothing better is kept back, and every bar is true', () => {
		fc.assert(
			fc.property(releases, anyTerms, platform, (all, license, wanted) => {
				const now = 1500;
				const { offered, newer, older } = offerReleases(all, license, { platform: wanted, now });
				const there = all.filter(
					(each) =>
						each.withdrawnAt === undefined && each.releasedAt <= now && each.artefacts.length > 0
				);
				const runs = there.filter((each) => judgeRelease(each, license).length === 0);
				expect(offered === undefined).toBe(runs.length === 0);
				for (const { bars } of newer) expect(bars.length).toBeGreaterThan(0);
				if (!offered) {
					expect(newer).toHaveLength(there.length);
					return;
				}
				expect(runs.map((each) => each.version)).toContain(offered.version);
				const fits = runs.filter((each) => wanted === undefined || artefactOf(each, wanted));
				const pool = fits.length > 0 ? fits : runs;
				for (const each of pool) expect(compareReleases(each, offered)).toBeLessThanOrEqual(0);
				for (const each of newer) expect(compareReleases(each.release, offered)).toBeGreaterThan(0);
				for (const each of older) expect(compareReleases(each, offered)).toBeLessThan(0);
			})
		);
	});

	test('[P8] versions are in one order', () => {
		const compare = (a: string, b: string) => Math.sign(compareReleases(release(a), release(b)));
		fc.assert(
			fc.property(version, version, version, (a, b, c) => {
				expect(compare(a, b) + compare(b, a)).toBe(0);
				if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
			})
		);
		expect(compare('8.2', '8.2.0')).toBe(0);
		expect(compare('8.2-rc1', '8.2')).toBe(-1);
		expect(compare('8.2-rc1', '8.2-rc2')).toBe(-1);
	});
});

describe('what is taken at all', () => {
	test.for([
		'../etc/passwd',
		'.hidden',
		'a/b',
		'a\\b',
		'con',
		'NUL.txt',
		'a..b',
		'a.',
		'a ',
		'',
		'ä'
	])('[P8] %j is no name of a file', (name) => expect(isFileName(name)).toBe(false));
	test.for(['atlas-8.2-linux-x64.tar.gz', 'Atlas Setup (8.2).exe', 'A'])('[P8] %j is one', (name) =>
		expect(isFileName(name)).toBe(true)
	);
	test.for([
		['8', true],
		['8.2.1-rc.1', true],
		['v8', false],
		['8..2', false],
		['8/2', false]
	] as const)('[P8] %s is a version: %s', ([text, is]) => expect(isReleaseVersion(text)).toBe(is));
});
