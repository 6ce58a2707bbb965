/**
 * Results are kept for 400 days. [SY2]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import { commandResults } from '#server/db/schema/outboxes.ts';
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

function expireSome({ db }: Hub, customerId: string, isOld: ReturnType<typeof olderThan>) {
	return writing(db, customerId, async ({ tx }) => {
		const done: unknown = await tx.execute(sql`
			update command_result set kid = null, token = null, request = null, refusal = jsonb_build_object(
				'refused', 'ALREADY_DONE', 'facts', jsonb_build_object('id', id)
			)
			where customer_id = ${customerId} and id in (
				select id from command_result
				where customer_id = ${customerId} and ${isOld} limit ${BATCH}
			) returning id`);
		// Sound: both drivers answer with the rows returned.
		return (done as { rows: unknown[] }).rows.length;
	});
}
