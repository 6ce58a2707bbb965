/**
 * A new customer: an organization that people can be members of, and its ledger.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { organization } from '#server/db/schema/people.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

/** @returns The customer's id; of the customer of that very name where there is one. */
export async function addCustomer(hub: Hub, name: string): Promise<string> {
	return writing(hub.db, async ({ tx, audit }) => {
		const [known] = await tx.select().from(customers).where(eq(customers.name, name));
		if (known) return known.customerId;
		const customerId = uuidv7();
		// Slugs are the organization plugin's; ours are ids, for names are not unique for ever.
		await tx.insert(organization).values({ id: customerId, name, slug: customerId });
		const at = hub.now();
		await tx.insert(customers).values({ customerId, name, createdAt: at });
		audit(customerId, {
			at,
			actor: 'hub',
			action: 'customer.added',
			subject: customerId,
			facts: { name }
		});
		return customerId;
	});
}
