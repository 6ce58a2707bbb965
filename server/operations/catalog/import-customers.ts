/**
 * Customers that a vendor had before: many in one transaction, each once, by its name. [IM1]
 *
 * @module
 */
import type { ImportedCustomer } from '#lib/domain/imported-rows.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { among } from '#server/db/among.ts';
import { insertRows } from '#server/db/rows.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { organization } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

/** @returns What became of each row, in their order. A dry run says the same and writes nothing. */
export async function importCustomers(
	hub: Hub,
	{ rows, dryRun }: { rows: readonly ImportedCustomer[]; dryRun: boolean },
	actor: string
): Promise<('imported' | 'known')[]> {
	return writing(hub.db, async ({ tx, audit }) => {
		const names = [...new Set(rows.map(({ name }) => name))];
		const known = await tx
			.select({ name: customers.name })
			.from(customers)
			.where(among(customers.name, names));
		const seen = new Set(known.map(({ name }) => name));
		const at = hub.now();
		const fresh: (ImportedCustomer & { id: string })[] = [];
		const outcomes = rows.map((row) => {
			if (seen.has(row.name)) return 'known' as const;
			seen.add(row.name);
			fresh.push({ ...row, id: uuidv7() });
			return 'imported' as const;
		});
		if (dryRun || fresh.length === 0) return outcomes;
		await tx.insert(organization).values(fresh.map(({ id, name }) => ({ id, name, slug: id })));
		await insertRows(
			tx,
			customers,
			fresh.map(({ id: customerId, ...row }) => ({ ...row, customerId, createdAt: at }))
		);
		for (const { id, name } of fresh)
			audit(id, { at, actor, action: 'customer.added', subject: id, facts: { name } });
		return outcomes;
	});
}
