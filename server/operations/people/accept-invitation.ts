/**
 * Becoming a member by an invitation. Its code was in a mail to one address, so whoever enters it has
 * proven that address. [PE2, PE3]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Rank } from '#lib/domain/access.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { hashNewPassword } from '#server/auth/new-password.ts';
import { invitation, member, user } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { addProvenUser } from './proven-user.ts';
import { findOpenInvitation } from './read-invitation.ts';

export type Acceptance = {
	code: string;
	/** Of somebody whose address nobody has proven before. */
	newcomer?: { name: string; password: string };
};

export type Joined = { organizationId: string; place: string; email: string; role: Rank };

type Refused = Refusal<
	| 'INVITATION_INVALID'
	| 'INVITATION_FOR_OTHER'
	| 'SIGN_IN_REQUIRED'
	| 'BODY_INVALID'
	| 'PASSWORD_SHORT'
	| 'PASSWORD_COMMON'
>;

/** @param asker - Whoever is signed in; a newcomer is nobody yet. */
export async function acceptInvitation(
	hub: Hub,
	{ code, newcomer }: Acceptance,
	asker: Asker | undefined
): Promise<Joined | Refused> {
	const found = await findOpenInvitation(hub.db, code, hub.now());
	if (!found) return refuse('INVITATION_INVALID', {});
	const { email, organizationId, place } = found;
	// Nothing slow happens under the lock.
	const passwordHash = newcomer && (await hashNewPassword(newcomer.password));
	if (isRefusal(passwordHash)) return passwordHash;
	return writing(hub.db, organizationId, async ({ tx, raiseRevision, audit }) => {
		await raiseRevision();
		// As it is now that nobody else can change it.
		const open = await findOpenInvitation(tx, code, hub.now());
		if (!open) return refuse('INVITATION_INVALID', {});
		const { id, role } = open;
		const [holder] = await tx.select().from(user).where(eq(user.email, email));
		if (asker && asker.userId !== holder?.id) return refuse('INVITATION_FOR_OTHER', { email });
		let userId = holder?.id;
		if (!userId || !holder?.emailVerified) {
			if (!newcomer || passwordHash === undefined)
				return refuse('BODY_INVALID', { path: 'newcomer', reason: 'missing' });
			userId = await addProvenUser(tx, { email, name: newcomer.name, passwordHash });
		} else if (!asker) return refuse('SIGN_IN_REQUIRED', {});
		await tx.update(invitation).set({ status: 'accepted' }).where(eq(invitation.id, id));
		await tx
			.insert(member)
			.values({ id: uuidv7(), organizationId, userId, role })
			.onConflictDoNothing();
		const facts = { role, invitation: id };
		const note = { at: hub.now(), actor: userId, subject: userId };
		audit({ ...note, action: 'person.joined', facts });
		return { organizationId, place, email, role };
	});
}
