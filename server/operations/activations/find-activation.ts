/**
 * The one activation that somebody means.
 *
 * @module
 */
import { and, eq, inArray } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { activations } from '#server/db/schema/ledger.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';

/** An activation that the asker may see; else the answer of an unknown one. [RE2] */
export async function findActivation(
	{ db }: Hub,
	act: string,
	{ vendor, roles }: Asker
): Promise<{ customerId: string; licenseId: string } | Refusal<'NOT_FOUND'>> {
	const visible = vendor
		? db.select({ id: customers.customerId }).from(customers)
		: [...roles.keys()];
	if (Array.isArray(visible) && visible.length === 0)
		return refuse('NOT_FOUND', { what: `activation ${act}` });
	const [found] = await db
		.select({ customerId: activations.customerId, licenseId: activations.licenseId })
		.from(activations)
		.where(and(inArray(activations.customerId, visible), eq(activations.act, act)));
	return found ?? refuse('NOT_FOUND', { what: `activation ${act}` });
}
