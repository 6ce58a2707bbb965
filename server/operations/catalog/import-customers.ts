/**
 * Customers that a vendor had before, each once, by its name. [IM1]
 *
 * @module
 */
import type { ImportedCustomer } from '#lib/domain/licenses/imported-rows.ts';
import { among } from '#server/db/among.ts';
import { organization } from '#server/db/schema/people.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addCustomer } from './add-customer.ts';

/** @returns What became of each row, in their order. A dry run says the same and writes nothing. */
export async function importCustomers(
	hub: Hub,
	{ rows, dryRun }: { rows: readonly ImportedCustomer[]; dryRun: boolean },
	actor: string
): Promise<('imported' | 'known')[]> {
	const names = [...new Set(rows.map(({ name }) => name))];
	const known = await hub.db
		.select({ name: organization.name })
		.from(organization)
		.where(among(organization.name, names));
	const seen = new Set(known.map(({ name }) => name));
	const outcomes: ('imported' | 'known')[] = [];
	for (const { name, ...row } of rows) {
		outcomes.push(seen.has(name) ? 'known' : 'imported');
		if (!seen.has(name) && !dryRun) await addCustomer(hub, { ...row, name }, actor);
		seen.add(name);
	}
	return outcomes;
}
