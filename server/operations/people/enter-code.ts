/**
 * Entering a code that was mailed to an address: whoever does has proven it. [PE3, PE4]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { hashNewPassword } from '#server/auth/new-password.ts';
import { emailCodes, user } from '#server/db/schema/people.ts';
import type { Transaction } from '#server/db/database.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';
import { CODE_TRIES, codeHashOf, plainCode } from './code-flows.ts';
import { addProvenUser } from './proven-user.ts';
import { setPassword } from './set-password.ts';

export type EnteredCode = {
	flow: string;
	code: string;
	/** Of somebody who has no account yet. */
	name?: string;
	/** To be set anew. */
	password?: string;
};

export type CodeRefusal = Refusal<
	'CODE_INVALID' | 'NAME_REQUIRED' | 'PASSWORD_SHORT' | 'PASSWORD_COMMON'
>;

/** @returns Whose address it is. A code is good once; what is refused for something else keeps it. */
export async function enterCode(
	hub: Hub,
	{ flow, code, name, password }: EnteredCode
): Promise<{ userId: string } | CodeRefusal> {
	// Nothing slow happens while the code is locked.
	const passwordHash = password === undefined ? undefined : await hashNewPassword(password);
	if (isRefusal(passwordHash)) return passwordHash;
	const id = sha256(flow);
	return hub.db.transaction(async (tx) => {
		const [sent] = await tx.select().from(emailCodes).where(eq(emailCodes.id, id)).for('update');
		const isOver = !sent || sent.expiresAt <= hub.now() || sent.tries >= CODE_TRIES;
		if (isOver) return refuse('CODE_INVALID', { triesLeft: 0 });
		if (sent.codeHash !== codeHashOf(flow, plainCode(code))) {
			const tries = sent.tries + 1;
			await tx.update(emailCodes).set({ tries }).where(eq(emailCodes.id, id));
			return refuse('CODE_INVALID', { triesLeft: CODE_TRIES - tries });
		}
		const { email } = sent;
		const userId = await provenUserOf(tx, { email, name, passwordHash });
		if (isRefusal(userId)) return userId;
		await tx.delete(emailCodes).where(eq(emailCodes.id, id));
		return { userId };
	});
}

async function provenUserOf(
	tx: Transaction,
	{ email, name, passwordHash }: { email: string; name?: string; passwordHash?: string }
): Promise<string | Refusal<'NAME_REQUIRED'>> {
	const [person] = await tx.select().from(user).where(eq(user.email, email)).for('update');
	if (person?.emailVerified) {
		if (passwordHash !== undefined) await setPassword(tx, person.id, passwordHash);
		return person.id;
	}
	if (name === undefined) return refuse('NAME_REQUIRED', {});
	return addProvenUser(tx, { email, name, passwordHash });
}
