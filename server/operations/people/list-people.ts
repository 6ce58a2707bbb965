/**
 * Who belongs to a customer or to the vendor, and who is invited to.
 *
 * @module
 */
import { and, asc, eq } from 'drizzle-orm';
import { mayGive, rankAt, VENDOR_ID, type Rank } from '#lib/domain/access.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { mails } from '#server/db/schema/mail.ts';
import { invitation, member, user } from '#server/db/schema/people.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { refuseStranger } from './giving-roles.ts';

export type People = {
	members: { id: string; name: string; email: string; role: Rank; since: Seconds }[];
	invitations: {
		id: string;
		email: string;
		role: Rank;
		/** It may be over already. */
		until: Seconds;
		/** What became of its mail; absent where there was none. */
		mail?: { state: 'waiting' | 'sent' | 'failed'; fault?: string };
	}[];
};

export async function listPeople(
	hub: Hub,
	organizationId: string,
	asker: Asker
): Promise<People | Refusal<'NOT_FOUND' | 'NOT_PERMITTED'>> {
	const stranger = refuseStranger(asker, organizationId);
	if (stranger) return stranger;
	const least = organizationId === VENDOR_ID ? 'staff' : 'viewer';
	if (!mayGive(rankAt(asker, organizationId), least))
		return refuse('NOT_PERMITTED', { action: 'people' });
	const members = await hub.db
		.select({
			id: user.id,
			name: user.name,
			email: user.email,
			role: member.role,
			at: member.createdAt
		})
		.from(member)
		.innerJoin(user, eq(user.id, member.userId))
		.where(eq(member.organizationId, organizationId))
		.orderBy(asc(user.email));
	const invitations = await hub.db
		.select({ invitation, state: mails.state, fault: mails.fault })
		.from(invitation)
		.leftJoin(mails, eq(mails.id, invitation.id))
		.where(and(eq(invitation.organizationId, organizationId), eq(invitation.status, 'open')))
		.orderBy(asc(invitation.email));
	return {
		members: members.map(({ at, ...person }) => ({ ...person, since: secondsOf(at) })),
		invitations: invitations.map(
			({ invitation: { id, email, role, expiresAt }, state, fault }) => ({
				id,
				email,
				role,
				until: secondsOf(expiresAt),
				mail: state === null ? undefined : { state, fault: fault ?? undefined }
			})
		)
	};
}

function secondsOf(date: Date): Seconds {
	return Math.floor(date.getTime() / 1000);
}
