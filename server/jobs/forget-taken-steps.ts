/**
 * Marks of steps that were taken are kept for 400 days. [DB1]
 *
 * @module
 */
import { and, eq, lt } from 'drizzle-orm';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { among } from '#server/db/among.ts';
import { takenSteps } from '#server/db/schema/steps.ts';
import { stepsLeft } from '#server/db/steps.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

const KEPT_SECONDS = 400 * DAY_SECONDS;

/**
 * A mark goes once its step is left nowhere, for then it never is again. By then nobody is about to take it
 * either, unless it was read 400 days ago.
 *
 * @returns How many went.
 */
export async function forgetTakenSteps(hub: Hub): Promise<number> {
	const { customerId, id } = takenSteps;
	const isOld = lt(takenSteps.takenAt, hub.freeingTime() - KEPT_SECONDS);
	const marks = await hub.db.select({ customerId, id }).from(takenSteps).where(isOld);
	if (marks.length === 0) return 0;
	// Asked after the marks: of those, what is not left now was deleted before.
	const left = new Set((await stepsLeft(hub.db)).map((step) => step.id));
	const over = Map.groupBy(
		marks.filter((mark) => !left.has(mark.id)),
		(mark) => mark.customerId
	);
	let gone = 0;
	for (const [owner, own] of over) {
		const ids = own.map((mark) => mark.id);
		// Once more the old ones: somebody may have found one of them meanwhile.
		const dropped = await writing(hub.db, owner, ({ tx }) =>
			tx
				.delete(takenSteps)
				.where(and(eq(customerId, owner), among(id, ids), isOld))
				.returning({ id })
		);
		gone += dropped.length;
	}
	return gone;
}
