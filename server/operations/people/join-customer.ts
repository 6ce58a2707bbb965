/**
 * Somebody who has proven the address of an order, or a contact's, becomes a member of its customer.
 * [AT1]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { roleOfJoining, type Role } from '#lib/domain/access.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { member, user } from '#server/db/schema/people.ts';
import { remindedPeople } from '#server/db/schema/reminders.ts';
import type { Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { putMail } from '#server/mail/outbox.ts';

export type Joining = {
	customerId: string;
	userId: string;
	/** What they have proven, for the audit: ids, never an address. */
	by: { purchase: string } | { license: string };
	/** Of the letter to owners who have chosen none. */
	language?: Language;
};

/**
 * The owners who have not turned it off are told by mail [P12]; `hub.sendMail` after the commit sends it at once.
 *
 * @returns `undefined` for whoever is a member already: what they are, they stay.
 */
export async function joinCustomer(
	hub: Hub,
	{ tx, raiseRevision, audit }: Writing,
	{ customerId, userId, by, language }: Joining
): Promise<Role | undefined> {
	// Under its lock: of two who join at once, one is the owner.
	await raiseRevision();
	const members = await tx
		.select({
			id: member.userId,
			role: member.role,
			email: user.email,
			off: remindedPeople.off,
			language: remindedPeople.language
		})
		.from(member)
		.innerJoin(user, eq(user.id, member.userId))
		.leftJoin(remindedPeople, eq(remindedPeople.userId, member.userId))
		.where(eq(member.organizationId, customerId));
	if (members.some(({ id }) => id === userId)) return undefined;
	const role = roleOfJoining(members.map((each) => each.role));
	await tx.insert(member).values({ id: uuidv7(), organizationId: customerId, userId, role });
	const note = { at: hub.now(), actor: userId, subject: userId };
	audit({ ...note, action: 'person.joined', facts: { role, ...by } });
	const [place] = await tx
		.select({ name: customers.name })
		.from(customers)
		.where(eq(customers.customerId, customerId));
	const [person] = await tx
		.select({ name: user.name, email: user.email })
		.from(user)
		.where(eq(user.id, userId));
	if (!place || !person) throw new Error(`no customer ${customerId}, or no user ${userId}`);
	const link = `${hub.address}/#/settings/people?of=${customerId}`;
	const proven = 'purchase' in by ? by.purchase : by.license;
	const facts = { link, place: place.name, person, role, proven };
	for (const owner of members.filter((each) => each.role === 'owner')) {
		if (owner.off?.includes('joined')) continue;
		const own = owner.language ?? language;
		await putMail(hub, tx, { to: owner.email, kind: 'joined', facts, language: own });
	}
	return role;
}
