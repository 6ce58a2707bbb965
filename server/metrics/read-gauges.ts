/**
 * What the tables say at this moment.
 *
 * @module
 */
import { count, desc, gte, sql } from 'drizzle-orm';
import { licenses } from '#server/db/schema/ledger.ts';
import { waitingRequests } from '#server/db/schema/requests.ts';
import { mails } from '#server/db/schema/mail.ts';
import type { Database } from '#server/db/database.ts';

export type Gauges = {
	/** The fullest licenses first. */
	tight: { number: string; ratio: number }[];
	waiting: number;
	mail: Record<'waiting' | 'sent' | 'failed', number>;
};

/** Only licenses that are nearly full are told one by one: there may be a million. */
const THRESHOLD = 0.8;
const MOST = 100;

export async function readGauges(db: Database): Promise<Gauges> {
	const used = sql<number>`(${licenses.active} + ${licenses.reserved} + ${licenses.cooling})::float8
		/ greatest(${licenses.seats}, 1)`;
	const [tight, waiting, letters] = await Promise.all([
		db
			.select({ number: licenses.number, ratio: used })
			.from(licenses)
			.where(gte(used, THRESHOLD))
			.orderBy(desc(used), licenses.number)
			.limit(MOST),
		db.$count(waitingRequests),
		db.select({ state: mails.state, letters: count() }).from(mails).groupBy(mails.state)
	]);
	const mail = { waiting: 0, sent: 0, failed: 0 };
	for (const { state, letters: number } of letters) mail[state] = number;
	return { tight, waiting, mail };
}
