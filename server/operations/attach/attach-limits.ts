/**
 * How often something was tried, counted in the database. What a stranger does keeps no owner out: whoever
 * has the address of an order signs in with it (P1), and that is not counted here. [AT1]
 *
 * @module
 */
import { eq, lt, sql } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import { attachLimits } from '#server/db/schema/attach.ts';
import type { Transaction } from '#server/db/database.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';

const HOUR = 3600;

/** In an hour. Of what is silent, whoever asks is told beforehand that there is a limit. */
const limits = {
	/** License numbers and purchase IDs that an account asks for. */
	asked: 200,
	/** Codes that an account enters, right ones aside. */
	guesses: 20,
	/** Codes that all accounts enter in vain for one number or purchase ID, known or not. */
	'guesses of thing': 30,
	/** Codes that an account has mailed, to all addresses. Silent. */
	mailed: 20,
	/** Codes that an address gets, because of all accounts and because of one. Silent. */
	'mails to': 10,
	'mails to by': 3
} as const;

export type AttachLimit = keyof typeof limits;

/**
 * Counts before it is known what comes of it: of many at once none slips past.
 *
 * @param of - Whose account, which address or thing.
 * @returns How long to wait where that was too often; `undefined` where it was not.
 */
export async function takeOf(
	hub: Hub,
	tx: Transaction,
	{ limit, of, points = 1 }: { limit: AttachLimit; of: string; points?: number }
): Promise<Seconds | undefined> {
	const now = hub.now();
	const { count, until } = attachLimits;
	const [row] = await tx
		.insert(attachLimits)
		.values({ key: keyOf(limit, of), count: points, until: now + HOUR })
		.onConflictDoUpdate({
			target: attachLimits.key,
			set: {
				count: sql`case when ${until} <= ${now} then excluded.count else ${count} + excluded.count end`,
				until: sql`case when ${until} <= ${now} then excluded.until else ${until} end`
			}
		})
		.returning();
	if (!row) throw new Error('a limit that was counted is not there');
	return row.count > limits[limit] ? Math.max(1, row.until - now) : undefined;
}

/** It was no guess after all. */
export async function giveBackTo(tx: Transaction, limit: AttachLimit, of: string): Promise<void> {
	const count = sql`greatest(0, ${attachLimits.count} - 1)`;
	await tx
		.update(attachLimits)
		.set({ count })
		.where(eq(attachLimits.key, keyOf(limit, of)));
}

export async function forgetLimits(hub: Hub): Promise<void> {
	await hub.db.delete(attachLimits).where(lt(attachLimits.until, hub.now()));
}

function keyOf(limit: AttachLimit, of: string): string {
	return sha256(`${limit} ${of}`);
}
