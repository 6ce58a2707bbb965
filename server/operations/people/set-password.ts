/**
 * A password set anew by whoever has proven the address. [PE4]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { account, session } from '#server/db/schema/people.ts';
import type { Transaction } from '#server/db/database.ts';

/** Ends every session of the account. */
export async function setPassword(
	tx: Transaction,
	userId: string,
	passwordHash: string
): Promise<void> {
	await tx.delete(session).where(eq(session.userId, userId));
	const own = and(eq(account.userId, userId), eq(account.providerId, 'credential'));
	const changed = await tx
		.update(account)
		.set({ password: passwordHash, updatedAt: new Date() })
		.where(own)
		.returning({ id: account.id });
	if (changed.length === 0) await addPassword(tx, userId, passwordHash);
}

/** The first one of an account. */
export async function addPassword(
	tx: Transaction,
	userId: string,
	passwordHash: string
): Promise<void> {
	await tx.insert(account).values({
		id: uuidv7(),
		accountId: userId,
		providerId: 'credential',
		userId,
		password: passwordHash
	});
}
