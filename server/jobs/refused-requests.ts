/**
 * Requests of a customer that have no seat because none was free, and offline seats that a desk was refused for
 * it, by license. [P12]
 *
 * @module
 */
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import { REFUSAL_NEWS_SECONDS } from '#lib/domain/licenses/reminder.ts';
import type { Database } from '#server/db/database.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { commandResults } from '#server/db/schema/outboxes.ts';
import { requests } from '#server/db/schema/requests.ts';

/** @returns When each was refused, of those that are still news. Those that wait for a seat are among them. */
export async function refusalsOf(
	db: Database,
	customerId: string,
	now: Seconds
): Promise<Map<string, Seconds[]>> {
	const requested = await db
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
		);
	// Of a desk that asked for offline seats there is the command alone.
	const reserved = await db
		.select({ licenseId: licenses.licenseId, at: commandResults.settledAt })
		.from(commandResults)
		.innerJoin(
			licenses,
			and(
				eq(licenses.customerId, commandResults.customerId),
				eq(licenses.number, sql`${commandResults.refusal}->'facts'->>'number'`)
			)
		)
		.where(
			and(
				eq(commandResults.customerId, customerId),
				gt(commandResults.settledAt, now - REFUSAL_NEWS_SECONDS),
				// As its index has it.
				isNull(commandResults.request),
				sql`${commandResults.refusal}->>'refused' = 'SEAT_LIMIT_REACHED'`
			)
		);
	const found = new Map<string, Seconds[]>();
	for (const { licenseId, at } of [...requested, ...reserved]) {
		const its = found.get(licenseId);
		if (its) its.push(at);
		else found.set(licenseId, [at]);
	}
	return found;
}
