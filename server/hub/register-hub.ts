/**
 * Who this hub is: its epoch and the grants of all its keys, kept with the ledger that they signed.
 *
 * @module
 */
import type { Database } from '#server/db/store.ts';
import { hubKeys, hubTable } from '#server/db/schema/ledger.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';

export type Registered = {
	epoch: string;
	/** Root-signed grants by `kid`, retired keys included: stored files still need them. [FI1] */
	grants: Map<string, string>;
};

export async function registerHub(
	db: Database,
	keys: readonly { kid: string; token: string }[]
): Promise<Registered> {
	const createdAt = Math.floor(Date.now() / 1000);
	return db.transaction(async (tx) => {
		await tx
			.insert(hubTable)
			.values({ id: 'hub', epoch: uuidv7(), createdAt })
			.onConflictDoNothing();
		await tx
			.insert(hubKeys)
			.values(keys.map(({ kid, token }) => ({ kid, token, createdAt })))
			.onConflictDoNothing();
		const [row] = await tx.select().from(hubTable);
		if (!row) throw new Error('the hub has no row of its own');
		const grants = await tx.select().from(hubKeys);
		return { epoch: row.epoch, grants: new Map(grants.map(({ kid, token }) => [kid, token])) };
	});
}
