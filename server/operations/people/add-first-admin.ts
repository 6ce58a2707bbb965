/**
 * The admin who sets a hub up: nobody is there to invite them, and the console that they read proves who
 * they are. [PE3, SU1]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { member, user } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addProvenUser } from './proven-user.ts';

/** Once: said again, it is the one that is there. @returns The user's id. */
export async function addFirstAdmin(
	hub: Hub,
	person: { email: string; name: string; passwordHash: string }
): Promise<string> {
	return writing(hub.db, VENDOR_ID, async ({ tx, raiseRevision, audit }) => {
		await raiseRevision();
		const [known] = await tx
			.select({ id: member.userId })
			.from(member)
			.innerJoin(user, eq(user.id, member.userId))
			.where(eq(member.organizationId, VENDOR_ID));
		if (known) return known.id;
		const userId = await addProvenUser(tx, person);
		const role = 'admin';
		await tx.insert(member).values({ id: uuidv7(), organizationId: VENDOR_ID, userId, role });
		const note = { at: hub.now(), actor: 'hub', subject: userId };
		audit({ ...note, action: 'person.joined', facts: { role } });
		return userId;
	});
}
