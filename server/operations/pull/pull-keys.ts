/**
 * License keys of many licenses, page by page: what a desk asks for once it has all rows of its first
 * sync. [SY4, RE2]
 *
 * @module
 */
import { and, asc, gt, inArray, or } from 'drizzle-orm';
import type { KeysAsked, KeysPage } from '#lib/protocol/pull.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { addKeyTokens } from './key-tokens.ts';

const PAGE_KEYS = 2000;

/** Customers whose keys the asker may not see have none here. */
export async function pullKeys(
	hub: Hub,
	{ customerIds, after }: KeysAsked,
	asker: Asker
): Promise<KeysPage> {
	const ids = customerIds.filter((id) => may(asker, 'license.keys', id)).sort();
	const [first, ...others] = ids;
	const page: KeysPage = { before: {}, customers: [] };
	if (first === undefined) return page;
	const { customerId, licenseId, kid, sealedKey } = licenses;
	const ofFirst = and(
		inArray(customerId, [first]),
		after === undefined ? undefined : gt(licenseId, after)
	);
	const rows = await hub.db
		.select({ customerId, licenseId, kid, sealedKey })
		.from(licenses)
		.where(or(ofFirst, inArray(customerId, others)))
		.orderBy(asc(customerId), asc(licenseId))
		.limit(PAGE_KEYS);
	for (const [id, some] of Map.groupBy(rows, (row) => row.customerId)) {
		const told = { before: page.before, own: {} };
		for (const row of some) addKeyTokens(hub, told, row);
		page.customers.push({ customerId: id, own: told.own });
	}
	const last = rows.at(-1);
	if (rows.length === PAGE_KEYS && last)
		page.next = { customerId: last.customerId, after: last.licenseId };
	return page;
}
