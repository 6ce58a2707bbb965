/**
 * License keys of many licenses, page by page: what a desk asks for once it has all rows of its first
 * sync. [SY4, RE2]
 *
 * @module
 */
import { and, gt, inArray, sql } from 'drizzle-orm';
import type { KeysAsked, KeysPage, KeyTokens } from '#lib/protocol/pull.ts';
import { tellKeys } from '#lib/protocol/told-keys.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { readMany } from '#server/db/read-many.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { addKeyTokens } from './key-tokens.ts';

const PAGE_KEYS = 4000;

/** Customers whose keys the asker may not see have none here. */
export async function pullKeys(
	hub: Hub,
	{ customerIds, after, alike = false }: KeysAsked,
	asker: Asker
): Promise<KeysPage> {
	const ids = customerIds.filter((id) => may(asker, 'license.keys', id)).sort();
	const page: KeysPage = { before: {}, customers: [] };
	if (alike) page.alike = [];
	const rows: Awaited<ReturnType<typeof readKeys>> = [];
	// The first alone, of whom a part may be known, then more at a time: rows beyond the page are hardly looked at.
	for (let at = 0, size = 1; at < ids.length && rows.length < PAGE_KEYS; at += size, size *= 2) {
		const some = ids.slice(at, at + size);
		const room = PAGE_KEYS - rows.length;
		rows.push(...(await readKeys(hub, some, { after: at === 0 ? after : undefined, room })));
	}
	for (const [id, some] of Map.groupBy(rows, (row) => row.customerId)) {
		const { before } = page;
		const own: KeyTokens['own'] = {};
		for (const row of some) addKeyTokens(hub, { before, own }, row);
		if (page.alike) page.alike.push(...tellKeys(id, own));
		else page.customers.push({ customerId: id, own });
	}
	const last = rows.at(-1);
	if (rows.length === PAGE_KEYS && last)
		page.next = { customerId: last.customerId, after: last.licenseId };
	return page;
}

function readKeys(
	{ db }: Hub,
	customerIds: readonly string[],
	{ after, room }: { after: string | undefined; room: number }
) {
	const { customerId, licenseId, kid, sealedKey } = licenses;
	const meant = and(
		inArray(customerId, [...customerIds]),
		after === undefined ? undefined : gt(licenseId, after)
	);
	return readMany(
		db,
		{ customerId, licenseId, kid, sealedKey },
		sql`from ${licenses} where ${meant} order by ${customerId}, ${licenseId} limit ${room}`
	);
}
