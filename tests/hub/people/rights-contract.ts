/**
 * Who may do what to whom. [PE1]
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { VENDOR_ID, type Rank } from '#lib/domain/access.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { Asker } from '#server/hub/hub.ts';
import { changeRole } from '#server/operations/people/change-role.ts';
import { invite } from '#server/operations/people/invite.ts';
import { listPeople } from '#server/operations/people/list-people.ts';
import { removeMember } from '#server/operations/people/remove-member.ts';
import { withdrawInvitation } from '#server/operations/people/withdraw-invitation.ts';
import { type Membership, admin, staff } from '../../fixtures/membership.ts';

export function rightsContract({ made, address, makeCustomer, inviteTo, join }: Membership): void {
	describe('rights', () => {
		const ranks: [Rank, Rank[]][] = [
			['viewer', []],
			['technician', []],
			['manager', ['viewer', 'technician']],
			['owner', ['viewer', 'technician', 'manager', 'owner']],
			['staff', ['viewer', 'technician', 'manager', 'owner']],
			['admin', ['viewer', 'technician', 'manager', 'owner']]
		];
		test.for(ranks)(
			'[PE1] %s gives and takes the roles that the table says',
			async ([rank, may]) => {
				const customerId = await makeCustomer();
				const own = rank === 'staff' || rank === 'admin';
				const asker: Asker = own
					? rank === 'admin'
						? admin
						: staff
					: await join(customerId, rank);
				await join(customerId, 'owner');
				for (const role of ['viewer', 'technician', 'manager', 'owner'] as const) {
					const target = await join(customerId, role);
					const which = { organizationId: customerId, userId: target.userId };
					const answers = [
						await invite(made.hub, { organizationId: customerId, email: address(), role }, asker),
						await changeRole(made.hub, { ...which, role: 'viewer' }, asker),
						await removeMember(
							made.hub,
							{ ...which, userId: (await join(customerId, role)).userId },
							asker
						)
					].map((answer) => (isRefusal(answer) ? answer.refused : 'done'));
					const isOwn = may.includes(role);
					expect(answers, role).toEqual(
						isOwn ? ['done', 'done', 'done'] : ['NOT_PERMITTED', 'NOT_PERMITTED', 'NOT_PERMITTED']
					);
				}
				const listed = await listPeople(made.hub, customerId, asker);
				expect(isRefusal(listed)).toBe(may.length === 0);
			}
		);

		test('[PE1] nobody gives a role that their target has not, or that is not one there', async () => {
			const customerId = await makeCustomer();
			const [manager, viewer] = [
				await join(customerId, 'manager'),
				await join(customerId, 'viewer')
			];
			const which = { organizationId: customerId, userId: viewer.userId };
			expect(await changeRole(made.hub, { ...which, role: 'owner' }, manager)).toMatchObject({
				refused: 'NOT_PERMITTED'
			});
			expect(await changeRole(made.hub, { ...which, role: 'admin' }, admin)).toMatchObject({
				refused: 'BODY_INVALID'
			});
			const asStaff = { organizationId: VENDOR_ID, email: address(), role: 'owner' as const };
			expect(await invite(made.hub, asStaff, admin)).toMatchObject({ refused: 'BODY_INVALID' });
			expect(await invite(made.hub, { ...asStaff, role: 'staff' }, staff)).toMatchObject({
				refused: 'NOT_PERMITTED'
			});
			expect(await invite(made.hub, { ...asStaff, role: 'staff' }, manager)).toMatchObject({
				refused: 'NOT_FOUND'
			});
		});

		test('[RE2] to a stranger the customer is not there, whatever is asked of it', async () => {
			const [one, other] = [await makeCustomer(), await makeCustomer()];
			const [stranger, owner] = [await join(other, 'owner'), await join(one, 'owner')];
			const { id } = await inviteTo(one, 'viewer');
			const ask = (organizationId: string, userId: string, invited: string) =>
				Promise.all([
					listPeople(made.hub, organizationId, stranger),
					invite(made.hub, { organizationId, email: address(), role: 'viewer' }, stranger),
					changeRole(made.hub, { organizationId, userId, role: 'viewer' }, stranger),
					removeMember(made.hub, { organizationId, userId }, stranger),
					withdrawInvitation(made.hub, { organizationId, id: invited }, stranger)
				]);
			const absent = [uuidv7(), uuidv7(), uuidv7()] as const;
			const plain = (answers: unknown) => JSON.stringify(answers).replace(/[0-9a-f-]{36}/g, '#');
			const real = await ask(one, owner.userId, id);
			expect(real.map((answer) => isRefusal(answer) && answer.refused)).toEqual(
				Array(5).fill('NOT_FOUND')
			);
			expect(plain(real)).toBe(plain(await ask(...absent)));
		});
	});
}
