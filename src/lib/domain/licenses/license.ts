/**
 * Licenses: what a customer holds, and the terms that every file of it repeats.
 *
 * @module
 */
import { parseLicenseNumber } from './license-number.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** What the vendor asks of machines and site servers. */
export type Policy = {
	/** How many components of a machine must still match (MA2). */
	k: number;
	/** Virtual machines are allowed. Checked by hub and verifier alike. */
	vm: boolean;
	/** Fingerprints given by hand are allowed (MA2). */
	given: boolean;
	/** How long a client runs on without its site server (LE2). */
	graceMinutes: number;
};

/**
 * What came later than the format, in the `x` of license keys, allotments and activation files, where
 * older readers pass over it. Nothing in it is believed to be well-formed. [FI7]
 *
 * - `upgrade`: number of the license for newer majors that the customer has as well;
 * - `trial`: days that the license goes on after its first activation;
 * - `grace`: days after its end in which files that end with it still open, with a warning.
 */
export type LicenseExtras = Readonly<Record<string, unknown>>;

/** The terms of a license as its tokens carry them (claim names of design section 4a). */
export type Terms = {
	/** License id. */
	sub: string;
	/** License number, `KF-XXXX-XXXX-XXXX`. */
	num: string;
	/** Product slug. */
	prd: string;
	/** Product title for people. */
	title: string;
	/** Edition. */
	ed: string;
	/** Entitlements: feature codes. */
	ent: string[];
	/** How many clients may connect to one site server. */
	clients?: number;
	/** Product majors covered, both ends included. */
	ver: { from: number; to: number };
	/** Maintenance till. */
	mnt?: Seconds;
	/** The organization that the license was issued to. */
	org?: string;
	/** Where a person asks the vendor. */
	contact: string;
	pol: Policy;
	/** What readers of before may pass over: see {@link LicenseExtras}. [FI7] */
	x?: LicenseExtras;
};

/** The same terms in the order in which tokens name them: a database keeps no order of its own. */
export function termsInOrder(terms: Terms): Terms {
	const { sub, num, prd, title, ed, ent, clients, ver, mnt, org, contact, pol, x } = terms;
	const { k, vm, given, graceMinutes } = pol;
	return {
		sub,
		num,
		prd,
		title,
		ed,
		ent,
		clients,
		ver: { from: ver.from, to: ver.to },
		mnt,
		org,
		contact,
		pol: { k, vm, given, graceMinutes },
		x
	};
}

/** A license as the hub holds it. */
export type License = {
	terms: Terms;
	seats: number;
	expiresAt?: Seconds;
	suspendedAt?: Seconds;
	/** Since the hub was restored from a backup: nothing is granted until staff lift it (SY6). */
	frozenAt?: Seconds;
	/** Number of another customer's license that goes on in its place (SE7). */
	successor?: string;
	/** Files end this many days after they are signed, where the vendor wants renewals (O7). */
	fileDays?: number;
	/** A trial: it ends so many days after its first activation, and has no end before (TR1). */
	trialDays?: number;
};

/**
 * Whether a license may be used at all at this moment. Seats are counted elsewhere.
 *
 * Expiry is exact: at the very second of `expiresAt` the license has ended.
 */
export function judgeLicense(
	license: Pick<License, 'successor' | 'suspendedAt' | 'frozenAt' | 'expiresAt'> & {
		terms: Pick<Terms, 'num' | 'contact'>;
	},
	now: Seconds
):
	| Refusal<'LICENSE_MOVED' | 'LICENSE_SUSPENDED' | 'LICENSE_FROZEN' | 'LICENSE_EXPIRED'>
	| undefined {
	const { num: number, contact } = license.terms;
	const { successor } = license;
	if (successor !== undefined) return refuse('LICENSE_MOVED', { number, successor, contact });
	if (license.suspendedAt !== undefined) return refuse('LICENSE_SUSPENDED', { number, contact });
	if (license.frozenAt !== undefined) return refuse('LICENSE_FROZEN', { number, contact });
	if (license.expiresAt !== undefined && now >= license.expiresAt)
		return refuse('LICENSE_EXPIRED', { number, expiredAt: license.expiresAt, contact });
	return undefined;
}

/** When an activation file signed now ends: with the license, or earlier where files are short-lived. */
export function fileExpiry(license: License, now: Seconds): Seconds | undefined {
	const licenseEnd = endOfLicense(license, now);
	if (license.fileDays === undefined) return licenseEnd;
	const end = now + license.fileDays * DAY_SECONDS;
	return licenseEnd === undefined ? end : Math.min(end, licenseEnd);
}

/** When a license ends of which a machine is activated now: a trial begins with its first one. [TR1] */
export function endOfLicense(
	{ expiresAt, trialDays }: Pick<License, 'expiresAt' | 'trialDays'>,
	now: Seconds
): Seconds | undefined {
	if (expiresAt !== undefined || trialDays === undefined) return expiresAt;
	return now + trialDays * DAY_SECONDS;
}

/**
 * Whether the license covers this version of its product. Only the major counts (K3).
 *
 * @param version - `8`, `8.2`, `8.2.1-beta`: anything after the first number is ignored.
 */
export function judgeVersion(
	terms: Pick<Terms, 'ver' | 'contact' | 'x'>,
	version: string
): Refusal<'VERSION_NOT_COVERED'> | undefined {
	const major = Number.parseInt(version, 10);
	if (major >= terms.ver.from && major <= terms.ver.to) return undefined;
	const { contact, ver } = terms;
	const upgrade = upgradeOf(terms);
	const facts = { version, ...ver, contact };
	return refuse('VERSION_NOT_COVERED', upgrade === undefined ? facts : { ...facts, upgrade });
}

/** Number of the license that was issued for newer versions beside this one, if it says so. [K3, UP1] */
export function upgradeOf({ x }: Pick<Terms, 'x'>): string | undefined {
	const number = typeof x?.upgrade === 'string' ? parseLicenseNumber(x.upgrade) : undefined;
	return number === undefined || isRefusal(number) ? undefined : number;
}

/** Of a trial: for how many days it goes on after its first activation. [TR1] */
export function trialDaysOf({ x }: Pick<Terms, 'x'>): number | undefined {
	const days = x?.trial;
	return typeof days === 'number' && Number.isSafeInteger(days) && days > 0 ? days : undefined;
}

/** Days of grace that a license may give at most: what says more gives none. [GR1] */
export const GRACE_LIMIT = 365;

/** Days after its end in which files that end with the license still open. [GR1] */
export function graceDaysOf({ x }: Pick<Terms, 'x'>): number | undefined {
	const days = x?.grace;
	const isSound = typeof days === 'number' && Number.isSafeInteger(days);
	return isSound && days > 0 && days <= GRACE_LIMIT ? days : undefined;
}

/** The same terms with so many days of grace, or with none. */
export function withGrace<T extends Pick<Terms, 'x'>>(terms: T, days: number | undefined): T {
	const { grace: _, ...others } = terms.x ?? {};
	const x = days === undefined ? others : { ...others, grace: days };
	return { ...terms, x: Object.keys(x).length === 0 ? undefined : x };
}

/**
 * Until when a file opens: its end, and the grace that it gives. What a desk has drawn gives none, for
 * a draw's `x` is the desk's word alone. [GR1]
 */
export function opensUntil(file: {
	exp?: Seconds;
	allot?: string;
	x?: LicenseExtras;
}): Seconds | undefined {
	if (file.exp === undefined || file.allot !== undefined) return file.exp;
	return file.exp + (graceDaysOf(file) ?? 0) * DAY_SECONDS;
}
