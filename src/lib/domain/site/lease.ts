/**
 * Leases of a site server: who may work, who waits, and what becomes of them when licenses change.
 * [LE1, LE3, LE6, LE7, RS1]
 *
 * @module
 */
import type { LeaseHolder } from '../lease-holder.ts';
import type { Seconds } from '../time.ts';
import {
	clientsOf,
	dropPlace,
	heldOf,
	putOffer,
	raiseTerms,
	type Claim,
	type Lease,
	type LinePlace,
	type Pool,
	type PoolLicense
} from './pool.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { judgeCover } from '../machines/verification.ts';

/** What those read who are one too many. */
export type Telling = {
	/** Both clocks at this moment. */
	now: number;
	seconds: Seconds;
	/** Names are hidden by these. */
	nameOf?: (lease: Lease) => Pick<LeaseHolder, 'user' | 'machine'>;
};

type ClaimRefusal = Refusal<
	| 'NO_SERVER_LICENSE'
	| 'ENTITLEMENT_MISSING'
	| 'VERSION_NOT_COVERED'
	| 'MAINTENANCE_ENDED'
	| 'RESOURCE_NOT_OPEN'
	| 'RESOURCE_LIMIT_REACHED'
	| 'CLIENT_LIMIT_REACHED'
>;

/** Seconds for which a lease is kept free for whoever was in line. */
export const OFFER_SECONDS = 30;

/** So many holders are named; whoever is one too many asks the first of them. */
const HOLDERS_NAMED = 50;

/**
 * Whether a client gets a lease, and of which license. The same client has one lease at most: what it
 * holds or was offered makes room for what it gets. [LE3]
 *
 * Under changed terms whoever starts again gets in below the new number, and the leases of before count
 * against everybody else until they have ended. [LE6]
 */
export function decideClaim(
	pool: Pool,
	claim: Claim,
	telling: Telling
): PoolLicense | ClaimRefusal {
	return decide(pool, claim, { telling, own: pool.leases.get(claim.client) });
}

function decide(
	pool: Pool,
	claim: Claim,
	{ telling, own }: { telling: Telling; own?: Lease }
): PoolLicense | ClaimRefusal {
	const { client, needs, resource } = claim;
	const { product, licenses } = pool;
	if (licenses.length === 0) return refuse('NO_SERVER_LICENSE', { product });
	if (resource && !resource.open) return refuse('RESOURCE_NOT_OPEN', { resource: resource.name });
	const ofResource = resource?.open
		? licenses.filter(({ number }) => number === resource.open?.license)
		: licenses;
	if (resource && ofResource.length === 0)
		return refuse('RESOURCE_NOT_OPEN', { resource: resource.name });
	const entitled = ofResource.filter((license) => hasAll(license, needs));
	if (entitled.length === 0)
		return refuse('ENTITLEMENT_MISSING', { entitlement: missing(licenses, needs) });
	// A lease of a license that does not cover the program would open nothing.
	const fit = entitled.filter(({ cover }) => !judgeCover(cover, claim));
	if (fit.length === 0) return judgeCover(entitled[0]!.cover, claim)!;

	const full = resource && judgeResource(pool, resource, { own, telling });
	if (full) return full;
	const place = pool.line.find((each) => each.claim.client === client);
	const free = (license: PoolLicense) => freeFor(pool, license, { own, offer: place?.offer });
	const kept = fit.find(({ activation }) => activation === own?.activation);
	if (kept && free(kept) > 0) return kept;
	const [best, ...others] = fit;
	const most = others.reduce((one, other) => (free(other) > free(one) ? other : one), best!);
	if (free(most) > 0) return most;
	const holders = holdersOf(pool, { telling });
	return refuse('CLIENT_LIMIT_REACHED', {
		product,
		clients: clientsOf(pool),
		holders,
		freeAt: earliestOf(pool, telling)
	});
}

/** How many leases of a license are free for a client that holds, or was offered, what is named. */
function freeFor(
	pool: Pool,
	{ activation, clients }: PoolLicense,
	{ own, offer }: { own?: Lease; offer?: LinePlace['offer'] }
): number {
	const held = heldOf(pool, activation);
	const offered = offer?.activation === activation ? 1 : 0;
	if (own && own.terms !== pool.terms) return clients - held.current + offered;
	const mine = own?.activation === activation ? 1 : 0;
	const ofLicense = clients - held.all + mine + offered;
	const ofPool = clientsOf(pool) - pool.used + (own ? 1 : 0) + (offer ? 1 : 0);
	return Math.min(ofLicense, ofPool);
}

function judgeResource(
	{ inResource, leases }: Pool,
	{ name, open }: NonNullable<Claim['resource']>,
	{ own, telling }: { own?: Lease; telling: Telling }
): Refusal<'RESOURCE_LIMIT_REACHED'> | undefined {
	const limit = open?.limit;
	if (limit === undefined) return undefined;
	const others = (inResource.get(name) ?? 0) - (own?.resource === name ? 1 : 0);
	if (others < limit) return undefined;
	const inside = { leases: new Map([...leases].filter(([, lease]) => lease.resource === name)) };
	return refuse('RESOURCE_LIMIT_REACHED', {
		resource: name,
		limit,
		holders: holdersOf(inside, { telling })
	});
}

