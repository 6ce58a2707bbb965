/**
 * Who this hub is: its epoch and the grants of all its keys, kept with the ledger that they signed.
 *
 * @module
 */
import { VENDOR_ID } from '#lib/domain/access.ts';
import type { Database } from '#server/db/database.ts';
import { writing } from '#server/db/writing.ts';
import { hubKeys, hubTable } from '#server/db/schema/hub.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { organization } from '#server/db/schema/people.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';

export type Registered = {
	epoch: string;
	/** Root-signed grants by `kid`, retired keys included: stored files still need them. [FI1] */
	grants: Map<string, string>;
};

export async function registerHub(
	db: Database,
	{ iss, keys }: { iss: string; keys: readonly { kid: string; token: string }[] }
): Promise<Registered> {
	const createdAt = Math.floor(Date.now() / 1000);
	return writing(db, VENDOR_ID, async ({ tx }) => {
		await tx
			.insert(hubTable)
			.values({ id: 'hub', epoch: uuidv7(), createdAt })
			.onConflictDoNothing();
		await tx
			.insert(hubKeys)
			.values(keys.map(({ kid, token }) => ({ kid, token, createdAt })))
			.onConflictDoNothing();
		const vendor = { id: VENDOR_ID, name: iss, slug: VENDOR_ID };
		await tx.insert(organization).values(vendor).onConflictDoNothing();
		await tx
			.insert(customers)
			.values({ customerId: VENDOR_ID, name: iss, createdAt })
			.onConflictDoNothing();
		const [row] = await tx.select().from(hubTable);
		if (!row) throw new Error('the hub has no row of its own');
		const grants = await tx.select().from(hubKeys);
		return { epoch: row.epoch, grants: new Map(grants.map(({ kid, token }) => [kid, token])) };
	});
}
