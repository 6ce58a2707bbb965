/**
 * Pull: what changed for each customer since the cursor. [SY4]
 *
 * A page ends between two revisions and never inside one, so that a desk never sees half of a
 * transaction.
 *
 * @module
 */
import { and, asc, eq, gt, inArray, lte, type SQL } from 'drizzle-orm';
import { unionAll, type PgColumn } from 'drizzle-orm/pg-core';
import type { Cursor, PullPage } from '#lib/domain/sync.ts';
import {
	activationFiles,
	activations,
	customers,
	giveBacks,
	licenses,
	requests
} from '#server/db/schema.ts';
import { maySeeKeys, type Asker, type Hub } from './hub.ts';
import {
	activationRow,
	answerRow,
	licenseRow,
	receiptRow,
	type AnsweredRequest
} from './mirror-rows.ts';
import { findRevocationsOf } from './revocations.ts';

const PAGE_ROWS = 1000;

type Customer = typeof customers.$inferSelect;

export async function pull(hub: Hub, cursor: Cursor | undefined, asker: Asker): Promise<PullPage> {
	// Another hub answered, or this one was restored: nothing that it said before counts.
	const known = cursor?.hubEpoch === hub.epoch ? cursor.customers : {};
	const visible = await visibleCustomers(hub, asker);
	const visibleIds = new Set(visible.map(({ customerId }) => customerId));
	const page: PullPage = {
		cursor: { hubEpoch: hub.epoch, customers: {} },
		reset: visible.flatMap(({ customerId }) => (customerId in known ? [] : [customerId])),
		gone: Object.keys(cursor?.customers ?? {}).filter((id) => !visibleIds.has(id)),
		licenses: [],
		activations: [],
		answers: [],
		receipts: [],
		allotments: [],
		more: false
	};
	for (const customer of visible) {
		const from = known[customer.customerId] ?? -1;
		const room = PAGE_ROWS - rowsOf(page);
		if (from >= customer.revision || room <= 0) {
			page.cursor.customers[customer.customerId] = from;
			page.more ||= from < customer.revision;
			continue;
		}
		const to = await lastRevision(hub, customer, { from, room });
		await addChanges(hub, page, { asker, customer, from, to });
		page.cursor.customers[customer.customerId] = to;
		page.more ||= to < customer.revision;
	}
	return page;
}

async function visibleCustomers(hub: Hub, asker: Asker): Promise<Customer[]> {
	const own = [...asker.roles.keys()];
	if (!asker.staff && own.length === 0) return [];
	return hub.db
		.select()
		.from(customers)
		.where(asker.staff ? undefined : inArray(customers.customerId, own))
		.orderBy(asc(customers.customerId));
}

/**
 * The last revision that still fits, or the next one where that alone is more than a page. Rows
 * that move on to a later revision meanwhile come with that one.
 */
async function lastRevision(
	hub: Hub,
	{ customerId, revision }: Customer,
	{ from, room }: { from: number; room: number }
): Promise<number> {
	const next = (table: typeof licenses | typeof activations | typeof requests | typeof giveBacks) =>
		hub.db
			.select({ revision: table.revision })
			.from(table)
			.where(between(table, { customerId, from, to: revision }))
			.orderBy(asc(table.revision))
			.limit(room + 1);
	const rows = await unionAll(next(licenses), next(activations), next(requests), next(giveBacks));
	const changed = rows.map((row) => row.revision).sort((a, b) => a - b);
	const beyond = changed[room];
	if (beyond === undefined) return revision;
	const first = changed[0] ?? beyond;
	return beyond > first ? beyond - 1 : first;
}

async function addChanges(
	hub: Hub,
	page: PullPage,
	{
		asker,
		customer: { customerId, name },
		from,
		to
	}: { asker: Asker; customer: Customer; from: number; to: number }
): Promise<void> {
	const range = { customerId, from, to };
	const withKey = maySeeKeys(asker, customerId);
	const licenseRows = await hub.db.select().from(licenses).where(between(licenses, range));
	page.licenses.push(
		...licenseRows.map((row) => licenseRow(hub, row, { customer: name, withKey }))
	);
	const activationRows = await hub.db.select().from(activations).where(between(activations, range));
	page.activations.push(...activationRows.map(activationRow));
	const answered = await findAnswered(hub, range);
	const given = await hub.db.select().from(giveBacks).where(between(giveBacks, range));
	const meant = [...answered.map(({ request }) => request), ...given];
	const riding = await findRevocationsOf(hub, customerId, meant);
	page.answers.push(
		...answered.map((row) => answerRow(hub, row, riding.get(row.request.licenseId)))
	);
	page.receipts.push(...given.flatMap((row) => receiptRow(hub, row, riding.get(row.licenseId))));
}

type Range = { customerId: string; from: number; to: number };

/** Requests with the newest file of the activation that they are the newest request of. [O7] */
function findAnswered(hub: Hub, range: Range): Promise<AnsweredRequest[]> {
	return hub.db
		.select({
			request: requests,
			newest: { kid: activationFiles.kid, token: activationFiles.token }
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
		.where(between(requests, range));
}

function between(
	table: { customerId: PgColumn; revision: PgColumn },
	{ customerId, from, to }: Range
): SQL | undefined {
	return and(eq(table.customerId, customerId), gt(table.revision, from), lte(table.revision, to));
}

function rowsOf({ licenses, activations, answers, receipts }: PullPage): number {
	return licenses.length + activations.length + answers.length + receipts.length;
}
