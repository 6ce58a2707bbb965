/**
 * The sites of a customer, as people and requests name them. [SK1]
 *
 * @module
 */
import { and, asc, count, eq, sql } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { StickSite } from '#lib/protocol/stick.ts';
import { activations } from '#server/db/schema/ledger.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';

/** Where a machine stands, as `activationRow` says it; empty where nobody has said. */
export const siteOf = sql<string>`coalesce(
	nullif(${activations.texts} -> 'site' ->> 'value', ''), ${activations.said} ->> 'site', '')`;

/** Those where a machine holds a seat, by name; members of the customer and staff may ask. [RE2] */
export async function listSites(
	{ db }: Hub,
	customerId: string,
	asker: Asker
): Promise<StickSite[] | Refusal<'NOT_FOUND'>> {
	if (!may(asker, 'customer.read', customerId))
		return refuse('NOT_FOUND', { what: `customer ${customerId}` });
	return db
		.select({ site: siteOf, machines: count() })
		.from(activations)
		.where(and(eq(activations.customerId, customerId), eq(activations.state, 'active')))
		.groupBy(sql`1`)
		.orderBy(asc(sql`1`));
}
