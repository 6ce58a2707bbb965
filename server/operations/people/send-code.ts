/**
 * Mailing a code to an address, to sign in there, to make an account or to set a password anew. [PE3]
 *
 * @module
 */
import { and, eq, gt, lt } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { purchases } from '#server/db/schema/orders.ts';
import { emailCodes, invitation, user } from '#server/db/schema/people.ts';
import type { Transaction } from '#server/db/database.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';
import { putMail, takeMailBack } from '#server/mail/outbox.ts';
import { CODE_MINUTES, codeHashOf, newCodeFlow } from './code-flows.ts';

export type SentCode = {
	/** To be brought back together with the code. */
	flow: string;
	until: Seconds;
};

/**
 * What it answers, and what it does until then, is the same whether or not the address is known: mail
 * that nobody is to get is written as well, and taken back.
 *
 * @param email - In lower case, as accounts have it.
 * @param openSignUp - Anybody may make an account.
 */
export async function sendCode(
	hub: Hub,
	{ email, language, openSignUp }: { email: string; language: Language; openSignUp: boolean }
): Promise<SentCode> {
	const { flow, code } = newCodeFlow();
	const now = hub.now();
	const until = now + CODE_MINUTES * 60;
	await hub.db.transaction(async (tx) => {
		await tx.delete(emailCodes).where(lt(emailCodes.expiresAt, now));
		const codeHash = codeHashOf(flow, code);
		await tx.insert(emailCodes).values({ id: sha256(flow), email, codeHash, expiresAt: until });
		const id = uuidv7();
		const facts = { code, minutes: CODE_MINUTES };
		await putMail(hub, tx, { id, to: email, kind: 'code', facts, language });
		const isAwaited = (await mayEnter(tx, email, now)) || openSignUp;
		await takeMailBack(tx, [isAwaited ? uuidv7() : id]);
	});
	hub.sendMail?.();
	return { flow, until };
}

/** Whether somebody has an account at this address, is invited at it, or has bought with it. */
export async function mayEnter(tx: Transaction, email: string, now: Seconds): Promise<boolean> {
	const known = await tx.select({ id: user.id }).from(user).where(eq(user.email, email));
	const open = and(
		eq(invitation.email, email),
		eq(invitation.status, 'open'),
		gt(invitation.expiresAt, new Date(now * 1000))
	);
	const invited = await tx.select({ id: invitation.id }).from(invitation).where(open).limit(1);
	const own = eq(purchases.address, email);
	const bought = await tx.select({ id: purchases.id }).from(purchases).where(own).limit(1);
	return known.length + invited.length + bought.length > 0;
}
