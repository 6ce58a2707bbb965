/**
 * Invitations: a code in a link, for one address and one use. Only the code's hash is kept. What becomes
 * of those of a customer happens under the lock of the customer's row. [PE2]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { and, eq, type SQL } from 'drizzle-orm';
import type { Role, VendorRole } from '#lib/domain/access.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { invitation } from '#server/db/schema/people.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { takeMailBack } from '#server/mail/outbox.ts';

const INVITED_SECONDS = 7 * DAY_SECONDS;
const CODE_BYTES = 24;

export type NewInvitation = {
	/** A customer, or the vendor. */
	organizationId: string;
	email: string;
	role: Role | VendorRole;
	/** A user's id, or `hub`. */
	inviterId: string;
};

export type Invited = {
	id: string;
	email: string;
	role: Role | VendorRole;
	until: Seconds;
	/** For the eyes of whoever reads that address's mail: it proves the address. */
	link: string;
};

/** One that the address has there already is withdrawn for it. */
export async function addInvitation(
	hub: Hub,
	{ tx, audit }: Writing,
	{ organizationId, email, role, inviterId }: NewInvitation
): Promise<Invited> {
	const id = uuidv7();
	const code = randomBytes(CODE_BYTES).toString('base64url');
	const at = hub.now();
	const until = at + INVITED_SECONDS;
	await withdrawOpen(tx, organizationId, eq(invitation.email, email));
	await tx.insert(invitation).values({
		id,
		organizationId,
		email,
		role,
		inviterId,
		codeHash: sha256(code),
		expiresAt: new Date(until * 1000)
	});
	const note = { at, actor: inviterId, subject: id };
	audit({ ...note, action: 'person.invited', facts: { role } });
	return { id, email, role, until, link: `${hub.address}/#/join/${code}` };
}

/** Withdraws open invitations of a customer, and the mail of those that was not sent yet. */
export async function withdrawOpen(
	tx: Transaction,
	organizationId: string,
	which: SQL
): Promise<{ id: string; role: Role | VendorRole }[]> {
	const open = and(
		eq(invitation.organizationId, organizationId),
		eq(invitation.status, 'open'),
		which
	);
	const { id, role } = invitation;
	const withdrawn = await tx
		.update(invitation)
		.set({ status: 'withdrawn' })
		.where(open)
		.returning({ id, role });
	await takeMailBack(
		tx,
		withdrawn.map((each) => each.id)
	);
	return withdrawn;
}
