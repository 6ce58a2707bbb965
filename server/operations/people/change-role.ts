/**
 * A member gets another role. [PE2]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { isLastOfRank, type Role, type VendorRole } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { member } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { refuseGiving } from './giving-roles.ts';
import { findMember, type WhichMember } from './members.ts';

export async function changeRole(
	hub: Hub,
	{ organizationId, userId, role }: WhichMember & { role: Role | VendorRole },
	asker: Asker
): Promise<Refusal<'NOT_FOUND' | 'NOT_PERMITTED' | 'BODY_INVALID' | 'LAST_OF_ROLE'> | undefined> {
	const refusal = refuseGiving(asker, organizationId, role);
	if (refusal) return refusal;
	return writing(hub.db, organizationId, async (shell) => {
		const found = await findMember(shell, { organizationId, userId });
		if (!found) return refuse('NOT_FOUND', { what: `member ${userId}` });
		const { id, role: from, others } = found;
		const notTheirs = refuseGiving(asker, organizationId, from);
		if (notTheirs) return notTheirs;
		if (from === role) return undefined;
		if (isLastOfRank(from, others)) return refuse('LAST_OF_ROLE', { role: from });
		await shell.tx.update(member).set({ role }).where(eq(member.id, id));
		shell.audit({
			at: hub.now(),
			actor: asker.userId,
			action: 'person.role-changed',
			subject: userId,
			facts: { from, role }
		});
		return undefined;
	});
}
