/**
 * What an invitation says to whoever holds its code.
 *
 * @module
 */
import { and, eq, gt } from 'drizzle-orm';
import { VENDOR_ID, type Rank } from '#lib/domain/access.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { invitation, organization, user } from '#server/db/schema/people.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Database } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';

export type OpenInvitation = {
	/** Name of the customer, or of the vendor. */
	place: string;
	isVendor: boolean;
	role: Rank;
	email: string;
	until: Seconds;
	/** Somebody has proven this address before: they sign in, and set no password. */
	isKnown: boolean;
};

export async function readInvitation(
	hub: Hub,
	code: string
): Promise<OpenInvitation | Refusal<'INVITATION_INVALID'>> {
	const found = await findOpenInvitation(hub.db, code, hub.now());
	if (!found) return refuse('INVITATION_INVALID', {});
	const { email, role, expiresAt, organizationId, place } = found;
	const [person] = await hub.db.select().from(user).where(eq(user.email, email));
	const until = Math.floor(expiresAt.getTime() / 1000);
	const isVendor = organizationId === VENDOR_ID;
	return { place, isVendor, role, email, until, isKnown: person?.emailVerified === true };
}

export async function findOpenInvitation(db: Database, code: string, now: Seconds) {
	const [found] = await db
		.select({
			id: invitation.id,
			organizationId: invitation.organizationId,
			email: invitation.email,
			role: invitation.role,
			expiresAt: invitation.expiresAt,
			place: organization.name
		})
		.from(invitation)
		.innerJoin(organization, eq(organization.id, invitation.organizationId))
		.where(
			and(
				eq(invitation.codeHash, sha256(code)),
				eq(invitation.status, 'open'),
				gt(invitation.expiresAt, new Date(now * 1000))
			)
		);
	return found;
}
