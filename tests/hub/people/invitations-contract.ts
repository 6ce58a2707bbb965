/**
 * What an invitation is good for, and until when. [PE2]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { invitation, user } from '#server/db/schema/people.ts';
import { acceptInvitation } from '#server/operations/people/accept-invitation.ts';
import { invite, inviteFirstAdmin } from '#server/operations/people/invite.ts';
import { listPeople } from '#server/operations/people/list-people.ts';
import { readInvitation } from '#server/operations/people/read-invitation.ts';
import { withdrawInvitation } from '#server/operations/people/withdraw-invitation.ts';
import { type Membership, admin } from '../../fixtures/membership.ts';

const DAY = 86_400;

export function invitationsContract({
	made,
	store,
	address,
	makeCustomer,
	granted,
	codeIn,
	inviteTo,
	accept,
	askerOf,
	join,
	revisionOf,
	actionsOf,
	mailsSent
}: Membership): void {
	describe('an invitation', () => {
		test('[PE2] is a link in a mail; whoever opens it joins, in one audited transaction', async () => {
			const customerId = await makeCustomer();
			await mailsSent();
			const email = address();
			const before = await revisionOf(customerId);
			const invited = await inviteTo(customerId, 'owner', { email });
			const [mail] = await mailsSent();
			expect(mail).toMatchObject({ to: email, text: expect.stringContaining(invited.link) });
			expect(invited.link).toMatch(/^http:\/\/hub\.example\.com\/#\/join\/[\w-]{32}$/);
			const code = codeIn(invited);
			const [kept] = await store.db.select().from(invitation).where(eq(invitation.id, invited.id));
			expect(JSON.stringify(kept)).not.toContain(code);
			expect(await readInvitation(made.hub, code)).toMatchObject({
				email,
				role: 'owner',
				isVendor: false,
				isKnown: false
			});

			expect(await accept(code)).toMatchObject({
				organizationId: customerId,
				email,
				role: 'owner'
			});
			expect((await askerOf(email)).roles.get(customerId)).toBe('owner');
			expect(await revisionOf(customerId)).toBeGreaterThan(before + 1);
			const noted = await actionsOf(customerId);
			expect(noted.map(({ action, facts }) => ({ action, facts }))).toEqual([
				{ action: 'person.invited', facts: { role: 'owner' } },
				{ action: 'person.joined', facts: { role: 'owner', invitation: invited.id } }
			]);
			expect(JSON.stringify(noted)).not.toContain(email);
		});

		test('[PE2] is good once, also for two who open it at once', async () => {
			const customerId = await makeCustomer();
			const code = codeIn(await inviteTo(customerId, 'viewer'));
			const answers = await Promise.all([accept(code), accept(code)]);
			expect(answers.filter((each) => isRefusal(each))).toHaveLength(1);
			expect(await accept(code)).toEqual(refuse('INVITATION_INVALID', {}));
			expect(await readInvitation(made.hub, code)).toEqual(refuse('INVITATION_INVALID', {}));
		});

		test('[PE2] ends after seven days, to the second', async () => {
			const customerId = await makeCustomer();
			const [first, second] = [
				await inviteTo(customerId, 'viewer'),
				await inviteTo(customerId, 'viewer')
			];
			made.clock.now = first.until - 1;
			expect(await accept(codeIn(first))).toMatchObject({ role: 'viewer' });
			made.clock.now = second.until;
			expect(await accept(codeIn(second))).toEqual(refuse('INVITATION_INVALID', {}));
			expect(second.until - first.until).toBeLessThan(DAY);
		});

		test('[PE2] to the same address replaces the one before, and its mail', async () => {
			const customerId = await makeCustomer();
			await mailsSent();
			const email = address();
			const first = await inviteTo(customerId, 'viewer', { email });
			const second = await inviteTo(customerId, 'manager', { email });
			expect((await mailsSent()).map(({ id }) => id)).toEqual([second.id]);
			expect(await accept(codeIn(first))).toEqual(refuse('INVITATION_INVALID', {}));
			expect(await accept(codeIn(second))).toMatchObject({ role: 'manager' });
			const again = await invite(
				made.hub,
				{ organizationId: customerId, email, role: 'owner' },
				admin
			);
			expect(again).toEqual(refuse('ALREADY_MEMBER', { email }));
		});

		test('[PE2] is for its address only: a known person signs in, another one is refused', async () => {
			const [one, other] = [await makeCustomer(), await makeCustomer()];
			const known = await join(one, 'technician');
			const [person] = await store.db.select().from(user).where(eq(user.id, known.userId));
			const { email } = person!;
			const code = codeIn(await inviteTo(other, 'viewer', { email }));
			expect(await readInvitation(made.hub, code)).toMatchObject({ isKnown: true });
			expect(await accept(code)).toEqual(refuse('SIGN_IN_REQUIRED', {}));
			expect(await accept(code, await join(one, 'owner'))).toEqual(
				refuse('INVITATION_FOR_OTHER', { email })
			);
			expect(await acceptInvitation(made.hub, { code }, known)).toMatchObject({
				organizationId: other
			});
			expect(Object.fromEntries((await askerOf(email)).roles)).toEqual({
				[one]: 'technician',
				[other]: 'viewer'
			});
		});

		test('[PE4] takes no password that everybody tries, and stays open for a better one', async () => {
			const customerId = await makeCustomer();
			const code = codeIn(await inviteTo(customerId, 'viewer'));
			const answers = [];
			for (const password of ['short', 'password123'])
				answers.push(
					await acceptInvitation(made.hub, { code, newcomer: { name: 'N', password } }, undefined)
				);
			expect(answers).toEqual([
				refuse('PASSWORD_SHORT', { least: 10 }),
				refuse('PASSWORD_COMMON', {})
			]);
			const nothing = await acceptInvitation(made.hub, { code }, undefined);
			expect(nothing).toEqual(refuse('BODY_INVALID', { path: 'newcomer', reason: 'missing' }));
			expect(await accept(code)).toMatchObject({ role: 'viewer' });
		});

		test('[PE2] can be withdrawn, by whoever might send it, and then is never mailed', async () => {
			const customerId = await makeCustomer();
			await mailsSent();
			const [manager, invited] = [
				await join(customerId, 'manager'),
				await inviteTo(customerId, 'owner')
			];
			await mailsSent();
			const waiting = await inviteTo(customerId, 'viewer', { by: manager });
			const which = (id: string) => ({ organizationId: customerId, id });
			expect(await withdrawInvitation(made.hub, which(invited.id), manager)).toMatchObject({
				refused: 'NOT_PERMITTED'
			});
			expect(await withdrawInvitation(made.hub, which(waiting.id), manager)).toBeUndefined();
			expect(await withdrawInvitation(made.hub, which(waiting.id), manager)).toMatchObject({
				refused: 'NOT_FOUND'
			});
			expect(await mailsSent()).toEqual([]);
			expect(await accept(codeIn(waiting))).toEqual(refuse('INVITATION_INVALID', {}));
			const listed = granted(await listPeople(made.hub, customerId, manager));
			expect(listed.invitations).toMatchObject([{ id: invited.id, mail: { state: 'sent' } }]);
			expect((await actionsOf(customerId)).at(-1)).toMatchObject({
				action: 'person.uninvited',
				subject: waiting.id
			});
		});

		test('[PE2] makes the first admin without any mail, once', async () => {
			await mailsSent();
			const invited = await inviteFirstAdmin(made.hub, address());
			expect(await mailsSent()).toEqual([]);
			expect(await readInvitation(made.hub, codeIn(invited))).toMatchObject({
				role: 'admin',
				isVendor: true,
				place: 'Example Software'
			});
			expect(await accept(codeIn(invited))).toMatchObject({
				role: 'admin',
				organizationId: VENDOR_ID
			});
			expect(await accept(codeIn(invited))).toEqual(refuse('INVITATION_INVALID', {}));
			expect(await askerOf(invited.email)).toMatchObject({ vendor: 'admin' });
		});
	});
}
