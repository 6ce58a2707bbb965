/**
 * How people leave, and what their desks notice of it. [PE2]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { member, user } from '#server/db/schema/people.ts';
import { changeRole } from '#server/operations/people/change-role.ts';
import { removeMember } from '#server/operations/people/remove-member.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { type Membership, admin, staff } from '../../fixtures/membership.ts';

export function leavingContract({
	made,
	store,
	makeCustomer,
	granted,
	codeIn,
	inviteTo,
	accept,
	askerOf,
	join,
	actionsOf
}: Membership): void {
	describe('leaving', () => {
		test('[PE2] everybody may leave, and their open invitations go with them', async () => {
			const customerId = await makeCustomer();
			await join(customerId, 'owner');
			const manager = await join(customerId, 'manager');
			const invited = await inviteTo(customerId, 'viewer', { by: manager });
			const kept = await inviteTo(customerId, 'viewer');
			const which = { organizationId: customerId, userId: manager.userId };
			expect(await removeMember(made.hub, which, manager)).toBeUndefined();
			expect(
				await removeMember(made.hub, which, await askerOf(kept.email).catch(() => manager))
			).toMatchObject({ refused: 'NOT_FOUND' });
			expect(await accept(codeIn(invited))).toEqual(refuse('INVITATION_INVALID', {}));
			expect(await accept(codeIn(kept))).toMatchObject({ role: 'viewer' });
		});

		test('[PE2] the last owner is neither removed nor lowered, by nobody; nor are two at once', async () => {
			const customerId = await makeCustomer();
			const owner = await join(customerId, 'owner');
			const which = { organizationId: customerId, userId: owner.userId };
			const last = refuse('LAST_OF_ROLE', { role: 'owner' });
			for (const asker of [owner, staff, admin]) {
				expect(await removeMember(made.hub, which, asker)).toEqual(last);
				expect(await changeRole(made.hub, { ...which, role: 'manager' }, asker)).toEqual(last);
			}
			const second = await join(customerId, 'owner');
			const both = await Promise.all(
				[owner, second].map((asker) =>
					removeMember(made.hub, { organizationId: customerId, userId: asker.userId }, asker)
				)
			);
			expect(both.filter((answer) => answer?.refused === 'LAST_OF_ROLE')).toHaveLength(1);
		});

		test('[PE2] the last admin of the vendor stays', async () => {
			await store.db.delete(member).where(eq(member.organizationId, VENDOR_ID));
			const [first, second] = [await join(VENDOR_ID, 'admin'), await join(VENDOR_ID, 'staff')];
			const which = { organizationId: VENDOR_ID, userId: first.userId };
			const last = refuse('LAST_OF_ROLE', { role: 'admin' });
			expect(await removeMember(made.hub, which, first)).toEqual(last);
			expect(await changeRole(made.hub, { ...which, role: 'staff' }, first)).toEqual(last);
			expect(
				await changeRole(made.hub, { ...which, userId: second.userId, role: 'admin' }, first)
			).toBeUndefined();
			expect(await removeMember(made.hub, which, first)).toBeUndefined();
			const theirs = and(eq(member.organizationId, VENDOR_ID), eq(member.userId, first.userId));
			expect(await store.db.select().from(member).where(theirs)).toEqual([]);
		});
	});

	test('[PE2] desks notice at their next pull: what is gone, and keys that come and go with a role', async () => {
		const customerId = await makeCustomer();
		await join(customerId, 'owner');
		const viewer = await join(customerId, 'viewer');
		const [person] = await store.db.select().from(user).where(eq(user.id, viewer.userId));
		const which = { organizationId: customerId, userId: viewer.userId };
		const asNow = () => askerOf(person!.email);
		const first = await pull(made.hub, undefined, viewer);
		expect(first.licenses[0]!.key).toBeUndefined();
		const idle = await pull(made.hub, first.cursor, await asNow());
		expect(idle).toMatchObject({ reset: [], gone: [] });
		granted(await changeRole(made.hub, { ...which, role: 'manager' }, admin));
		const raised = await pull(made.hub, idle.cursor, await asNow());
		expect(raised).toMatchObject({ reset: [customerId] });
		expect(raised.licenses[0]!.key).toBeDefined();
		granted(await changeRole(made.hub, { ...which, role: 'technician' }, admin));
		const lowered = await pull(made.hub, raised.cursor, await asNow());
		expect(lowered).toMatchObject({ reset: [customerId] });
		expect(lowered.licenses[0]!.key).toBeUndefined();
		granted(await removeMember(made.hub, which, admin));
		expect(await pull(made.hub, lowered.cursor, await asNow())).toMatchObject({
			gone: [customerId],
			licenses: []
		});
		expect(
			(await actionsOf(customerId)).slice(-3).map(({ action, facts }) => ({ action, facts }))
		).toEqual([
			{ action: 'person.role-changed', facts: { from: 'viewer', role: 'manager' } },
			{ action: 'person.role-changed', facts: { from: 'manager', role: 'technician' } },
			{ action: 'person.left', facts: { role: 'technician' } }
		]);
	});
}
