/**
 * Pull: what changed for each customer since the cursor. [SY4]
 *
 * A page ends between two revisions, so that a desk never sees half of a transaction. Only a
 * transaction that alone is very large (an import, keys made anew) comes in several: until the
 * last of them has come, the desk says that it is still reading.
 *
 * @module
 */
import { asc, eq, inArray } from 'drizzle-orm';
import { alikeByCustomer } from '#lib/protocol/alike.ts';
import type { Cursor, PullPage } from '#lib/protocol/pull.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { keptCustomers } from '#server/db/schema/people.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { countRows, fillPage, type Behind } from './fill-page.ts';

/** Said alike, rows are a third as long. */
const PAGE_ROWS = { plain: 2000, alike: 5000 };

type Customer = typeof customers.$inferSelect;

export type PullOptions = {
	/** Whether to say how much comes after this page. */
	count?: boolean;
	/** Whether keys are to come beside their rows. */
	keysApart?: boolean;
	/** Whether no keys are to come: the desk asks for them once it has all rows. */
	keysLater?: boolean;
	/** Whether rows are to come by what they have in common. */
	rowsAlike?: boolean;
};

export async function pull(
	hub: Hub,
	cursor: Cursor | undefined,
	asker: Asker,
	{ count = false, keysApart = false, keysLater = false, rowsAlike = false }: PullOptions = {}
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
		...(keysApart && !keysLater && { keys: { before: {}, own: {} } }),
		activations: [],
		answers: [],
		receipts: [],
		allotments: [],
		more: false
	};
	const names = new Map(visible.map(({ customerId, name }) => [customerId, name]));
	const pageRows = rowsAlike ? PAGE_ROWS.alike : PAGE_ROWS.plain;
	const reader = { hub, page, asker, names, keysLater, pageRows };
	const behind: Behind[] = [];
	for (const { customerId, revision, resetRevision } of visible) {
		if (resetRevision > 0)
			page.cursor.resets = { ...page.cursor.resets, [customerId]: resetRevision };
		const from = known[customerId] ?? -1;
		page.cursor.customers[customerId] = from;
		if (from >= revision) continue;
		// What is read again from the beginning has not come in part.
		const begun = customerId in known ? within[customerId] : undefined;
		behind.push({ customerId, from, revision, begun });
		if (begun) page.cursor.within = { ...page.cursor.within, [customerId]: begun };
	}
	await fillPage(reader, behind);
	page.more = behind.some(
		({ customerId, revision }) => page.cursor.customers[customerId]! < revision
	);
	if (count && page.more) page.left = await countRows(hub, page.cursor);
	return rowsAlike ? saidAlike(page) : page;
}

function saidAlike(page: PullPage): PullPage {
	const { licenses, activations } = page;
	const said = {
		licenses: alikeByCustomer(licenses),
		activations: alikeByCustomer(activations)
	};
	return { ...page, licenses: [], activations: [], alike: said };
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
	const { customers: known = {}, resets = {} } = own ?? {};
	const before = new Set(own?.keyless);
	const now = new Set(keyless);
	const whole = visible.filter(
		({ customerId, resetRevision }) =>
			customerId in known &&
			resetRevision === (resets[customerId] ?? 0) &&
			before.has(customerId) === now.has(customerId)
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
