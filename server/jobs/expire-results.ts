/**
 * Results are kept for 400 days. [SY2]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import type { Hub } from '#server/hub/hub.ts';

const KEPT_SECONDS = 400 * DAY_SECONDS;
const BATCH = 10_000;

/**
 * Drops older answers. What stays of a command is its place, id and hash, so that it is never
 * executed again and a copied outbox is still found out: it answers `ALREADY_DONE`. A watermark per
 * outbox would be smaller and wrong, because a command that no hub understood yet leaves a hole.
 *
 * @returns How many were dropped.
 */
export async function expireResults(hub: Hub): Promise<number> {
	const before = hub.freeingTime() - KEPT_SECONDS;
	let dropped = 0;
	for (;;) {
		const done: unknown = await hub.db.execute(sql`
			update command set kid = null, token = null, request = null, refusal = jsonb_build_object(
				'refused', 'ALREADY_DONE', 'facts', jsonb_build_object('id', id)
			)
			where (outbox, n) in (
				select outbox, n from command
				where settled_at < ${before} and refusal->>'refused' is distinct from 'ALREADY_DONE'
				limit ${BATCH}
			) returning n`);
		// Sound: both drivers answer with the rows returned.
		const { rows } = done as { rows: unknown[] };
		dropped += rows.length;
		if (rows.length < BATCH) return dropped;
	}
}
