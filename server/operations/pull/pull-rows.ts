/**
 * What a pull reads: the tables that desks mirror, each with the order in which its rows come.
 *
 * @module
 */
import { and, asc, eq, getTableColumns, gt, lte, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { PullPage } from '#lib/protocol/pull.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { activationFiles, activations, giveBacks, licenses } from '#server/db/schema/ledger.ts';
import { requests, waitingRequests } from '#server/db/schema/requests.ts';
import { namesOf } from '#server/db/names.ts';
import { readMany } from '#server/db/read-many.ts';
import { activationRow } from '#server/operations/activations/activation-row.ts';
import { allotmentRows, selectAllotments } from '#server/operations/allotments/allotment-rows.ts';
import { findProducts } from '#server/operations/licenses/find-products.ts';
import { authorsOf, licenseRow, shownColumns } from '#server/operations/licenses/license-row.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { answerRow, receiptRow, type AnsweredRequest } from './answer-rows.ts';
import { addKeyTokens } from './key-tokens.ts';
import { findRevocationsOf } from '#server/ledger/revocations.ts';

/** Who reads, the page that is being filled, and what customers are called. */
export type Reader = {
	hub: Hub;
	page: PullPage;
	asker: Asker;
	names: ReadonlyMap<string, string>;
	keysLater: boolean;
	/** So many rows make a page full. */
	pageRows: number;
};

/** Rows of some revisions, `from` excluded; of one that is large, the next rows by key. */
export type Slice = {
	customerId: string;
	from: number;
	to: number;
	after?: string;
	limit?: number;
};

type Mirrored =
	typeof licenses | typeof activations | typeof requests | typeof giveBacks | typeof allotments;

export type MirroredTable = {
	table: Mirrored;
	/** Puts rows into the page. @returns Their keys, in order. */
	read: (reader: Reader, slices: readonly Slice[]) => Promise<string[]>;
};

/** `Within.table` counts them: never change their order, only add at the end. */
export const mirroredTables: readonly MirroredTable[] = [
	{ table: licenses, read: readLicenses },
	{ table: activations, read: readActivations },
	{ table: requests, read: oneByOne(readAnswers) },
	{ table: giveBacks, read: oneByOne(readReceipts) },
	{ table: allotments, read: oneByOne(readAllotments) }
];

/** More than any page: what is not large is read whole. */
const ALL = 1_000_000;

/** The longest column is read where it is told. */
const { sealedKey } = licenses;
const NONE = sql<string>`''`;

async function readLicenses(reader: Reader, slices: readonly Slice[]) {
	const { hub, page, asker, names: customerNames, keysLater } = reader;
	const mayRead = new Set(
		slices.flatMap(({ customerId }) => (may(asker, 'license.keys', customerId) ? customerId : []))
	);
	const keysTold = !keysLater && mayRead.size > 0;
	const columns = { ...shownColumns, sealedKey: keysTold ? sealedKey : NONE };
	const rows = await readMany(hub.db, columns, ofSlices(licenses, slices, licenses.licenseId));
	const names = await namesOf(hub.db, authorsOf(rows));
	const catalog = await findProducts(hub.db, rows);
	for (const row of rows) {
		const withKey = keysTold && mayRead.has(row.customerId);
		const customer = customerNames.get(row.customerId) ?? '';
		const product = catalog.get(row.product);
		const inRow = withKey && !page.keys;
		page.licenses.push(licenseRow(hub, row, { customer, withKey: inRow, product, names }));
		if (withKey && page.keys) addKeyTokens(hub, page.keys, row);
	}
	return rows.map(({ licenseId }) => licenseId);
}

async function readActivations({ hub, page }: Reader, slices: readonly Slice[]) {
	const columns = getTableColumns(activations);
	const rows = await readMany(hub.db, columns, ofSlices(activations, slices, activations.act));
	const names = await namesOf(
		hub.db,
		rows.flatMap(({ texts }) => [texts?.label?.by ?? [], texts?.site?.by ?? []].flat())
	);
	for (const row of rows) page.activations.push(activationRow(row, names));
	return rows.map(({ act }) => act);
}

/** What few customers have is read customer by customer. */
function oneByOne(
	read: (reader: Reader, slice: Slice) => Promise<string[]>
): MirroredTable['read'] {
	return async (reader, slices) => {
		const keys: string[] = [];
		for (const slice of slices) keys.push(...(await read(reader, slice)));
		return keys;
	};
}

async function readAnswers({ hub, page }: Reader, slice: Slice) {
	const rows = await findAnswered(hub, inSlice(requests, slice, requests.request), slice.limit);
	const meant = rows.map(({ request }) => request);
	const riding = await findRevocationsOf(hub, slice.customerId, meant);
	page.answers.push(...rows.map((row) => answerRow(hub, row, riding.get(row.request.licenseId))));
	return meant.map(({ request }) => request);
}

async function readReceipts({ hub, page }: Reader, slice: Slice) {
	const rows = await hub.db
		.select()
		.from(giveBacks)
		.where(inSlice(giveBacks, slice, giveBacks.act))
		.orderBy(asc(giveBacks.act))
		.limit(slice.limit ?? ALL);
	const riding = await findRevocationsOf(hub, slice.customerId, rows);
	page.receipts.push(...rows.flatMap((row) => receiptRow(hub, row, riding.get(row.licenseId))));
	return rows.map(({ act }) => act);
}

async function readAllotments({ hub, page }: Reader, slice: Slice) {
	const found = await selectAllotments(hub.db)
		.where(inSlice(allotments, slice, allotments.allotment))
		.limit(slice.limit ?? ALL);
	page.allotments.push(...(await allotmentRows(hub, slice.customerId, found)));
	return found.map(({ allotment }) => allotment.allotment);
}

/** Requests with the newest file of the activation that they are the newest request of. [O7] */
export function findAnswered(
	hub: Hub,
	which: SQL | undefined,
	limit = ALL
): Promise<AnsweredRequest[]> {
	return hub.db
		.select({
			request: requests,
			newest: { kid: activationFiles.kid, token: activationFiles.token },
			waitingUntil: waitingRequests.until
		})
		.from(requests)
		.leftJoin(
			activations,
			and(
				eq(activations.customerId, requests.customerId),
				eq(activations.act, requests.act),
				eq(activations.request, requests.request)
			)
		)
		.leftJoin(
			activationFiles,
			and(
				eq(activationFiles.customerId, activations.customerId),
				eq(activationFiles.act, activations.act),
				eq(activationFiles.gen, activations.gen)
			)
		)
		.leftJoin(
			waitingRequests,
			and(
				eq(waitingRequests.customerId, requests.customerId),
				eq(waitingRequests.request, requests.request)
			)
		)
		.where(which)
		.orderBy(asc(requests.request))
		.limit(limit);
}

/** @param key - Where the slice goes on after a key. */
export function inSlice(
	table: Mirrored,
	{ customerId, from, to, after }: Slice,
	key?: PgColumn
): SQL | undefined {
	return and(
		eq(table.customerId, customerId),
		gt(table.revision, from),
		lte(table.revision, to),
		key && after !== undefined ? gt(key, after) : undefined
	);
}

/** Slices of several customers, each with rows of its own, as what is joined with a table. */
export function asTable(slices: readonly Slice[]): SQL {
	const column = (of: (slice: Slice) => string | number) => sql.param(slices.map(of));
	return sql`unnest(
		${column(({ customerId }) => customerId)}::text[],
		${column(({ from }) => from)}::bigint[],
		${column(({ to }) => to)}::bigint[],
		${column(({ after = '' }) => after)}::text[]
	) as slice (customer_id, begun, ended, after)`;
}

/** A row is of the customer of its slice: of one that is alone, by name. [DB1] */
export function isOf({ customerId }: Mirrored, [only, ...others]: readonly Slice[]): SQL {
	const isAlone = only !== undefined && others.length === 0;
	return isAlone ? eq(customerId, only.customerId) : sql`${customerId} = slice.customer_id`;
}

/** Rows of all slices, in the order of their keys. */
function ofSlices(table: Mirrored, slices: readonly Slice[], key: PgColumn): SQL {
	return sql`from ${table} inner join ${asTable(slices)}
		on ${isOf(table, slices)} and ${table.revision} > slice.begun
			and ${table.revision} <= slice.ended and ${key} > slice.after
		order by ${table.customerId}, ${key} limit ${slices[0]?.limit ?? ALL}`;
}
