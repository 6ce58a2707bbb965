/**
 * Pull: what changed for each customer since the cursor. [SY4]
 *
 * A page ends between two revisions, so that a desk never sees half of a transaction. Only a
 * transaction that alone is very large (an import, keys made anew) comes in several: until the
 * last of them has come, the desk says that it is still reading.
 *
 * @module
 */
import { asc, count as countOf, eq, inArray, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Cursor, PullPage, Within } from '#lib/protocol/pull.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { keptCustomers } from '#server/db/schema/people.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import {
	inSlice,
	mirroredTables,
	type Customer,
	type MirroredTable,
	type Reader
} from './pull-rows.ts';

const PAGE_ROWS = 1000;

/** A revision with more rows than this comes in parts. A push of 500 commands stays whole. */
const LARGE_REVISION_ROWS = 5000;

/**
 * @param count - Whether to say how much comes after this page.
 * @param keysApart - Whether keys are to come beside their rows.
 */
export async function pull(
	hub: Hub,
	cursor: Cursor | undefined,
	asker: Asker,
	{ count = false, keysApart = false }: { count?: boolean; keysApart?: boolean } = {}
): Promise<PullPage> {
	// Another hub answered, or this one was restored: nothing that it said before counts.
	const own = cursor?.hubEpoch === hub.epoch ? cursor : undefined;
	const within = own?.within ?? {};
	const visible = await visibleCustomers(hub, asker);
	const keyless = visible
		.map(({ customerId }) => customerId)
		.filter((id) => !may(asker, 'license.keys', id));
	const known = knownTo(own, visible, keyless);
	const visibleIds = new Set(visible.map(({ customerId }) => customerId));
	const page: PullPage = {
		cursor: { hubEpoch: hub.epoch, customers: {}, ...(keyless.length > 0 && { keyless }) },
		reset: visible.flatMap(({ customerId }) => (customerId in known ? [] : [customerId])),
		gone: Object.keys(cursor?.customers ?? {}).filter((id) => !visibleIds.has(id)),
		licenses: [],
		...(keysApart && { keys: { before: {}, own: {} } }),
		activations: [],
		answers: [],
		receipts: [],
		allotments: [],
		more: false
	};
	for (const customer of visible) {
		const { customerId, revision, resetRevision } = customer;
		if (resetRevision > 0)
			page.cursor.resets = { ...page.cursor.resets, [customerId]: resetRevision };
		const from = known[customerId] ?? -1;
		// What is read again from the beginning has not come in part.
		const begun = customerId in known ? within[customerId] : undefined;
		page.cursor.customers[customerId] = from;
		const room = PAGE_ROWS - rowsOf(page);
		if (from >= revision || room <= 0) {
			page.more ||= from < revision;
			if (begun) page.cursor.within = { ...page.cursor.within, [customerId]: begun };
			continue;
		}
		const reader = { hub, page, asker, customer };
		const { to, large, changed } = begun
			? { to: from, large: begun, changed: [] }
			: await lastRevision(hub, customer, { from, room });
		// A large revision begins on a page of its own.
		if (large && (begun || room === PAGE_ROWS)) await addPart(reader, large);
		else if (to > from) {
			for (const source of changed) await source.read(reader, { customerId, from, to });
			page.cursor.customers[customerId] = to;
		}
		page.more ||= page.cursor.customers[customerId] < revision;
	}
	if (count && page.more) page.left = await countRows(hub, page.cursor);
	return page;
}

/**
 * Customers whose mirror goes on: not those that have lost rows since, which have no revision, and
 * not those whose keys the reader may see now and might not before, or the other way round.
 */
function knownTo(
	own: Cursor | undefined,
	visible: readonly Customer[],
	keyless: readonly string[]
): Record<string, number> {
	const { customers: known = {}, resets = {}, keyless: before = [] } = own ?? {};
	const whole = visible.filter(
		({ customerId, resetRevision }) =>
			customerId in known &&
			resetRevision === (resets[customerId] ?? 0) &&
			before.includes(customerId) === keyless.includes(customerId)
	);
	return Object.fromEntries(whole.map(({ customerId }) => [customerId, known[customerId]!]));
}

