/**
 * What is known of a customer besides its licenses: name, contacts, note, and whether it is still one.
 *
 * @module
 */
import { and, eq, ne } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { organization } from '#server/db/schema/people.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { refuseTaken } from './add-customer.ts';

/** What is absent stays. */
export type CustomerChange = {
	name?: string;
	contacts?: string[];
	note?: string;
	/** An archived customer keeps its licenses, and gets no new ones. */
	archived?: boolean;
};

/**
 * A new name is in every license key and file that is signed from now on; desks read it at their
 * next sync. @returns `NOT_FOUND`, `NAME_TAKEN`.
 */
export async function changeCustomer(
	hub: Hub,
	{ customerId, ...change }: CustomerChange & { customerId: string },
	actor: string
): Promise<Refusal<'NOT_FOUND' | 'NAME_TAKEN'> | undefined> {
	const { name, contacts, note, archived } = change;
	const at = hub.now();
	return writing(hub.db, customerId, async ({ tx, raiseRevision, audit }) => {
		const own = eq(customers.customerId, customerId);
		const isCustomer = and(own, ne(customers.customerId, VENDOR_ID));
		const [row] = await tx.select().from(customers).where(isCustomer).for('update');
		if (!row) return refuse('NOT_FOUND', { what: `customer ${customerId}` });
		const isRenamed = name !== undefined && name !== row.name;
		if (isRenamed) {
			const taken = await refuseTaken(tx, name);
			if (taken) return taken;
			await tx.update(organization).set({ name }).where(eq(organization.id, customerId));
		}
		const revision = await raiseRevision();
		const archivedAt = archived === undefined ? row.archivedAt : archived ? at : null;
		// Every license of it is shown with its name: who mirrors it reads all of them again.
		const resetRevision = isRenamed ? revision : row.resetRevision;
		await tx.update(customers).set({ name, contacts, note, archivedAt, resetRevision }).where(own);
		const facts = { name, contacts: contacts?.join(' '), archived, note: note && 'changed' };
		audit({ at, actor, action: 'customer.changed', subject: customerId, facts });
		return undefined;
	});
}
