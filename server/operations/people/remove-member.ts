/**
 * A member leaves, or is removed. Their account stays, and so does what they are elsewhere. [PE2]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { isLastOfRank } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { invitation, member } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { refuseGiving, refuseStranger } from './giving-roles.ts';
import { withdrawOpen } from './invitations.ts';
import { findMember, type WhichMember } from './members.ts';

/** Everybody may leave; invitations that they sent and nobody has accepted yet go with them. */
export async function removeMember(
	hub: Hub,
	{ organizationId, userId }: WhichMember,
	asker: Asker
): Promise<Refusal<'NOT_FOUND' | 'NOT_PERMITTED' | 'BODY_INVALID' | 'LAST_OF_ROLE'> | undefined> {
	const stranger = refuseStranger(asker, organizationId);
	if (stranger) return stranger;
	return writing(hub.db, organizationId, async (shell) => {
		const found = await findMember(shell, { organizationId, userId });
		if (!found) return refuse('NOT_FOUND', { what: `member ${userId}` });
		const { id, role, others } = found;
		const refusal = asker.userId === userId ? undefined : refuseGiving(asker, organizationId, role);
		if (refusal) return refusal;
		if (isLastOfRank(role, others)) return refuse('LAST_OF_ROLE', { role });
		await shell.tx.delete(member).where(eq(member.id, id));
		await withdrawOpen(shell.tx, organizationId, eq(invitation.inviterId, userId));
		shell.audit({
			at: hub.now(),
			actor: asker.userId,
			action: 'person.left',
			subject: userId,
			facts: { role }
		});
		return undefined;
	});
}