/** Who holds leases, the longest first. [LE7] */
export function holdersOf(
	{ leases }: Pick<Pool, 'leases'>,
	{ telling }: { telling: Telling }
): LeaseHolder[] {
	const { nameOf = ({ user, machine }) => ({ user, machine }) } = telling;
	const found: LeaseHolder[] = [];
	for (const lease of leases.values()) {
		if (found.length === HOLDERS_NAMED) break;
		const { since, endsAt } = lease;
		found.push({
			...nameOf(lease),
			since,
			...(endsAt !== undefined && { freeAt: inSeconds(endsAt, telling) })
		});
	}
	return found;
}

function earliestOf({ leases }: Pool, telling: Telling): Seconds | undefined {
	let earliest: number | undefined;
	for (const { endsAt } of leases.values())
		if (endsAt !== undefined && endsAt < (earliest ?? Infinity)) earliest = endsAt;
	return earliest === undefined ? undefined : inSeconds(earliest, telling);
}

function inSeconds(at: number, { now, seconds }: Telling): Seconds {
	return seconds + Math.max(0, Math.ceil((at - now) / 1000));
}

function hasAll({ entitlements }: PoolLicense, needs: readonly string[]): boolean {
	return needs.every((need) => entitlements.includes(need));
}

function missing(licenses: readonly PoolLicense[], needs: readonly string[]): string {
	const absent = needs.find(
		(need) => !licenses.some(({ entitlements }) => entitlements.includes(need))
	);
	return absent ?? needs.join(', ');
}

/**
 * Keeps what is free for those in line, in order. One whom no free license fits lets others pass.
 *
 * @returns Those who are to be told.
 */
export function serveLine(pool: Pool, telling: Telling): LinePlace[] {
	const served: LinePlace[] = [];
	for (const place of pool.line) {
		if (place.offer) continue;
		// What is offered stands beside what they hold, until they take it.
		const held = pool.leases.get(place.claim.client);
		const own = held?.terms === pool.terms ? undefined : held;
		const decided = decide(pool, place.claim, { telling, own });
		if ('refused' in decided) continue;
		const until = telling.now + OFFER_SECONDS * 1000;
		putOffer(pool, place, { activation: decided.activation, until });
		served.push(place);
	}
	return served;
}

/** 1 is next. */
export function placeIn({ line }: Pool, place: LinePlace): number {
	return line.filter(({ offer }) => !offer).indexOf(place) + 1;
}

/** What has ended by now. What was offered and not taken is offered to the next. */
export function lapsed(pool: Pool, now: number): { leases: Lease[]; places: LinePlace[] } {
	const leases: Lease[] = [];
	for (const lease of pool.leases.values()) if (now >= endOf(lease)) leases.push(lease);
	const places = pool.line.filter(
		({ livesUntil, offer }) => now >= livesUntil || (offer !== undefined && now >= offer.until)
	);
	return { leases, places };
}

/** When a lease ends that nobody renews. */
export function endOf({ livesUntil, endsAt = Infinity }: Lease): number {
	return Math.min(livesUntil, endsAt);
}

export const restartReasons = ['license-added', 'license-changed', 'license-ended'] as const;
export type RestartReason = (typeof restartReasons)[number];

/**
 * What is active has changed: from now on there are new terms, and every lease under others ends when its
 * grace is over. Offers of before are taken back. [LE6]
 *
 * @returns Why everybody is to start again, or nothing where nothing has changed.
 */
export function changeTerms(
	pool: Pool,
	licenses: readonly PoolLicense[],
	now: number
): RestartReason | undefined {
	const reason = compareLicenses(pool.licenses, licenses);
	if (!reason) return undefined;
	for (const place of pool.line.filter(({ offer }) => offer)) takeBack(pool, place);
	raiseTerms(pool, licenses);
	for (const lease of pool.leases.values())
		lease.endsAt = Math.min(lease.endsAt ?? Infinity, now + lease.graceSeconds * 1000);
	return reason;
}

/** They keep their place in line. */
function takeBack(pool: Pool, place: LinePlace): void {
	const at = pool.line.indexOf(place);
	dropPlace(pool, place);
	pool.line.splice(at, 0, place);
}

function compareLicenses(
	before: readonly PoolLicense[],
	after: readonly PoolLicense[]
): RestartReason | undefined {
	const byActivation = new Map(after.map((license) => [license.activation, license]));
	if (before.some(({ activation }) => !byActivation.has(activation))) return 'license-ended';
	const isChanged = (license: PoolLicense) =>
		JSON.stringify(license) !== JSON.stringify(byActivation.get(license.activation));
	if (before.some(isChanged)) return 'license-changed';
	return after.length > before.length ? 'license-added' : undefined;
}
