/**
 * How a customer's sites use the products, as they have reported it. [US3]
 *
 * @module
 */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { HOUR_SECONDS } from '#lib/domain/site/usage.ts';
import type { ReportedUse } from '#lib/protocol/catalog.ts';
import { products } from '#server/db/schema/catalog.ts';
import { usageHours, usageSites } from '#server/db/schema/usage.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';

/** Thirty days, counted back from the last hour that a site has reported. */
const SPAN_HOURS = 720;

/** Sites by name; members of the customer and staff may ask. [RE2] */
export async function listUsage(
	{ db }: Hub,
	customerId: string,
	asker: Asker
): Promise<ReportedUse[] | Refusal<'NOT_FOUND'>> {
	if (!may(asker, 'customer.read', customerId))
		return refuse('NOT_FOUND', { what: `customer ${customerId}` });
	const { site, jkt, product, clients, lastHour } = usageSites;
	const { peak, denied, waiting } = usageHours;
	const rows = await db
		.select({
			site,
			id: jkt,
			product,
			title: products.title,
			clients,
			lastHour,
			peak: sql<number>`coalesce(max(${peak}), 0)`,
			denied: sql<number>`coalesce(sum(${denied}), 0)::float8`,
			waiting: sql<number>`coalesce(max(${waiting}), 0)`
		})
		.from(usageSites)
		.leftJoin(
			usageHours,
			and(
				eq(usageHours.customerId, usageSites.customerId),
				eq(usageHours.jkt, jkt),
				eq(usageHours.product, product),
				gt(usageHours.hour, sql`${lastHour} - ${SPAN_HOURS}`)
			)
		)
		.leftJoin(products, eq(products.slug, product))
		.where(eq(usageSites.customerId, customerId))
		.groupBy(usageSites.customerId, site, jkt, product, clients, lastHour, products.title)
		.orderBy(asc(site), asc(product), asc(jkt));
	return rows.map(({ lastHour: last, title, ...row }) => ({
		...row,
		title: title ?? row.product,
		until: (last + 1) * HOUR_SECONDS
	}));
}
