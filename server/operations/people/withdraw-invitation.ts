/**
 * An invitation is taken back before anybody has accepted it. [PE2]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { invitation } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { refuseGiving, refuseStranger } from './giving-roles.ts';
import { withdrawOpen } from './invitations.ts';

export async function withdrawInvitation(
	hub: Hub,
	{ organizationId, id }: { organizationId: string; id: string },
	asker: Asker
): Promise<Refusal<'NOT_FOUND' | 'NOT_PERMITTED' | 'BODY_INVALID'> | undefined> {
	const stranger = refuseStranger(asker, organizationId);
	if (stranger) return stranger;
	const own = and(eq(invitation.id, id), eq(invitation.organizationId, organizationId));
	const [found] = await hub.db.select().from(invitation).where(own);
	if (!found) return refuse('NOT_FOUND', { what: `invitation ${id}` });
	const { role } = found;
	const refusal = refuseGiving(asker, organizationId, role);
	if (refusal) return refusal;
	return writing(hub.db, organizationId, async ({ tx, raiseRevision, audit }) => {
		await raiseRevision();
		const withdrawn = await withdrawOpen(tx, organizationId, eq(invitation.id, id));
		// Accepted meanwhile, or withdrawn before.
		if (withdrawn.length === 0) return refuse('NOT_FOUND', { what: `invitation ${id}` });
		const note = { at: hub.now(), actor: asker.userId, subject: id };
		audit({ ...note, action: 'person.uninvited', facts: { role } });
		return undefined;
	});
}
