/**
 * Releases as the hub lists them to staff, and offers them to whoever holds a license. [P8]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Artefact, Platform, Release, ReleaseBar } from '#lib/domain/vendor/release.ts';

/** What staff say of a release that is added or changed. What is absent stays as it is. */
export type SaidRelease = {
	product: string;
	version: string;
	/** Today, if a new one has none. */
	releasedAt?: Seconds;
	notes?: string;
	entitlements?: string[];
};

/** A file that staff add: announced before it is uploaded, or lying at `url`. */
export type SaidFile = {
	product: string;
	version: string;
	platform: Platform;
	name: string;
	size: number;
};

/** A release as staff see it. */
export type ListedRelease = Release & {
	/** Files that the hub is to hold and does not, by id: a restore brings rows alone. */
	missing: string[];
};

/** What one license may run. */
export type LicenseOffer = {
	licenseId: string;
	number: string;
	/** Name of its customer. */
	customer: string;
	product: string;
	title: string;
	contact: string;
	/** Where an upgrade is bought. */
	pricingUrl?: string;
	maintainedUntil?: Seconds;
	/** The license itself gets nothing now: it has ended, was moved or is suspended. */
	refusal?: Refusal;
	/** Its files: those of the asked system first. */
	offered?: Release;
	newer: { version: string; releasedAt: Seconds; bars: ReleaseBar[] }[];
	older: Release[];
};

/** Where one file is fetched, for a while. */
export type DownloadLink = Pick<Artefact, 'name' | 'size' | 'sha256'> & {
	/** A path of the hub, or a whole address elsewhere. */
	href: string;
};
