/**
 * What somebody has of a purchase whose address is theirs. [P1]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { audit } from '#server/db/schema/hub.ts';
import { joinByAddress } from '#server/operations/orders/join-by-address.ts';
import { mayEnter } from '#server/operations/people/send-code.ts';
import { removeMember } from '#server/operations/people/remove-member.ts';
import type { Ordering } from '../../fixtures/ordering.ts';

export function purchasesContract({
	made,
	store,
	address,
	addPerson,
	addMember,
	addPurchase,
	roleAt,
	revisionOf,
	mailsSent,
	newCustomer
}: Ordering): void {
	describe('whoever proves the address on a purchase', () => {
		test('[P1] owns its customer where nobody does, in one audited transaction', async () => {
			const [customerId, email] = [await newCustomer(), address()];
			const purchase = await addPurchase(customerId, email);
			const userId = await addPerson(email);
			const before = await revisionOf(customerId);
			expect(await joinByAddress(made.hub, userId)).toEqual([customerId]);
			expect(await roleAt(customerId, userId)).toBe('owner');
			expect(await revisionOf(customerId)).toBe(before + 1);
			const rows = await store.db.select().from(audit).where(eq(audit.customerId, customerId));
			expect(rows.at(-1)).toMatchObject({
				actor: userId,
				action: 'person.joined',
				facts: { role: 'owner', purchase }
			});
			expect(JSON.stringify(rows)).not.toContain(email);
		});

		test('[P1] joins every customer of the address, once, also in two sessions at once', async () => {
			const email = address();
			const ids = [await newCustomer(), await newCustomer()];
			for (const id of [...ids, ids[0]!]) await addPurchase(id, email);
			const userId = await addPerson(email);
			const both = await Promise.all([
				joinByAddress(made.hub, userId),
				joinByAddress(made.hub, userId)
			]);
			expect(both.flat().sort()).toEqual([...ids].sort());
			expect(await joinByAddress(made.hub, userId)).toEqual([]);
		});

		test('[P1] joins nothing by an address that is not proven', async () => {
			const [customerId, email] = [await newCustomer(), address()];
			await addPurchase(customerId, email);
			const userId = await addPerson(email, false);
			expect(await joinByAddress(made.hub, userId)).toEqual([]);
			expect(await roleAt(customerId, userId)).toBeUndefined();
		});

		test('[P1] is a technician where there is an owner, who is told how to undo it', async () => {
			const [customerId, email] = [await newCustomer(), address()];
			const owner = await addMember(customerId, 'owner');
			await addMember(customerId, 'manager');
			const purchase = await addPurchase(customerId, email);
			const userId = await addPerson(email);
			await mailsSent();
			await joinByAddress(made.hub, userId);
			expect(await roleAt(customerId, userId)).toBe('technician');
			const mails = await mailsSent();
			expect(mails.map(({ to }) => to)).toEqual([owner.email]);
			for (const part of [email, purchase, `${made.hub.address}/#/settings/people`])
				expect(mails[0]!.text).toContain(part);
		});

		test('[P1] stays what they are where they are a member already', async () => {
			const customerId = await newCustomer();
			await addMember(customerId, 'owner');
			const viewer = await addMember(customerId, 'viewer');
			await addPurchase(customerId, viewer.email);
			expect(await joinByAddress(made.hub, viewer.userId)).toEqual([]);
			expect(await roleAt(customerId, viewer.userId)).toBe('viewer');
		});

		test('[P1] does not come back by the same purchase once removed, and does by another', async () => {
			const [customerId, email] = [await newCustomer(), address()];
			const owner = await addMember(customerId, 'owner');
			await addPurchase(customerId, email);
			const userId = await addPerson(email);
			await joinByAddress(made.hub, userId);
			const which = { organizationId: customerId, userId };
			expect(isRefusal(await removeMember(made.hub, which, owner.asker))).toBe(false);
			expect(await joinByAddress(made.hub, userId)).toEqual([]);
			expect(await roleAt(customerId, userId)).toBeUndefined();
			await addPurchase(customerId, email);
			expect(await joinByAddress(made.hub, userId)).toEqual([customerId]);
		});

		test('[P1] is mailed a code to sign in, however closed sign-up is', async () => {
			const email = address();
			const enters = () => store.db.transaction((tx) => mayEnter(tx, email, made.clock.now));
			expect(await enters()).toBe(false);
			await addPurchase(await newCustomer(), email);
			expect(await enters()).toBe(true);
		});
	});
}