/** Their own; the vendor's people mirror what they keep on their desks. */
async function visibleCustomers(hub: Hub, asker: Asker): Promise<Customer[]> {
	const own = asker.vendor
		? hub.db
				.select({ id: keptCustomers.customerId })
				.from(keptCustomers)
				.where(eq(keptCustomers.userId, asker.userId))
		: [...asker.roles.keys()];
	if (Array.isArray(own) && own.length === 0) return [];
	return hub.db
		.select()
		.from(customers)
		.where(inArray(customers.customerId, own))
		.orderBy(asc(customers.customerId));
}

/**
 * The last revision that still fits, and what changed until then; else the next one: whole, or in
 * parts where it is very large.
 * Rows that move on to a later revision meanwhile come with that one.
 */
async function lastRevision(
	hub: Hub,
	{ customerId, revision }: Customer,
	{ from, room }: { from: number; room: number }
): Promise<{ to: number; changed: readonly MirroredTable[]; large?: Within }> {
	const next = ({ table }: MirroredTable, at: number) =>
		hub.db
			.select({ revision: table.revision, source: sql<number>`${at}::int`.as('source') })
			.from(table)
			.where(inSlice(table, { customerId, from, to: revision }))
			.orderBy(asc(table.revision))
			.limit(room + 1);
	const [first, second, ...others] = mirroredTables.map(next);
	const nextRows = unionAll(first!, second!, ...others).as('next');
	const found = await hub.db
		.select({ revision: nextRows.revision, source: nextRows.source, rows: countOf() })
		.from(nextRows)
		.groupBy(nextRows.revision, nextRows.source)
		.orderBy(asc(nextRows.revision));
	const until = (to: number) => {
		const named = new Set(found.filter((row) => row.revision <= to).map(({ source }) => source));
		return { to, changed: mirroredTables.filter((_, at) => named.has(at)) };
	};
	let rows = 0;
	const beyond = found.find((some) => (rows += some.rows) > room)?.revision;
	if (beyond === undefined) return until(revision);
	const earliest = found[0]?.revision ?? beyond;
	if (beyond > earliest) return until(beyond - 1);
	const rest = { hubEpoch: hub.epoch, customers: { [customerId]: earliest - 1 } };
	const isLarge = (await countRows(hub, rest, earliest)) > LARGE_REVISION_ROWS;
	if (!isLarge) return until(earliest);
	return { to: from, changed: [], large: { revision: earliest, table: 0, after: '' } };
}

/** As many rows of one large revision as a page has room for, and where to go on. */
async function addPart(
	reader: Reader,
	{ revision, table: begun, after: begin }: Within
): Promise<void> {
	const { page, customer } = reader;
	const { customerId } = customer;
	for (const [table, source] of mirroredTables.entries()) {
		if (table < begun) continue;
		const after = table === begun ? begin : '';
		const limit = PAGE_ROWS - rowsOf(page);
		const slice = { customerId, from: revision - 1, to: revision, after, limit };
		const keys = limit > 0 ? await source.read(reader, slice) : [];
		if (keys.length < limit) continue;
		const within = { revision, table, after: keys.at(-1) ?? after };
		page.cursor.within = { ...page.cursor.within, [customerId]: within };
		return;
	}
	page.cursor.customers[customerId] = revision;
}

/** Rows beyond a cursor. Of a revision that was told in part, the whole counts. */
async function countRows(
	hub: Hub,
	{ customers: known }: Cursor,
	to = Number.MAX_SAFE_INTEGER
): Promise<number> {
	const cursors = sql`unnest(
		${sql.param(Object.keys(known))}::text[],
		${sql.param(Object.values(known))}::bigint[]
	) as known (customer_id, revision)`;
	const counts = mirroredTables.map(
		({ table }) => sql`(select count(*) from ${cursors} join ${table}
			on ${table.customerId} = known.customer_id and ${table.revision} > known.revision
			and ${table.revision} <= ${to})`
	);
	const found = await hub.db.execute(sql`select ${sql.join(counts, sql` + `)} as n`);
	const [row] = (found as { rows: { n: string }[] }).rows;
	return Number(row?.n ?? 0);
}

function rowsOf({ licenses, activations, answers, receipts, allotments }: PullPage): number {
	return [licenses, activations, answers, receipts, allotments].reduce(
		(sum, rows) => sum + rows.length,
		0
	);
}
