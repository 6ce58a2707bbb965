/**
 * Trips to a provider: each is left with once and comes back once, to the browser that left. [PE7]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import { providerTrips } from '#server/db/schema/people.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';

export const TRIP_SECONDS = 600;

export type NewTrip = {
	provider: string;
	/** Where in the desk they came from. */
	back: string;
	/** Whose account one at the provider is to be linked to. */
	linkTo?: string;
};

/** `browser` is to be kept by the browser alone; the others go with it. */
export type LeftOn = { state: string; browser: string; nonce: string; verifier: string };

const random = () => randomBytes(32).toString('base64url');

export async function leaveOnTrip(hub: Hub, trip: NewTrip): Promise<LeftOn> {
	const left = { state: random(), browser: random(), nonce: random(), verifier: random() };
	const id = sha256(left.state);
	const now = hub.now();
	await hub.db.delete(providerTrips).where(lt(providerTrips.expiresAt, now));
	await hub.db.insert(providerTrips).values({
		...trip,
		id,
		browserHash: sha256(left.browser),
		nonce: left.nonce,
		verifier: hub.seal.seal(left.verifier, `trip ${id}`),
		expiresAt: now + TRIP_SECONDS
	});
	return left;
}

export type CameBack = NewTrip & { nonce: string; verifier: string };

/** @returns `undefined` where nobody left like that, not from this browser, or came back already. */
export async function comeBack(
	hub: Hub,
	{ state, browser, provider }: { state: string; browser: string; provider: string }
): Promise<CameBack | undefined> {
	const id = sha256(state);
	const own = and(eq(providerTrips.id, id), eq(providerTrips.browserHash, sha256(browser)));
	const [trip] = await hub.db.delete(providerTrips).where(own).returning();
	if (!trip || trip.expiresAt <= hub.now() || trip.provider !== provider) return undefined;
	const { back, nonce, linkTo } = trip;
	const verifier = hub.seal.open(trip.verifier, `trip ${id}`);
	return { provider, back, nonce, verifier, linkTo: linkTo ?? undefined };
}
