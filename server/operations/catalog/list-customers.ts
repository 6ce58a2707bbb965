/**
 * Customers by name, page by page, for the vendor's people. The vendor itself is none.
 *
 * @module
 */
import { and, asc, eq, gt, ilike, isNull, ne, or, sql } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import type { ListedCustomer } from '#lib/protocol/catalog.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import type { Hub } from '#server/hub/hub.ts';

/** Where a page ends: the next one follows it. */
export type AfterCustomer = { name: string; id: string };

export type CustomerQuestion = {
	id?: string;
	/** Part of a name, of any case. */
	search?: string;
	/** The whole name, of any case. */
	name?: string;
	archived?: boolean;
	after?: AfterCustomer;
	limit?: number;
};

export type CustomerPage = { customers: ListedCustomer[]; next?: AfterCustomer };

const PAGE = 100;

export async function listCustomers(
	{ db }: Hub,
	{ id, search, name, archived = false, after, limit = PAGE }: CustomerQuestion
): Promise<CustomerPage> {
	const follows =
		after &&
		or(
			gt(customers.name, after.name),
			and(eq(customers.name, after.name), gt(customers.customerId, after.id))
		);
	const rows = await db
		.select({
			id: customers.customerId,
			name: customers.name,
			contacts: customers.contacts,
			note: customers.note,
			archivedAt: customers.archivedAt,
			createdAt: customers.createdAt,
			licenses: sql<number>`(select count(*)::int from ${licenses}
				where ${eq(licenses.customerId, customers.customerId)})`
		})
		.from(customers)
		.where(
			and(
				ne(customers.customerId, VENDOR_ID),
				archived ? undefined : isNull(customers.archivedAt),
				id === undefined ? undefined : eq(customers.customerId, id),
				search === undefined ? undefined : ilike(customers.name, `%${literal(search)}%`),
				name === undefined ? undefined : ilike(customers.name, literal(name)),
				follows
			)
		)
		.orderBy(asc(customers.name), asc(customers.customerId))
		.limit(limit + 1);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	return {
		customers: page.map(({ archivedAt, ...row }) => ({
			...row,
			archivedAt: archivedAt ?? undefined
		})),
		next: rows.length > limit && last ? { name: last.name, id: last.id } : undefined
	};
}

/** A pattern that means the text itself. */
function literal(text: string): string {
	return text.replace(/[\\%_]/g, '\\$&');
}
