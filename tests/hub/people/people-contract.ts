/**
 * What a hub promises about people, whatever it keeps its tables in.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { VENDOR_ID, type Rank, type Role, type VendorRole } from '#lib/domain/access.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { audit } from '#server/db/schema/hub.ts';
import { invitation, member, user } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker } from '#server/hub/hub.ts';
import { sendMail } from '#server/jobs/send-mail.ts';
import type { OutgoingMail } from '#server/mail/transport.ts';
import { acceptInvitation, type Joined } from '#server/operations/people/accept-invitation.ts';
import { changeRole } from '#server/operations/people/change-role.ts';
import { invite, inviteFirstAdmin } from '#server/operations/people/invite.ts';
import type { Invited } from '#server/operations/people/invitations.ts';
import { joinCustomer } from '#server/operations/people/join-customer.ts';
import { chooseReminders } from '#server/operations/people/reminders.ts';
import { listPeople } from '#server/operations/people/list-people.ts';
import { readInvitation } from '#server/operations/people/read-invitation.ts';
import { removeMember } from '#server/operations/people/remove-member.ts';
import { withdrawInvitation } from '#server/operations/people/withdraw-invitation.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { makeLicense } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const admin: Asker = { userId: uuidv7(), vendor: 'admin', roles: new Map() };
const staff: Asker = { userId: uuidv7(), vendor: 'staff', roles: new Map() };
const newcomer = { name: 'Nora New', password: 'a long enough password' };
const DAY = 86_400;

export function peopleContract(name: string, makeStore: MakeStore): void {
	describe(`people on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const address = () => `${uuidv7()}@example.com`;
		const makeCustomer = async () => (await makeLicense(made)).customerId;
		const granted = <T>(answer: T) => {
			if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
			return answer as Exclude<T, { refused: string }>;
		};
		const codeIn = ({ link }: Invited) => link.split('/').at(-1)!;
		const inviteTo = async (
			organizationId: string,
			role: Role | VendorRole,
			{ email = address(), by = admin }: { email?: string; by?: Asker } = {}
		): Promise<Invited> => granted(await invite(made.hub, { organizationId, email, role }, by));
		const accept = (code: string, asker?: Asker) =>
			acceptInvitation(made.hub, { code, newcomer }, asker);
		const askerOf = async (email: string): Promise<Asker> => {
			const [found] = await store.db.select().from(user).where(eq(user.email, email));
			const { id: userId } = found!;
			const rows = await store.db.select().from(member).where(eq(member.userId, userId));
			const roles = new Map<string, Role>();
			let vendor: VendorRole | undefined;
			for (const { organizationId, role } of rows)
				if (role === 'staff' || role === 'admin') vendor = role;
				else roles.set(organizationId, role);
			return { userId, vendor, roles };
		};
		/** Somebody who is that, with a proven address. */
		const join = async (organizationId: string, role: Role | VendorRole): Promise<Asker> => {
			const [userId, email] = [uuidv7(), address()];
			const person = { id: userId, name: 'Somebody', email, emailVerified: true };
			await store.db.insert(user).values(person);
			await store.db.insert(member).values({ id: uuidv7(), organizationId, userId, role });
			return askerOf(email);
		};
		const revisionOf = async (customerId: string) => {
			const [row] = await store.db
				.select()
				.from(customers)
				.where(eq(customers.customerId, customerId));
			return row!.revision;
		};
		const actionsOf = async (customerId: string) => {
			const rows = await store.db
				.select()
				.from(audit)
				.where(eq(audit.customerId, customerId))
				.orderBy(audit.n);
			return rows.filter(({ action }) => action.startsWith('person.'));
		};
		const mailsSent = async () => {
			const sent: OutgoingMail[] = [];
			await sendMail(made.hub, {
				send: (mail) => {
					sent.push(mail);
					return Promise.resolve();
				}
			});
			return sent;
		};

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
				const [kept] = await store.db
					.select()
					.from(invitation)
					.where(eq(invitation.id, invited.id));
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
					(await askerOf(one.email)).roles.get(customerId) === 'owner'
						? [one, other]
						: [other, one];
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
	});
}
