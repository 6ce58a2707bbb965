/**
 * Filling a page of a pull: of each customer as many revisions as there is room for. [SY4]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import type { Cursor, PullPage, Within } from '#lib/protocol/pull.ts';
import type { Hub } from '#server/hub/hub.ts';
import { asTable, isOf, mirroredTables, type Reader, type Slice } from './pull-rows.ts';

/** A revision with more rows than this comes in parts. A push of 500 commands stays whole. */
const LARGE_REVISION_ROWS = 5000;

/** A customer of whom the desk has not seen everything, and how much it has of the next revision. */
export type Behind = { customerId: string; from: number; revision: number; begun?: Within };

/** So many customers are looked at for one page, and twice as many each time that it is not full yet. */
const SOME_CUSTOMERS = 4;

export async function fillPage(reader: Reader, behind: readonly Behind[]): Promise<void> {
	let room = reader.pageRows;
	// On a cluster each is asked where it is. [DB2]
	const most = reader.hub.isSpread ? 1 : Infinity;
	let size = Math.min(SOME_CUSTOMERS, most);
	for (let at = 0; at < behind.length && room > 0; at += size, size = Math.min(2 * size, most)) {
		const some = behind.slice(at, at + size);
		room -= await addCustomers(reader, some, room);
	}
}

/** @returns How many rows came. */
async function addCustomers(
	reader: Reader,
	some: readonly Behind[],
	most: number
): Promise<number> {
	const { hub, page, pageRows } = reader;
	const before = rowsOf(page);
	const counts = await countRevisions(
		hub,
		some.filter(({ begun }) => !begun),
		most
	);
	const slices: Slice[] = [];
	const changed = new Set<number>();
	let room = most;
	for (const customer of some) {
		const { customerId, from } = customer;
		if (room <= 0) break;
		const found = counts.get(customerId) ?? [];
		const { to, large } = customer.begun
			? { to: from, large: customer.begun }
			: await lastRevision(hub, customer, { found, room });
		// A large revision begins on a page of its own.
		if (large && (customer.begun || room === pageRows)) {
			await addPart(reader, customerId, large);
			room = pageRows - rowsOf(page);
			continue;
		}
		if (to === from) continue;
		page.cursor.customers[customerId] = to;
		slices.push({ customerId, from, to });
		for (const { revision: each, source, rows } of found)
			if (each <= to) {
				changed.add(source);
				room -= rows;
			}
	}
	if (slices.length > 0)
		for (const [at, source] of mirroredTables.entries())
			if (changed.has(at)) await source.read(reader, slices);
	return rowsOf(page) - before;
}

/** Rows of one revision in one of the mirrored tables, by its place among them. */
type RevisionRows = { revision: number; source: number; rows: number };

/** What comes next of each customer, revision by revision: of each table no more rows than a page has room for, and one. */
async function countRevisions(
	hub: Hub,
	some: readonly Behind[],
	room: number
): Promise<ReadonlyMap<string, readonly RevisionRows[]>> {
	if (some.length === 0) return new Map();
	const slices = some.map(({ customerId, from, revision: to }) => ({ customerId, from, to }));
	// Counted customer by customer, in the order of an index: all of them at once would be sorted first.
	const next = mirroredTables.map(
		({ table }, at) => sql`(select one.revision, ${at}::int as source, count(*)::int as rows
			from (select ${table.revision} as revision from ${table}
				where ${isOf(table, slices)} and ${table.revision} > slice.begun
				and ${table.revision} <= slice.ended order by ${table.revision} limit ${room + 1}) as one
			group by one.revision)`
	);
	const found = await hub.db.execute(sql`
		select slice.customer_id as "customerId", next.revision::float8 as revision, next.source, next.rows
		from ${asTable(slices)}
		cross join lateral (${sql.join(next, sql` union all `)}) as next
		order by 1, 2`);
	const { rows } = found as { rows: (RevisionRows & { customerId: string })[] };
	return Map.groupBy(rows, ({ customerId }) => customerId);
}

/**
 * The last revision that still fits; else the next one: whole, or in parts where it is very large.
 * Rows that move on to a later revision meanwhile come with that one.
 */
async function lastRevision(
	hub: Hub,
	{ customerId, from, revision }: Behind,
	{ found, room }: { found: readonly RevisionRows[]; room: number }
): Promise<{ to: number; large?: Within }> {
	let rows = 0;
	const beyond = found.find((some) => (rows += some.rows) > room)?.revision;
	if (beyond === undefined) return { to: revision };
	const earliest = found[0]?.revision ?? beyond;
	if (beyond > earliest) return { to: beyond - 1 };
	const rest = { hubEpoch: hub.epoch, customers: { [customerId]: earliest - 1 } };
	const isLarge = (await countRows(hub, rest, earliest)) > LARGE_REVISION_ROWS;
	return isLarge
		? { to: from, large: { revision: earliest, table: 0, after: '' } }
		: { to: earliest };
}

/** As many rows of one large revision as a page has room for, and where to go on. */
async function addPart(
	reader: Reader,
	customerId: string,
	{ revision, table: begun, after: begin }: Within
): Promise<void> {
	const { page, pageRows } = reader;
	const { [customerId]: _, ...others } = page.cursor.within ?? {};
	page.cursor.within = Object.keys(others).length > 0 ? others : undefined;
	for (const [table, source] of mirroredTables.entries()) {
		if (table < begun) continue;
		const after = table === begun ? begin : '';
		const limit = pageRows - rowsOf(page);
		const slice = { customerId, from: revision - 1, to: revision, after, limit };
		const keys = limit > 0 ? await source.read(reader, [slice]) : [];
		if (keys.length < limit) continue;
		const within = { revision, table, after: keys.at(-1) ?? after };
		page.cursor.within = { ...page.cursor.within, [customerId]: within };
		return;
	}
	page.cursor.customers[customerId] = revision;
}

/** Rows beyond a cursor. Of a revision that was told in part, the whole counts. */
export async function countRows(
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
