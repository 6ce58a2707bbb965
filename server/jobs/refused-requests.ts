/**
 * Requests of a customer that have no seat because none was free, by license. [P12]
 *
 * @module
 */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/license.ts';
import { REFUSAL_NEWS_SECONDS } from '#lib/domain/reminder.ts';
import type { Database } from '#server/db/database.ts';
import { requests } from '#server/db/schema/requests.ts';

/** @returns When each was refused, of those that are still news. Those that wait for a seat are among them. */
export async function refusalsOf(
	db: Database,
	customerId: string,
	now: Seconds
): Promise<Map<string, Seconds[]>> {
	const rows = await db
		.select({ licenseId: requests.licenseId, at: requests.decidedAt })
		.from(requests)
		.where(
			and(
				eq(requests.customerId, customerId),
				gt(requests.decidedAt, now - REFUSAL_NEWS_SECONDS),
				// As its index has it.
				sql`${requests.state} <> 'granted'`,
				sql`${requests.refusal}->>'refused' = 'SEAT_LIMIT_REACHED'`
			)
		)
		.orderBy(asc(requests.decidedAt));
	const found = new Map<string, Seconds[]>();
	for (const { licenseId, at } of rows) {
		const its = found.get(licenseId);
		if (its) its.push(at);
		else found.set(licenseId, [at]);
	}
	return found;
}
