/**
 * What a hub promises about codes in mails, whatever it keeps its tables in.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { account, apikey, emailCodes, member, session, user } from '#server/db/schema/people.ts';
import { sendMail } from '#server/jobs/send-mail.ts';
import type { OutgoingMail } from '#server/mail/transport.ts';
import { enterCode, type EnteredCode } from '#server/operations/people/enter-code.ts';
import { inviteFirstAdmin } from '#server/operations/people/invite.ts';
import { sendCode } from '#server/operations/people/send-code.ts';
import { makeLicense } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const spent = refuse('CODE_INVALID', { triesLeft: 0 });

export function codesContract(name: string, makeStore: MakeStore): void {
	describe(`codes on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const address = () => `${uuidv7()}@example.com`;
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
		const ask = async (email: string, { openSignUp = true } = {}) => {
			await mailsSent();
			const sent = await sendCode(made.hub, { email, language: 'en', openSignUp });
			const mails = await mailsSent();
			const code = /^\d{8}$/m.exec(mails[0]?.text ?? '')?.[0];
			return { ...sent, mails, code: code ?? '' };
		};
		const enter = (entered: EnteredCode) => enterCode(made.hub, entered);
		const userOf = async (answer: Awaited<ReturnType<typeof enter>>) => {
			if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
			const [found] = await store.db.select().from(user).where(eq(user.id, answer.userId));
			return found!;
		};
		/** Somebody with a password and a session; a proven address unless told. */
		const addPerson = async ({ emailVerified = true } = {}) => {
			const [userId, email] = [uuidv7(), address()];
			await store.db.insert(user).values({ id: userId, name: 'Somebody', email, emailVerified });
			const own = { id: uuidv7(), accountId: userId, providerId: 'credential', userId };
			await store.db.insert(account).values({ ...own, password: 'the hash before' });
			const expiresAt = new Date(Date.now() + 1e6);
			await store.db.insert(session).values({ id: uuidv7(), token: uuidv7(), expiresAt, userId });
			return { userId, email };
		};
		const wrongFor = (code: string) => (code === '00000000' ? '11111111' : '00000000');

		test('[PE3] a code signs its reader in, once, and is kept as a hash alone', async () => {
			const { userId, email } = await addPerson();
			const { flow, code, mails, until } = await ask(email, { openSignUp: false });
			expect(mails).toMatchObject([{ to: email }]);
			expect(until - made.clock.now).toBe(600);
			const kept = await store.db.select().from(emailCodes).where(eq(emailCodes.email, email));
			expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${code}|${flow}`));
			const typed = `${code.slice(0, 4)} ${code.slice(4)}`;
			expect(await enter({ flow, code: typed })).toEqual({ userId });
			expect(await enter({ flow, code })).toEqual(spent);
			expect(await store.db.select().from(session).where(eq(session.userId, userId))).toHaveLength(
				1
			);
		});

		test('[PE3] a code is for the page that asked for it, and entered twice at once it is good once', async () => {
			const { email } = await addPerson();
			const [one, other] = [await ask(email), await ask(email)];
			expect(await enter({ flow: other.flow, code: one.code })).toEqual(
				refuse('CODE_INVALID', { triesLeft: 4 })
			);
			const both = await Promise.all([enter(one), enter(one)]);
			expect(both.filter((answer) => isRefusal(answer))).toEqual([spent]);
			expect(isRefusal(await enter(other))).toBe(false);
			expect(await enter({ flow: 'no such page', code: one.code })).toEqual(spent);
		});

		test('[PE3] a code ends after ten minutes, to the second, and after five wrong ones', async () => {
			const { email } = await addPerson();
			const [first, second] = [await ask(email), await ask(email)];
			made.clock.now = first.until - 1;
			expect(isRefusal(await enter(first))).toBe(false);
			made.clock.now = second.until;
			expect(await enter(second)).toEqual(spent);
			const third = await ask(email);
			const left = [];
			for (let n = 0; n < 5; n++) left.push(await enter({ ...third, code: wrongFor(third.code) }));
			expect(left).toEqual(
				[4, 3, 2, 1, 0].map((triesLeft) => refuse('CODE_INVALID', { triesLeft }))
			);
			expect(await enter(third), 'the right one').toEqual(spent);
		});

		test('[PE3] an address that nobody knows gets none where sign-up is closed, unless it is invited', async () => {
			const email = address();
			const closed = await ask(email, { openSignUp: false });
			expect(closed.mails).toEqual([]);
			expect(Object.keys(closed).sort()).toEqual(Object.keys(await ask(address())).sort());
			await inviteFirstAdmin(made.hub, email);
			expect((await ask(email, { openSignUp: false })).mails).toHaveLength(1);
		});

		test('[PE3] somebody new says their name; until then the code stays good', async () => {
			const email = address();
			const { flow, code } = await ask(email);
			expect(await enter({ flow, code })).toEqual(refuse('NAME_REQUIRED', {}));
			for (const [password, refused] of [
				['short', 'PASSWORD_SHORT'],
				['password123', 'PASSWORD_COMMON']
			] as const)
				expect(await enter({ flow, code, name: 'Nora', password })).toMatchObject({ refused });
			const found = await userOf(await enter({ flow, code, name: 'Nora' }));
			expect(found).toMatchObject({ email, name: 'Nora', emailVerified: true });
			expect(await store.db.select().from(account).where(eq(account.userId, found.id))).toEqual([]);
		});

		test('[PE3] what a stranger set up at an unproven address goes; what it was given stays', async () => {
			const { userId, email } = await addPerson({ emailVerified: false });
			const { customerId } = await makeLicense(made);
			const place = { organizationId: customerId, userId, role: 'viewer' as const };
			await store.db.insert(member).values({ id: uuidv7(), ...place });
			const dates = { createdAt: new Date(), updatedAt: new Date() };
			const key = { id: uuidv7(), key: 'its hash', referenceId: userId, ...dates };
			await store.db.insert(apikey).values(key);
			const { flow, code } = await ask(email, { openSignUp: false });
			expect(await enter({ flow, code })).toEqual(refuse('NAME_REQUIRED', {}));
			const found = await userOf(await enter({ flow, code, name: 'Vera' }));
			expect(found.id).not.toBe(userId);
			for (const [table, column] of [
				[session, session.userId],
				[account, account.userId],
				[apikey, apikey.referenceId]
			] as const)
				expect(await store.db.select().from(table).where(eq(column, userId))).toEqual([]);
			expect(await store.db.select().from(member).where(eq(member.userId, found.id))).toMatchObject(
				[{ organizationId: customerId }]
			);
		});

		test('[PE4] a password set by code ends every session; without one nothing changes', async () => {
			const { userId, email } = await addPerson();
			const first = await ask(email);
			await enter(first);
			const passwordOf = async () => {
				const [found] = await store.db.select().from(account).where(eq(account.userId, userId));
				return found!.password;
			};
			expect(await passwordOf()).toBe('the hash before');
			const { flow, code } = await ask(email);
			await enter({ flow, code, password: 'tr0mbone & lighthouse' });
			expect(await passwordOf()).not.toBe('the hash before');
			expect(await store.db.select().from(session).where(eq(session.userId, userId))).toEqual([]);
			// Of somebody who had none: it is the first.
			await store.db.delete(account).where(eq(account.userId, userId));
			const again = await ask(email);
			await enter({ flow: again.flow, code: again.code, password: 'tr0mbone & lighthouse' });
			expect(await passwordOf()).toBeTruthy();
		});
	});
}
