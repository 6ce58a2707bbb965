/**
 * Inviting somebody to a customer, or to the vendor's own people, by a link in a mail. [PE2]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { member, organization, user } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { putMail } from '#server/mail/outbox.ts';
import { refuseGiving } from './giving-roles.ts';
import { addInvitation, type Invited, type NewInvitation } from './invitations.ts';

export type InvitationOrder = Omit<NewInvitation, 'inviterId'> & {
	/** Of the mail. */
	language?: Language;
};

/** @param order - Its address in lower case, as accounts have it. */
export async function invite(
	hub: Hub,
	{ language, ...order }: InvitationOrder,
	asker: Asker
): Promise<Invited | Refusal<'NOT_FOUND' | 'NOT_PERMITTED' | 'BODY_INVALID' | 'ALREADY_MEMBER'>> {
	const { organizationId, email, role } = order;
	const refusal = refuseGiving(asker, organizationId, role);
	if (refusal) return refusal;
	const [place] = await hub.db
		.select({ name: organization.name })
		.from(organization)
		.where(eq(organization.id, organizationId));
	if (!place) return refuse('NOT_FOUND', { what: `customer ${organizationId}` });
	const { name, email: address } = user;
	const [inviter] = await hub.db
		.select({ name, email: address })
		.from(user)
		.where(eq(user.id, asker.userId));
	const invited = await writing(hub.db, organizationId, async (shell) => {
		const { tx, raiseRevision } = shell;
		await raiseRevision();
		const [known] = await tx
			.select({ id: member.id })
			.from(member)
			.innerJoin(user, eq(user.id, member.userId))
			.where(and(eq(member.organizationId, organizationId), eq(user.email, email)));
		if (known) return refuse('ALREADY_MEMBER', { email });
		const added = await addInvitation(hub, shell, { ...order, inviterId: asker.userId });
		const { id, link, until } = added;
		const facts = { link, place: place.name, role, inviter, until };
		await putMail(hub, tx, { id, to: email, kind: 'invitation', facts, language });
		return added;
	});
	hub.sendMail?.();
	return invited;
}

/**
 * The first admin of a new hub, who gets the link from whoever set it up: mail may not work yet, and
 * nobody knows at which address the hub will be.
 */
export function inviteFirstAdmin(hub: Hub, email: string): Promise<Invited> {
	return writing(hub.db, VENDOR_ID, (shell) =>
		addInvitation(hub, shell, { organizationId: VENDOR_ID, email, role: 'admin', inviterId: 'hub' })
	);
}
