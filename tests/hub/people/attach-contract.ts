/**
 * What a hub promises about attaching, whatever it keeps its tables in.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { attachAsks, attachCodes } from '#server/db/schema/attach.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { purchases } from '#server/db/schema/orders.ts';
import { member, user } from '#server/db/schema/people.ts';
import type { Asker } from '#server/hub/hub.ts';
import { sendMail } from '#server/jobs/send-mail.ts';
import type { OutgoingMail } from '#server/mail/transport.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { askAttaching } from '#server/operations/attach/ask-attaching.ts';
import { enterAttachCodes } from '#server/operations/attach/enter-attach-codes.ts';
import { moveOwnLicense } from '#server/operations/attach/move-own-license.ts';
import { resumeAttaching } from '#server/operations/attach/finish-attaching.ts';
import { sendAttachCodes } from '#server/operations/attach/send-attach-codes.ts';
import { removeMember } from '#server/operations/people/remove-member.ts';
import { askFor, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const HOUR = 3600;
const spent = refuse('CODE_INVALID', { triesLeft: 0 });
const wrong = (triesLeft: number) => refuse('CODE_INVALID', { triesLeft });

export function attachContract(name: string, makeStore: MakeStore): void {
	describe(`attaching on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const address = () => `${uuidv7()}@example.com`;
		const granted = <T>(answer: T) => {
			if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
			return answer as Exclude<T, { refused: string }>;
		};
		const asNow = async (userId: string): Promise<Asker> => {
			const rows = await store.db.select().from(member).where(eq(member.userId, userId));
			const roles = new Map(rows.map((each) => [each.organizationId, each.role as Role]));
			return { userId, roles, sessionId: 'a session' };
		};
		/** Somebody with an account. */
		const makePerson = async (customerId?: string, role: Role = 'owner') => {
			const [userId, email] = [uuidv7(), address()];
			const person = { id: userId, name: 'Somebody', email, emailVerified: true };
			await store.db.insert(user).values(person);
			if (customerId !== undefined)
				await store.db
					.insert(member)
					.values({ id: uuidv7(), organizationId: customerId, userId, role });
			return { userId, email };
		};
		/** A license whose customer is written to there. */
		const makeKnown = async (...contacts: string[]) => {
			const license = await makeLicense(made);
			const { customerId } = license;
			await store.db
				.update(customers)
				.set({ contacts })
				.where(eq(customers.customerId, customerId));
			return license;
		};
		/** A license that was bought with an address, and its purchase ID. */
		const makeBought = async (email: string) => {
			const license = await makeKnown('contact@example.com');
			const { customerId, licenseId } = license;
			const purchase = `P-${uuidv7()}`;
			const placed = { id: purchase, customerId, address: email, placedAt: made.clock.now };
			await store.db.insert(purchases).values({ ...placed, language: 'en' });
			await store.db
				.update(licenses)
				.set({ purchase })
				.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
			return { ...license, purchase };
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
		const codeIn = (mail: OutgoingMail | undefined) => /^\d{8}$/m.exec(mail?.text ?? '')?.[0] ?? '';
		const ask = async (userId: string, ...things: string[]) =>
			askAttaching(made.hub, { things, language: 'en' }, await asNow(userId));
		/** What is asked, and the letters that come of it. */
		const askAndRead = async (userId: string, ...things: string[]) => {
			await mailsSent();
			granted(await ask(userId, ...things));
			await sendAttachCodes(made.hub);
			return mailsSent();
		};
		const codeFor = async (userId: string, ...things: string[]) =>
			codeIn((await askAndRead(userId, ...things))[0]);
		const enter = async (userId: string, ...codes: string[]) =>
			enterAttachCodes(made.hub, codes, await asNow(userId));
		const rolesOf = async (userId: string) => Object.fromEntries((await asNow(userId)).roles);

		test('[AT1] a code goes to the address of the purchase; entered, its customer is theirs', async () => {
			const buyer = address();
			const { purchase, number, customerId } = await makeBought(buyer);
			const { userId, email } = await makePerson();
			const [letter, ...others] = await askAndRead(userId, ` ${purchase} `);
			expect(others).toEqual([]);
			expect(letter).toMatchObject({ to: buyer, subject: 'A code to attach licenses' });
			expect(letter!.text).toContain(email);
			expect(letter!.text).toContain(purchase);
			const { customers: attached } = granted(await enter(userId, codeIn(letter)));
			expect(attached).toMatchObject([
				{ id: customerId, role: 'owner', isNew: true, licenses: [{ number }], count: 1 }
			]);
			expect(await rolesOf(userId)).toEqual({ [customerId]: 'owner' });
		});

		test('[AT1] by its number a license is attached as well, and beside an owner as technician', async () => {
			const buyer = address();
			const { number, customerId } = await makeBought(buyer);
			const owner = await makePerson(customerId);
			const { userId } = await makePerson();
			const [letter] = await askAndRead(userId, number.toLowerCase().replaceAll('-', ' '));
			expect(letter!.to).toBe(buyer);
			const entered = granted(await enter(userId, codeIn(letter)));
			expect(entered.customers).toMatchObject([{ role: 'technician', licenses: [{ number }] }]);
			const [told] = await mailsSent();
			expect(told).toMatchObject({ to: owner.email });
			expect(told!.text).toContain('as');
		});

		test('[AT1] a license that was not bought asks its contacts, each with a code of its own', async () => {
			const [one, other] = [address(), address()];
			const { number, customerId } = await makeKnown(one.toUpperCase(), other);
			const { userId } = await makePerson();
			const letters = await askAndRead(userId, number);
			expect(letters.map(({ to }) => to).sort()).toEqual([one, other].sort());
			const [first, second] = letters.map(codeIn);
			expect(first).not.toBe(second);
			expect(granted(await enter(userId, second!)).customers).toMatchObject([{ isNew: true }]);
			expect(granted(await enter(userId, first!)).customers).toMatchObject([{ isNew: false }]);
			expect(await rolesOf(userId)).toEqual({ [customerId]: 'owner' });
		});

		test('[AT1] many at once: one code for each address, several codes entered together', async () => {
			const [one, other] = [address(), address()];
			const bought = [await makeBought(one), await makeBought(one), await makeBought(other)];
			const { userId } = await makePerson();
			const letters = await askAndRead(
				userId,
				...bought.map(({ purchase }) => purchase),
				bought[0]!.number,
				'P-NOBODY'
			);
			expect(letters.map(({ to }) => to).sort()).toEqual([one, other].sort());
			const codes = letters.map(codeIn).map((code) => `${code.slice(0, 4)} ${code.slice(4)}`);
			const { customers: attached, refused } = granted(await enter(userId, ...codes, '0'));
			expect(attached.map(({ id }) => id).sort()).toEqual(
				bought.map(({ customerId }) => customerId).sort()
			);
			expect(refused).toMatchObject({ refused: 'CODE_INVALID' });
		});

		test('[AT1] the answer is the same whether or not anything is known, and what is theirs is named', async () => {
			const { number, customerId } = await makeKnown(address());
			const { userId } = await makePerson();
			const until = made.clock.now + HOUR;
			for (const thing of [number, 'P-NOBODY', 'KF-0000-0000-0000'])
				expect(await ask(userId, thing)).toEqual({ yours: [], until });
			const member = await makePerson(customerId, 'viewer');
			expect(await ask(member.userId, number)).toEqual({ yours: [number] });
			expect(await ask(member.userId, number, 'P-NOBODY')).toEqual({ yours: [number], until });
		});

		test('[AT1] what is guessed at is told apart by nothing: wrong codes, and one too many', async () => {
			const { number } = await makeKnown(address());
			for (const thing of [number, 'P-UNKNOWN']) {
				const { userId } = await makePerson();
				await askAndRead(userId, thing);
				const answers = [];
				for (let n = 0; n < 6; n++) answers.push(await enter(userId, `1111111${n}`));
				expect(answers).toEqual([wrong(4), wrong(3), wrong(2), wrong(1), wrong(0), spent]);
			}
		});

		test('[AT1] a code opens for whoever asked alone, once, for an hour', async () => {
			const { purchase, customerId } = await makeBought(address());
			const [asker, other] = [await makePerson(), await makePerson()];
			const code = await codeFor(asker.userId, purchase);
			expect(await enter(other.userId, code)).toEqual(spent);
			await askAndRead(other.userId, 'P-NOBODY');
			expect(await enter(other.userId, code)).toEqual(wrong(4));
			expect(granted(await enter(asker.userId, code)).customers).toHaveLength(1);
			expect(await enter(asker.userId, code)).toEqual(wrong(4));
			expect(await rolesOf(other.userId)).toEqual({});

			const late = await codeFor(other.userId, purchase);
			made.clock.now += HOUR;
			expect(await enter(other.userId, late)).toEqual(spent);
			expect(await rolesOf(asker.userId)).toEqual({ [customerId]: 'owner' });
		});

		test('[AT1] is kept as a hash whose salt is sealed', async () => {
			const { purchase } = await makeBought(address());
			const { userId } = await makePerson();
			const code = await codeFor(userId, purchase);
			const kept = await store.db
				.select()
				.from(attachCodes)
				.innerJoin(attachAsks, eq(attachAsks.id, attachCodes.askId))
				.where(eq(attachAsks.userId, userId));
			expect(kept).toHaveLength(1);
			expect(JSON.stringify(kept)).not.toContain(code);
			expect(kept[0]!.attach_code.salt).toMatch(/^kfs1\./);
		});

		test('[AT1] an address that was changed since proves nothing', async () => {
			const { purchase } = await makeBought(address());
			const { userId } = await makePerson();
			const code = await codeFor(userId, purchase);
			await store.db
				.update(purchases)
				.set({ address: address() })
				.where(eq(purchases.id, purchase));
			expect(await enter(userId, code)).toEqual(wrong(4));
		});

		test('[AT1] the address of a purchase opens no license that went to another customer', async () => {
			const [buyer, contact] = [address(), address()];
			const { purchase } = await makeBought(buyer);
			const moved = await makeKnown(contact);
			const { customerId, licenseId, number } = moved;
			await store.db
				.update(licenses)
				.set({ purchase })
				.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
			const { userId } = await makePerson();
			expect((await askAndRead(userId, number)).map(({ to }) => to)).toEqual([contact]);
		});

		test('[AT1] a technician makes nobody an owner by it, and is none the more himself', async () => {
			const own = address();
			const { purchase, customerId } = await makeBought(own);
			await makePerson(customerId);
			const technician = await makePerson(customerId, 'technician');
			expect(await ask(technician.userId, purchase)).toEqual({ yours: [purchase] });
			// Asked before he was made a technician, entered afterwards.
			const late = await makePerson();
			const code = await codeFor(late.userId, purchase);
			await store.db
				.insert(member)
				.values({ id: uuidv7(), organizationId: customerId, userId: late.userId, role: 'viewer' });
			expect(granted(await enter(late.userId, code)).customers).toMatchObject([
				{ role: 'viewer', isNew: false }
			]);
			expect(await rolesOf(technician.userId)).toEqual({ [customerId]: 'technician' });
		});

		test('[AT1] whoever an owner removed comes back by a fresh code alone', async () => {
			const { purchase, customerId } = await makeBought(address());
			const owner = await makePerson(customerId);
			const { userId } = await makePerson();
			const code = await codeFor(userId, purchase);
			granted(await enter(userId, code));
			const which = { organizationId: customerId, userId };
			expect(await removeMember(made.hub, which, await asNow(owner.userId))).toBeUndefined();
			expect(await enter(userId, code)).toEqual(wrong(4));
			expect(await rolesOf(userId)).toEqual({});
			granted(await enter(userId, await codeFor(userId, purchase)));
			expect(await rolesOf(userId)).toEqual({ [customerId]: 'technician' });
		});

		test('[AT1] an account asks for two hundred things an hour; nobody else is kept from it', async () => {
			const { userId } = await makePerson();
			const many = (from: number) => Array.from({ length: 50 }, (_, n) => `P-${from + n}`);
			for (const from of [0, 50, 100, 150]) granted(await ask(userId, ...many(from)));
			expect(await ask(userId, 'P-1')).toEqual(refuse('RATE_LIMITED', { retryAfterSeconds: HOUR }));
			made.clock.now += HOUR - 1;
			expect(await ask(userId, 'P-1')).toEqual(refuse('RATE_LIMITED', { retryAfterSeconds: 1 }));
			granted(await ask((await makePerson()).userId, 'P-1'));
			made.clock.now += 1;
			granted(await ask(userId, 'P-1'));
		});

		test('[AT1] an address gets three codes an hour for one account and ten for all, and no answer says so', async () => {
			const buyer = address();
			const { purchase } = await makeBought(buyer);
			const { userId } = await makePerson();
			const sent: number[] = [];
			for (let n = 0; n < 4; n++) sent.push((await askAndRead(userId, purchase)).length);
			expect(sent).toEqual([1, 1, 1, 0]);
			let others = 0;
			for (let n = 0; n < 9; n++)
				others += (await askAndRead((await makePerson()).userId, purchase)).length;
			expect(others).toBe(7);
			made.clock.now += HOUR;
			expect(await askAndRead(userId, purchase)).toHaveLength(1);
		});

		test('[AT1] is gone on with where the hub was killed after a code was entered', async () => {
			const { purchase, customerId } = await makeBought(address());
			const { userId } = await makePerson();
			await codeFor(userId, purchase);
			const [asked] = await store.db.select().from(attachAsks).where(eq(attachAsks.userId, userId));
			const its = eq(attachCodes.askId, asked!.id);
			await store.db.update(attachCodes).set({ provenAt: made.clock.now }).where(its);
			await resumeAttaching(made.hub);
			expect(await rolesOf(userId)).toEqual({});
			made.clock.now += 61;
			await resumeAttaching(made.hub);
			expect(await rolesOf(userId)).toEqual({ [customerId]: 'owner' });
			const [kept] = await store.db.select().from(attachCodes).where(its);
			expect(kept!.doneAt).toBe(made.clock.now);
		});

		test('[AT1, SE7] an owner of two customers moves a license that was never used, whole', async () => {
			const license = await makeKnown();
			const { customerId, number } = license;
			const { customerId: to } = await makeKnown();
			const { userId } = await makePerson(customerId);
			const move = async () =>
				moveOwnLicense(made.hub, { number, customerId: to }, await asNow(userId));
			expect(await move()).toEqual(refuse('NOT_FOUND', { what: `customer ${to}` }));
			const there = { id: uuidv7(), organizationId: to, userId };
			await store.db.insert(member).values({ ...there, role: 'manager' });
			expect(await move()).toEqual(refuse('NOT_PERMITTED', { action: 'license.move-own' }));
			await store.db.update(member).set({ role: 'owner' }).where(eq(member.id, there.id));
			expect(await move()).toMatchObject({ number, moved: 2, following: 0 });
			const [found] = await store.db.select().from(licenses).where(eq(licenses.number, number));
			expect(found!.customerId).toBe(to);
		});

		test('[AT1, SE7] a license that was used stays with all of its seats', async () => {
			const { customerId, number, licenseId, sec } = await makeKnown();
			const { customerId: to } = await makeKnown();
			const { userId } = await makePerson(customerId);
			await store.db
				.insert(member)
				.values({ id: uuidv7(), organizationId: to, userId, role: 'owner' });
			const request = await askFor({ number, sec }, await makeMachine());
			granted(await activate(made.hub, request));
			const moved = await moveOwnLicense(made.hub, { number, customerId: to }, await asNow(userId));
			expect(moved).toMatchObject({ refused: 'LICENSE_USED', facts: { number } });
			const [found] = await store.db
				.select()
				.from(licenses)
				.where(eq(licenses.licenseId, licenseId));
			expect(found).toMatchObject({ customerId, seats: 2, successor: null });
		});

		test('[AT1] one code entered twice at once joins once', async () => {
			const { purchase, customerId } = await makeBought(address());
			const { userId } = await makePerson();
			const code = await codeFor(userId, purchase);
			await Promise.all([enter(userId, code), enter(userId, code)]);
			expect(await rolesOf(userId)).toEqual({ [customerId]: 'owner' });
		});
	});
}
