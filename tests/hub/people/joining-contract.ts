/**
 * How people join by an address that they have proven, and what they see from then on. [AT1]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { member, user } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import { acceptInvitation, type Joined } from '#server/operations/people/accept-invitation.ts';
import { joinCustomer } from '#server/operations/people/join-customer.ts';
import { chooseReminders } from '#server/operations/people/reminders.ts';
import { pull } from '#server/operations/pull/pull.ts';
import type { Membership } from '../../fixtures/membership.ts';

export function joiningContract({
	made,
	store,
	address,
	makeCustomer,
	granted,
	codeIn,
	inviteTo,
	askerOf,
	join,
	actionsOf,
	mailsSent
}: Membership): void {
	describe('joining by a proven address', () => {
		/** Somebody with an account who belongs nowhere. */
		const makePerson = async () => {
			const [userId, email] = [uuidv7(), address()];
			const person = { id: userId, name: 'Somebody', email, emailVerified: true };
			await store.db.insert(user).values(person);
			return { userId, email };
		};
		const joinBy = (customerId: string, userId: string) =>
			writing(store.db, customerId, (shell) =>
				joinCustomer(made.hub, shell, { customerId, userId, by: { license: 'KF-TEST' } })
			);

		test('[AT1] is as owner where there is none, of two at once too, and the owner is told', async () => {
			const customerId = await makeCustomer();
			await mailsSent();
			const [one, other] = [await makePerson(), await makePerson()];
			const became = await Promise.all([
				joinBy(customerId, one.userId),
				joinBy(customerId, other.userId)
			]);
			expect(became.sort()).toEqual(['owner', 'technician']);
			const [owner, joined] =
				(await askerOf(one.email)).roles.get(customerId) === 'owner' ? [one, other] : [other, one];
			const mails = await mailsSent();
			expect(mails.map(({ to }) => to)).toEqual([owner.email]);
			expect(mails[0]!.text).toContain(joined.email);
			expect(mails[0]!.text).toContain('http://hub.example.com/#/settings/people');
			// Whoever has turned it off hears nothing of the next one. [P12]
			await chooseReminders(made.hub, owner.userId, { off: ['joined'], language: 'en' });
			await joinBy(customerId, (await makePerson()).userId);
			expect(await mailsSent()).toEqual([]);
			const noted = await actionsOf(customerId);
			expect(noted.map(({ facts }) => facts)).toEqual([
				{ role: 'owner', license: 'KF-TEST' },
				{ role: 'technician', license: 'KF-TEST' },
				{ role: 'technician', license: 'KF-TEST' }
			]);
		});

		test('[AT1] leaves a member what they are, whether or not there is an owner', async () => {
			const customerId = await makeCustomer();
			const technician = await join(customerId, 'technician');
			expect(await joinBy(customerId, technician.userId)).toBeUndefined();
			await join(customerId, 'owner');
			expect(await joinBy(customerId, technician.userId)).toBeUndefined();
			const [row] = await store.db
				.select()
				.from(member)
				.where(eq(member.userId, technician.userId));
			expect(row!.role).toBe('technician');
		});
	});

	test('[PE2] somebody who joins mirrors the customer from its beginning', async () => {
		const [one, other] = [await makeCustomer(), await makeCustomer()];
		const technician = await join(one, 'technician');
		const [person] = await store.db.select().from(user).where(eq(user.id, technician.userId));
		const before = await pull(made.hub, undefined, technician);
		const invited = await inviteTo(other, 'technician', { email: person!.email });
		const joined = await acceptInvitation(made.hub, { code: codeIn(invited) }, technician);
		expect(granted(joined) satisfies Joined).toMatchObject({ organizationId: other });
		const after = await pull(made.hub, before.cursor, await askerOf(person!.email));
		expect(after).toMatchObject({ reset: [other], gone: [] });
		expect(after.licenses.map(({ customerId }) => customerId)).toEqual([other]);
	});
}
