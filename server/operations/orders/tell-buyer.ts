/**
 * The letter to the address on a purchase: what was bought, and where it is. It holds no secret. [OR1]
 *
 * @module
 */
import { and, eq, inArray } from 'drizzle-orm';
import { licenses } from '#server/db/schema/ledger.ts';
import { orderLines, type purchases } from '#server/db/schema/orders.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';
import { putMail } from '#server/mail/outbox.ts';

/** @param lines - Ids of those that were carried out now. */
export async function tellBuyer(
	hub: Hub,
	tx: Transaction,
	{ purchase, lines }: { purchase: typeof purchases.$inferSelect; lines: readonly string[] }
): Promise<void> {
	const { id, customerId, address, language } = purchase;
	const rows = await tx
		.select({ outcome: orderLines.outcome, number: licenses.number, terms: licenses.terms })
		.from(orderLines)
		.innerJoin(
			licenses,
			and(
				eq(licenses.customerId, orderLines.customerId),
				eq(licenses.licenseId, orderLines.licenseId)
			)
		)
		.where(
			and(
				eq(orderLines.customerId, customerId),
				eq(orderLines.purchaseId, id),
				inArray(orderLines.lineId, [...lines])
			)
		);
	const bought = rows.map(({ outcome, number, terms: { title } }) => ({ outcome, number, title }));
	const facts = { link: `${hub.address}/#/licenses`, purchase: id, address, bought };
	await putMail(hub, tx, { to: address, kind: 'order', facts, language });
}
