/**
 * Entering codes that were mailed because of what somebody asked to attach. They open for that person
 * alone, each once. [AT1]
 *
 * @module
 */
import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { among } from '#server/db/among.ts';
import { attachAsks, attachCodes } from '#server/db/schema/attach.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { CODE_TRIES, plainCode } from '#server/operations/people/code-flows.ts';
import { giveBackTo, takeOf } from './attach-limits.ts';
import { finishAttaching, thingsOfAddress, type AttachedCustomer } from './finish-attaching.ts';
import { attachCodeHash } from './send-attach-codes.ts';

type NotEntered = Refusal<'CODE_INVALID' | 'RATE_LIMITED'>;

export type EnteredAttachCodes = {
	/** Each once. */
	customers: AttachedCustomer[];
	/** Why the others were not taken, as the last of them was told. */
	refused?: NotEntered;
};

/** @returns A refusal where no code was right. */
export async function enterAttachCodes(
	hub: Hub,
	codes: readonly string[],
	asker: Asker
): Promise<EnteredAttachCodes | NotEntered> {
	const attached = new Map<string, AttachedCustomer>();
	let refused: NotEntered | undefined;
	for (const code of new Set(codes.map(plainCode))) {
		const proven = await hub.db.transaction((tx) => judgeCode(hub, tx, { code, asker }));
		if (isRefusal(proven)) refused = proven;
		else
			for (const each of await finishAttaching(hub, proven.codeId)) {
				const { isNew = each.isNew } = attached.get(each.id) ?? {};
				attached.set(each.id, { ...each, isNew });
			}
	}
	if (attached.size > 0) return { customers: [...attached.values()], refused };
	return refused ?? refuse('CODE_INVALID', { triesLeft: 0 });
}

type Ask = typeof attachAsks.$inferSelect;

/** Whatever is not taken in time answers the same, right or wrong, and costs the same. */
async function judgeCode(
	hub: Hub,
	tx: Transaction,
	{ code, asker: { userId } }: { code: string; asker: Asker }
): Promise<{ codeId: string } | NotEntered> {
	const asks = await openAsks(hub, tx, userId);
	if (asks.length === 0) return refuse('CODE_INVALID', { triesLeft: 0 });
	const wait = await takeOf(hub, tx, { limit: 'guesses', of: userId });
	if (wait !== undefined) return refuse('RATE_LIMITED', { retryAfterSeconds: wait });
	// Of what nobody knows as well: it is told apart by nothing.
	const things = [...new Set(asks.flatMap((ask) => ask.things))].sort();
	const limited = new Map<string, number>();
	for (const of of things) {
		const over = await takeOf(hub, tx, { limit: 'guesses of thing', of });
		if (over !== undefined) limited.set(of, over);
	}
	const later = refuse('RATE_LIMITED', { retryAfterSeconds: Math.max(0, ...limited.values()) });
	if (limited.size === things.length) {
		await giveBackTo(tx, 'guesses', userId);
		return later;
	}
	const codeId = await rightCode(hub, tx, { code, asks, isLimited: (each) => limited.has(each) });
	if (codeId !== undefined) {
		await tx.update(attachCodes).set({ provenAt: hub.now() }).where(eq(attachCodes.id, codeId));
		await giveBackTo(tx, 'guesses', userId);
		for (const of of things) await giveBackTo(tx, 'guesses of thing', of);
		return { codeId };
	}
	for (const { id, tries } of asks)
		await tx
			.update(attachAsks)
			.set({ tries: tries + 1 })
			.where(eq(attachAsks.id, id));
	const fewest = Math.min(...asks.map(({ tries }) => tries));
	return limited.size > 0 ? later : refuse('CODE_INVALID', { triesLeft: CODE_TRIES - fewest - 1 });
}

/** Locked, so that guesses of one person are counted one after the other. */
function openAsks(hub: Hub, tx: Transaction, userId: string): Promise<Ask[]> {
	const isOpen = and(gt(attachAsks.expiresAt, hub.now()), lt(attachAsks.tries, CODE_TRIES));
	return tx
		.select()
		.from(attachAsks)
		.where(and(eq(attachAsks.userId, userId), isOpen))
		.orderBy(asc(attachAsks.id))
		.for('update');
}

/** One whose address is still that of something that was asked for, none of it tried too often. */
async function rightCode(
	hub: Hub,
	tx: Transaction,
	{ code, asks, isLimited }: { code: string; asks: Ask[]; isLimited: (thing: string) => boolean }
): Promise<string | undefined> {
	const ids = asks.map(({ id }) => id);
	const codes = await tx
		.select()
		.from(attachCodes)
		.where(and(among(attachCodes.askId, ids), isNull(attachCodes.doneAt)));
	const right = codes.find(
		({ id, salt, codeHash }) =>
			attachCodeHash(hub.seal.open(salt, `attach code ${id}`), code) === codeHash
	);
	if (!right) return undefined;
	const { things = [] } = asks.find(({ id }) => id === right.askId) ?? {};
	const proven = await thingsOfAddress(tx, things, right.email);
	const isFree = proven.length > 0 && !proven.some(({ typed }) => isLimited(typed));
	return isFree ? right.id : undefined;
}
