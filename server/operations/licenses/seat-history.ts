/**
 * How many seats were in use over a year, from the audit, which no entry ever leaves. [DK5, AU1]
 *
 * What was counted of a customer is kept while the hub runs, so that the next question reads what has
 * come since and nothing else.
 *
 * @module
 */
import { and, eq, gt, inArray, lte, sql, type SQL } from 'drizzle-orm';
import { monthOf } from '#lib/domain/calendar.ts';
import type { AuditAction } from '#lib/domain/audit/audit.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import type { SeatHistory } from '#lib/protocol/seat-history.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { audit } from '#server/db/schema/hub.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';

/** The present month and those before it. */
const MONTHS = 12;

/**
 * Entries that one statement reads, in some 50 ms of the embedded database: other work comes in between.
 * Of 300,000 activations that were all given back the first question takes 3 s, the next one 2 ms.
 */
const ENTRIES = 10_000;

/** Of one customer. It is replaced and never changed: two questions at once count the same. */
type Counted = {
	/** As far as its audit has been read. */
	n: number;
	since?: Seconds;
	/** By month: how many more seats were in use at its end than at its beginning. */
	more: ReadonlyMap<number, number>;
};

const none: Counted = { n: 0, more: new Map() };

const counted = new WeakMap<Hub, Map<string, Counted>>();

/** Members of every one of the customers and staff may ask. [RE2] */
export async function seatHistory(
	hub: Hub,
	customerIds: readonly string[],
	asker: Asker
): Promise<SeatHistory | Refusal<'NOT_FOUND'>> {
	const hidden = customerIds.find((id) => !may(asker, 'customer.read', id));
	const heads = await hub.db
		.select({ customerId: customers.customerId, n: customers.auditN })
		.from(customers)
		.where(inArray(customers.customerId, [...customerIds]));
	const missing = customerIds.find((id) => !heads.some(({ customerId }) => customerId === id));
	const unknown = hidden ?? missing;
	if (unknown !== undefined) return refuse('NOT_FOUND', { what: `customer ${unknown}` });
	const known = counted.get(hub) ?? new Map<string, Counted>();
	counted.set(hub, known);
	for (const { customerId, n } of heads)
		known.set(customerId, await countOn(hub, customerId, { known: known.get(customerId), n }));
	return historyOf(
		heads.map(({ customerId }) => known.get(customerId)!),
		hub.now()
	);
}

/** Reads the audit on, up to the entry `n`. */
async function countOn(
	{ db }: Hub,
	customerId: string,
	{ known = none, n }: { known?: Counted; n: number }
): Promise<Counted> {
	// Another database than the one that was read: a restored one, or a test's.
	let last: Counted = known.n > n ? none : known;
	while (last.n < n) {
		const to = Math.min(n, last.n + ENTRIES);
		const rows = await db
			.select({
				day: sql<number>`(${audit.at} / ${DAY_SECONDS})::int`,
				first: sql<number>`min(${audit.at})::float8`,
				more: sql<number>`sum(${moreSeats})::int`
			})
			.from(audit)
			.where(and(eq(audit.customerId, customerId), gt(audit.n, last.n), lte(audit.n, to)))
			.groupBy(sql`1`);
		const more = new Map(last.more);
		for (const row of rows) {
			const month = monthOf(row.day * DAY_SECONDS);
			more.set(month, (more.get(month) ?? 0) + row.more);
		}
		last = { n: to, since: last.since ?? Math.min(...rows.map(({ first }) => first)), more };
	}
	return last;
}

function historyOf(all: readonly Counted[], now: Seconds): SeatHistory {
	const since = Math.min(now, ...all.map(({ since: begin = now }) => begin));
	const present = monthOf(now);
	const first = Math.max(monthOf(since), present - MONTHS + 1);
	const moreIn = (isMeant: (month: number) => boolean) =>
		all
			.flatMap(({ more }) => [...more])
			.reduce((sum, [month, more]) => sum + (isMeant(month) ? more : 0), 0);
	const months: SeatHistory['months'] = [];
	let used = moreIn((month) => month < first);
	for (let month = first; month <= present; month++) {
		used += moreIn((other) => other === month);
		months.push({ month, used });
	}
	return { at: now, since, months };
}

const facts = (name: string) => sql`${audit.facts} ->> ${sql.raw(`'${name}'`)}`;
const says = (name: string) => sql`coalesce(${facts(name)} = 'true', false)`;
const one = (is: SQL, yes: number, no: number) =>
	sql`case when ${is} then ${sql.raw(String(yes))} else ${sql.raw(String(no))} end`;

/** By how many an action raises the seats that are not free: see `src/lib/domain/audit/audit-ledger.ts`. */
const raises: Partial<Record<AuditAction, SQL>> = {
	// A machine that takes its own cooling seat raises nothing. [SE5]
	'activation.granted': one(sql`${facts('cooling')} is null`, 1, 0),
	'activation.adopted': one(sql`${facts('cooling')} is null`, 1, 0),
	// What a restored hub did not know to be in use leaves no seat.
	'activation.returned': sql`${one(says('forgotten'), 0, -1)} + ${one(says('freed'), 0, 1)}`,
	'activation.retired': sql`${one(says('forgotten'), 0, -1)} + ${one(says('freed'), 0, 1)}`,
	'activation.ended': sql`-1`,
	'seat.cooled': sql`-1`,
	'allotment.reserved': sql`(${facts('seats')})::int`,
	'allotment.adopted': sql`(${facts('seats')})::int`,
	'allotment.closed': sql`-(${facts('freed')})::int`,
	'allotment.expired': sql`-(${facts('freed')})::int`,
	'allotment.written-off': sql`-(${facts('freed')})::int`,
	'activation.drawn': sql`case ${facts('seat')} when 'free' then 1 when 'beyond' then 1 when 'released' then -1 else 0 end`
};

const moreSeats = sql`case ${audit.action} ${sql.join(
	Object.entries(raises).map(([action, by]) => sql`when ${sql.raw(`'${action}'`)} then ${by}`),
	sql` `
)} else 0 end`;
