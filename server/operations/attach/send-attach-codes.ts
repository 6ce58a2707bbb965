/**
 * Mailing the codes of what people have asked to attach: one to each address, for all that it is the
 * address of. [AT1]
 *
 * @module
 */
import { randomBytes, randomInt } from 'node:crypto';
import { asc, eq, isNull, lt } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { attachAsks, attachCodes } from '#server/db/schema/attach.ts';
import { user } from '#server/db/schema/people.ts';
import type { Transaction } from '#server/db/database.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';
import { putMail } from '#server/mail/outbox.ts';
import { ATTACH_MINUTES } from './ask-attaching.ts';
import { forgetLimits, takeOf } from './attach-limits.ts';
import { addressesOf, findThings } from './things.ts';

const DIGITS = 8;

type Ask = typeof attachAsks.$inferSelect;

/** Looks at all that was asked since, each in a transaction of its own, and forgets what is over. */
export async function sendAttachCodes(hub: Hub): Promise<void> {
	await forgetLimits(hub);
	await hub.db.delete(attachAsks).where(lt(attachAsks.expiresAt, hub.now()));
	while (await hub.db.transaction((tx) => settleNext(hub, tx))) hub.sendMail?.();
}

export function attachCodeHash(salt: string, code: string): string {
	return sha256(`${salt} ${code}`);
}

/** @returns Whether there was one. */
async function settleNext(hub: Hub, tx: Transaction): Promise<boolean> {
	const [ask] = await tx
		.select()
		.from(attachAsks)
		.where(isNull(attachAsks.settledAt))
		.orderBy(asc(attachAsks.id))
		.limit(1)
		.for('update', { skipLocked: true });
	if (!ask) return false;
	await tx.update(attachAsks).set({ settledAt: hub.now() }).where(eq(attachAsks.id, ask.id));
	const [asker] = await tx
		.select({ name: user.name, email: user.email })
		.from(user)
		.where(eq(user.id, ask.userId));
	if (!asker) throw new Error('an ask goes with its user');
	for (const [email, things] of await byAddress(tx, ask.things)) {
		if (await isTooOften(hub, tx, { email, userId: ask.userId })) continue;
		const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
		await keepCode(hub, tx, { ask, email, code });
		const facts = { code, minutes: ATTACH_MINUTES, asker, things };
		await putMail(hub, tx, { to: email, kind: 'attach', facts, language: ask.language });
	}
	return true;
}

/** In the order of the addresses, which is that of their locks. */
async function byAddress(tx: Transaction, asked: string[]): Promise<[string, string[]][]> {
	const things = new Map<string, string[]>();
	for (const thing of await findThings(tx, asked))
		for (const email of await addressesOf(tx, thing))
			things.set(email, [...(things.get(email) ?? []), thing.typed]);
	return [...things].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Whoever asks is not told: it would tell that the address is one of ours. */
async function isTooOften(
	hub: Hub,
	tx: Transaction,
	{ email, userId }: { email: string; userId: string }
): Promise<boolean> {
	// Strangers who are stopped by their own limit use up nothing of the address's.
	return (
		(await takeOf(hub, tx, { limit: 'mailed', of: userId })) !== undefined ||
		(await takeOf(hub, tx, { limit: 'mails to by', of: `${email} ${userId}` })) !== undefined ||
		(await takeOf(hub, tx, { limit: 'mails to', of: email })) !== undefined
	);
}

async function keepCode(
	hub: Hub,
	tx: Transaction,
	{ ask, email, code }: { ask: Ask; email: string; code: string }
): Promise<void> {
	const id = uuidv7();
	const salt = randomBytes(16).toString('base64url');
	await tx.insert(attachCodes).values({
		id,
		askId: ask.id,
		email,
		salt: hub.seal.seal(salt, `attach code ${id}`),
		codeHash: attachCodeHash(salt, code)
	});
}
