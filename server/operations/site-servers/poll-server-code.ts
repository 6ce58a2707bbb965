/**
 * A site server asks whether a person has answered. [GL1]
 *
 * @see RFC 8628 section 3.5
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { serverCodes } from '#server/db/schema/people.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';
import { GRANT_SECONDS, newGrant, POLL_SECONDS } from './server-codes.ts';

/** Activates one license on the machine that asked, and nothing else. */
export type ServerGrant = {
	grant: string;
	expiresIn: number;
	number: string;
	product: string;
	title: string;
	customer: string;
};

export type PollRefusal = Refusal<
	| 'AUTHORIZATION_PENDING'
	| 'SLOW_DOWN'
	| 'SERVER_CODE_INVALID'
	| 'SERVER_CODE_EXPIRED'
	| 'SERVER_DENIED'
>;

/** Where an answer was lost the next one brings another token, and the one before counts no more. */
export async function pollServerCode(
	hub: Hub,
	deviceCode: string
): Promise<ServerGrant | PollRefusal> {
	const id = sha256(deviceCode);
	const now = hub.now();
	return hub.db.transaction(async (tx) => {
		const own = eq(serverCodes.id, id);
		const [found] = await tx.select().from(serverCodes).where(own).for('update');
		if (!found) return refuse('SERVER_CODE_INVALID', {});
		const { state, expiresAt, polledAt } = found;
		if (state === 'denied') return refuse('SERVER_DENIED', {});
		if (expiresAt <= now) return refuse('SERVER_CODE_EXPIRED', { expiredAt: expiresAt });
		if (state === 'open') {
			const isEarly = polledAt !== null && now - polledAt < found.interval;
			const interval = isEarly ? found.interval + POLL_SECONDS : found.interval;
			await tx.update(serverCodes).set({ polledAt: now, interval }).where(own);
			return isEarly ? refuse('SLOW_DOWN', { interval }) : refuse('AUTHORIZATION_PENDING', {});
		}
		const grant = newGrant();
		const grantUntil = now + GRANT_SECONDS;
		await tx
			.update(serverCodes)
			.set({ grantHash: sha256(grant), grantUntil })
			.where(own);
		const [license] = await tx
			.select({ number: licenses.number, terms: licenses.terms, customer: customers.name })
			.from(licenses)
			.innerJoin(customers, eq(customers.customerId, licenses.customerId))
			.where(
				and(eq(licenses.customerId, found.customerId!), eq(licenses.licenseId, found.licenseId!))
			);
		// It has moved to another customer since.
		if (!license) return refuse('SERVER_DENIED', {});
		const { number, customer, terms } = license;
		const { prd: product, title } = terms;
		return { grant, expiresIn: GRANT_SECONDS, number, product, title, customer };
	});
}
