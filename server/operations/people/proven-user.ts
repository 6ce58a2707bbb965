/**
 * The account of somebody who has proven an address. [PE3]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { apikey, member, user } from '#server/db/schema/people.ts';
import type { Transaction } from '#server/db/database.ts';
import { addPassword } from './set-password.ts';

/**
 * Makes the account anew. One that somebody made at this address and never proved goes, with its
 * password, sessions, API keys and desks: its user's id is nobody's any more, so that not even a push
 * signed beforehand does anything. What it was given, it was given for the address: that stays.
 *
 * @param passwordHash - Absent for somebody who signs in without one.
 * @returns The user's id.
 */
export async function addProvenUser(
	tx: Transaction,
	{ email, name, passwordHash }: { email: string; name: string; passwordHash?: string }
): Promise<string> {
	const id = uuidv7();
	const [unproven] = await tx.select().from(user).where(eq(user.email, email)).for('update');
	if (unproven)
		await tx
			.update(user)
			.set({ email: `${id}@unproven.invalid` })
			.where(eq(user.id, unproven.id));
	await tx.insert(user).values({ id, email, name, emailVerified: true });
	if (passwordHash !== undefined) await addPassword(tx, id, passwordHash);
	if (unproven) {
		await tx.update(member).set({ userId: id }).where(eq(member.userId, unproven.id));
		await tx.delete(apikey).where(eq(apikey.referenceId, unproven.id));
		await tx.delete(user).where(eq(user.id, unproven.id));
	}
	return id;
}
