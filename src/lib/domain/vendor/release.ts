/**
 * Releases of a product: which one a license may run, and why a newer one is not offered. [P8]
 *
 * @module
 */
import type { License, Terms } from '../licenses/license.ts';
import type { Seconds } from '../time.ts';
import { judgeLicense, judgeVersion } from '../licenses/license.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { compareVersions } from '../version.ts';

/** What an artefact runs on; `any` runs everywhere. */
export const platforms = ['linux-x64', 'linux-arm64', 'windows-x64', 'macos-arm64', 'any'] as const;

export type Platform = (typeof platforms)[number];

/** One file of a release. */
export type Artefact = {
	id: string;
	platform: Platform;
	/** As it is saved: see {@link isFileName}. */
	name: string;
	/** Bytes. */
	size: number;
	/** SHA-256 of its bytes, 64 hexadecimal digits in lower case. */
	sha256: string;
	/** Where it lies, if not at the hub. */
	url?: string;
};

export type Release = {
	/** Slug of its product. */
	product: string;
	/** `8.2.1`, `8.3-rc1`: its major is the first number. */
	version: string;
	releasedAt: Seconds;
	/** For people, several lines. */
	notes: string;
	/** Codes that a license must have to run it. */
	entitlements: string[];
	artefacts: Artefact[];
	withdrawnAt?: Seconds;
};

/** Why a license does not get a release. */
export type ReleaseBar = Refusal<
	'VERSION_NOT_COVERED' | 'MAINTENANCE_ENDED' | 'ENTITLEMENT_MISSING' | 'PLATFORM_NOT_RELEASED'
>;

/** What of a license decides it. */
export type ReleaseTerms = Pick<Terms, 'ver' | 'mnt' | 'ent' | 'contact' | 'x'>;

/** All that a license lacks for a release, the version first. Maintenance includes its last second. */
export function judgeRelease(
	{ version, releasedAt, entitlements }: Pick<Release, 'version' | 'releasedAt' | 'entitlements'>,
	terms: ReleaseTerms
): ReleaseBar[] {
	const { mnt, ent, contact } = terms;
	const bars: (ReleaseBar | undefined)[] = [
		judgeVersion(terms, version),
		mnt !== undefined && releasedAt > mnt
			? refuse('MAINTENANCE_ENDED', { maintainedUntil: mnt, builtAt: releasedAt, contact })
			: undefined,
		...entitlements
			.filter((code) => !ent.includes(code))
			.map((entitlement) => refuse('ENTITLEMENT_MISSING', { entitlement }))
	];
	return bars.filter((bar) => bar !== undefined);
}

/** What a license is offered. */
export type Offer = {
	/** Newest of those that it may run; absent where there is none. Its artefacts: this platform's first. */
	offered?: Release;
	/** Every newer one, the newest first, with all that stands in its way. */
	newer: { release: Release; bars: ReleaseBar[] }[];
	/** Older ones that it may run too, the newest first. */
	older: Release[];
};

/**
 * The newest release that dates, majors and entitlements allow. One with a file for `platform` goes before
 * newer ones without; where none has one, the newest that the license may run is offered with what there is.
 * Withdrawn releases, those without files and those whose day is still to come are not there.
 */
export function offerReleases(
	releases: readonly Release[],
	terms: ReleaseTerms,
	{ platform, now }: { platform?: Platform; now: Seconds }
): Offer {
	const there = releases
		.filter(
			({ withdrawnAt, releasedAt, artefacts }) =>
				withdrawnAt === undefined && releasedAt <= now && artefacts.length > 0
		)
		.sort((a, b) => compareReleases(b, a))
		.map((release) => ({
			release: { ...release, artefacts: artefactsFor(release, platform) },
			bars: judgeRelease(release, terms)
		}));
	const runnable = there.filter(({ bars }) => bars.length === 0);
	const chosen = runnable.find(({ release }) => isFor(release, platform)) ?? runnable[0];
	const at = chosen === undefined ? there.length : there.indexOf(chosen);
	return {
		offered: chosen?.release,
		newer: there.slice(0, at).map(({ release, bars }) => ({
			release,
			bars: isFor(release, platform) ? bars : [...bars, ...elsewhere(release, platform)]
		})),
		older: there
			.slice(at + 1)
			.filter(({ bars }) => bars.length === 0)
			.map(({ release }) => release)
	};
}

