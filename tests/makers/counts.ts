/**
 * Counting seats anew, from the activations and allotments themselves.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { activations, allotments, licenses } from '#server/db/schema.ts';
import type { Database } from '#server/db/store.ts';
import type { TestLicense } from './hub.ts';

type Which = Pick<TestLicense, 'customerId' | 'licenseId'>;

export async function licenseRowOf(db: Database, { customerId, licenseId }: Which) {
	const [row] = await db
		.select()
		.from(licenses)
		.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	return row!;
}

/** What the license row should say. Whether `reserved` is right in each block, its draws tell. */
export async function recount(db: Database, { customerId, licenseId }: Which) {
	const rows = await db
		.select({ state: activations.state })
		.from(activations)
		.where(and(eq(activations.customerId, customerId), eq(activations.licenseId, licenseId)));
	const count = (state: string) => rows.filter((row) => row.state === state).length;
	const blocks = await db
		.select({ reserved: allotments.reserved })
		.from(allotments)
		.where(and(eq(allotments.customerId, customerId), eq(allotments.licenseId, licenseId)));
	const reserved = blocks.reduce((sum, block) => sum + block.reserved, 0);
	return { active: count('active'), reserved, cooling: count('cooling') };
}
