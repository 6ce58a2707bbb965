/**
 * Results are kept for 400 days. [SY2]
 *
 * @module
 */
import { and, eq, sql } from 'drizzle-orm';
import { refuse } from '#lib/domain/refusal.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import { commandResults } from '#server/db/schema/outboxes.ts';
import { updateOf } from '#server/db/rows.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

const KEPT_SECONDS = 400 * DAY_SECONDS;
const BATCH = 10_000;

/**
 * Drops older answers. What stays of a command is its claim, and that it was settled, so that it is never
 * executed again and a copied outbox is still found out: it answers `ALREADY_DONE`. A watermark per
 * outbox would be smaller and wrong, because a command that no hub understood yet leaves a hole.
 *
 * @returns How many were dropped.
 */
export async function expireResults(hub: Hub): Promise<number> {
	const isOld = olderThan(hub.freeingTime() - KEPT_SECONDS);
	const { customerId } = commandResults;
	const concerned = await hub.db.selectDistinct({ customerId }).from(commandResults).where(isOld);
	let dropped = 0;
	for (const { customerId } of concerned)
		for (;;) {
			const some = await expireSome(hub, customerId, isOld);
			dropped += some;
			if (some < BATCH) break;
		}
	return dropped;
}

function olderThan(before: Seconds) {
	return sql`settled_at < ${before} and passed is null
		and refusal->>'refused' is distinct from 'ALREADY_DONE'`;
}

function expireSome({ db }: Hub, owner: string, isOld: ReturnType<typeof olderThan>) {
	return writing(db, owner, async ({ tx }) => {
		const { customerId, id } = commandResults;
		const old = await tx
			.select({ id })
			.from(commandResults)
			.where(and(eq(customerId, owner), isOld))
			.limit(BATCH);
		const nothing = { kid: null, token: null, request: null };
		const rows = old.map(({ id }) => ({ id, ...nothing, refusal: refuse('ALREADY_DONE', { id }) }));
		const set = ['kid', 'token', 'request', 'refusal'] as const;
		// A cluster lets no update make JSON of what is in the row.
		for (const update of updateOf(commandResults, rows, { customerId: owner, set }))
			await tx.execute(update);
		return rows.length;
	});
}