/** The release of a version that somebody asks for by name, if the license may run it. */
export function chooseVersion(
	releases: readonly Release[],
	terms: ReleaseTerms,
	{ product, version, now }: { product: string; version: string; now: Seconds }
): Release | Refusal<'NOT_FOUND' | 'RELEASE_WITHDRAWN'> | ReleaseBar {
	const release = releases.find((each) => each.version === version);
	if (!release || release.releasedAt > now)
		return refuse('NOT_FOUND', { what: `${product} ${version}` });
	const { withdrawnAt } = release;
	if (withdrawnAt !== undefined)
		return refuse('RELEASE_WITHDRAWN', { product, version, withdrawnAt });
	return judgeRelease(release, terms)[0] ?? release;
}

/**
 * Whether a license gets anything at all at this moment. One that is frozen after a restore grants nothing
 * new, and what it granted before runs on: its releases are there.
 */
export function judgeDownloads(license: License, now: Seconds): Refusal | undefined {
	return judgeLicense({ ...license, frozenAt: undefined }, now);
}

/** A file of a release: its own platform's, else one that runs everywhere, else `undefined`. */
export function artefactOf({ artefacts }: Release, platform: Platform): Artefact | undefined {
	return (
		artefacts.find((each) => each.platform === platform) ??
		artefacts.find((each) => each.platform === 'any')
	);
}

/**
 * Older ones first: by all numbers, then what has a suffix (`-rc1`) before what has none; of the same
 * version by their day.
 */
export function compareReleases(
	a: Pick<Release, 'version' | 'releasedAt'>,
	b: Pick<Release, 'version' | 'releasedAt'>
): number {
	const [one, other] = [suffixOf(a.version), suffixOf(b.version)];
	return (
		compareVersions(a.version, b.version) ||
		Number(one === '') - Number(other === '') ||
		Number(one > other) - Number(one < other) ||
		a.releasedAt - b.releasedAt
	);
}

const VERSION = /^\d{1,9}(\.\d{1,9}){0,7}([-+][0-9A-Za-z.+-]{1,40})?$/;

/** `8`, `8.2.1`, `8.3-rc1`. */
export function isReleaseVersion(text: string): boolean {
	return VERSION.test(text);
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9 ()+._-]{0,150}$/;

/** Names that Windows keeps for devices, whatever follows the first point. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name that every system saves as it is, in one folder: no path, no dot in front, no device. */
export function isFileName(name: string): boolean {
	return NAME.test(name) && !/[. ]$/.test(name) && !name.includes('..') && !DEVICE.test(name);
}

function suffixOf(version: string): string {
	return version.replace(/^\d+(\.\d+)*/, '');
}

function isFor(release: Release, platform: Platform | undefined): boolean {
	return platform === undefined || artefactOf(release, platform) !== undefined;
}

function elsewhere(release: Release, platform: Platform | undefined): ReleaseBar[] {
	if (platform === undefined) return [];
	return [noFileFor(release, platform)];
}

export function noFileFor(
	{ version, artefacts }: Release,
	platform: Platform
): Refusal<'PLATFORM_NOT_RELEASED'> {
	const known = [...new Set(artefacts.map((each) => each.platform))];
	return refuse('PLATFORM_NOT_RELEASED', { version, platform, platforms: known });
}

function artefactsFor({ artefacts }: Release, platform: Platform | undefined): Artefact[] {
	const place = (each: Artefact) =>
		each.platform === platform ? 0 : each.platform === 'any' ? 1 : 2;
	return [...artefacts].sort(
		(a, b) =>
			place(a) - place(b) ||
			platforms.indexOf(a.platform) - platforms.indexOf(b.platform) ||
			(a.name < b.name ? -1 : 1)
	);
}
