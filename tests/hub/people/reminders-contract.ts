/**
 * What people are told in time, whatever the hub keeps its tables in: by a real mail server, and a
 * clock that is moved.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { mails } from '#server/db/schema/mail.ts';
import { member, user } from '#server/db/schema/people.ts';
import { calendarAddresses, remindedPeople, reminders } from '#server/db/schema/reminders.ts';
import { remind } from '#server/jobs/remind.ts';
import { startJobs } from '#server/jobs/schedule.ts';
import { sendMail } from '#server/jobs/send-mail.ts';
import { smtpTransport } from '#server/mail/transport.ts';
import { activate } from '#server/operations/activations/activate.ts';
import {
	endCalendarAddress,
	licensesOfCalendar,
	makeCalendarAddress,
	readCalendarAddress
} from '#server/operations/people/calendar-address.ts';
import { chooseReminders } from '#server/operations/people/reminders.ts';
import { makeDrawingDesk } from '../../fixtures/drawing-desk.ts';
import { startMailServer, type MailServer } from '../../fixtures/mail-server.ts';
import {
	askFor,
	makeLicense,
	makeMachine,
	makeTestHub,
	type TestLicense
} from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function remindersContract(name: string, makeStore: MakeStore): void {
	describe(`reminders on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let server: MailServer;
		beforeAll(async () => {
			server = await startMailServer();
			// Noon: the hour of an end is no matter of chance.
			made.clock.now = Math.ceil(made.clock.now / DAY_SECONDS) * DAY_SECONDS + DAY_SECONDS / 2;
		});
		beforeEach(() => {
			server.received.length = 0;
		});
		afterEach(async () => {
			await store.db.delete(user);
			await store.db.delete(mails);
		});
		afterAll(async () => {
			await server.stop();
		});

		const transport = () =>
			smtpTransport({ url: new URL(server.url), from: 'licenses@example.com' });
		const inDays = (days: number) => made.clock.now + days * DAY_SECONDS;
		const makePerson = async (at: Pick<TestLicense, 'customerId'>[], role: Role = 'owner') => {
			const [userId, email] = [uuidv7(), `${uuidv7()}@example.com`];
			const person = { id: userId, name: 'Somebody', email, emailVerified: true };
			await store.db.insert(user).values(person);
			for (const { customerId } of at)
				await store.db
					.insert(member)
					.values({ id: uuidv7(), organizationId: customerId, userId, role });
			return { userId, email };
		};
		const change = (
			{ customerId, licenseId }: TestLicense,
			set: Partial<typeof licenses.$inferInsert>
		) =>
			store.db
				.update(licenses)
				.set(set)
				.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
		/** What today's run sends: the words of each letter, by its address. */
		const today = async (hub = made.hub) => {
			await remind(hub);
			server.received.length = 0;
			await sendMail(made.hub, transport());
			return server.received.map(({ text = '', to }) => ({
				to: [to!].flat()[0]!.text,
				text
			}));
		};

		test('[P12] a hundred days, day by day, a week of them slept through: each step once, and anew when renewed', async () => {
			const license = await makeLicense(made, { expiresAt: inDays(95) });
			const { email } = await makePerson([license]);
			const seen: string[] = [];
			for (let day = 0; day < 100; day++, made.clock.now += DAY_SECONDS) {
				// Down while the step of 30 days goes by.
				if (day >= 62 && day < 69) continue;
				for (const { to, text } of await today()) {
					expect(to).toBe(email);
					expect(text).toContain(license.number);
					seen.push(`${day}: ${/ends on .*, (.*)\./.exec(text)?.[1]}`);
				}
				// Once more on the same day, as after a start: nothing.
				if (day % 10 === 0) expect(await today()).toEqual([]);
				if (day === 90) await change(license, { expiresAt: inDays(8) });
			}
			expect(seen).toEqual([
				'5: in 3 months',
				'69: in 26 days',
				'88: in 7 days',
				// Renewed on day 90, until day 98.
				'91: in 7 days'
			]);
		});

		test('[P12] one letter a day to a person, of all customers where they are owner or manager', async () => {
			const [soon, later] = [
				await makeLicense(made, { expiresAt: inDays(20) }),
				await makeLicense(made, { maintainedUntil: inDays(80) })
			];
			const full = await makeLicense(made, { customerId: later.customerId, seats: 10 });
			await change(full, { active: 8, cooling: 1 });
			const far = await makeLicense(made, { customerId: later.customerId, expiresAt: inDays(91) });
			const both = await makePerson([soon, later], 'manager');
			const one = await makePerson([soon]);
			await makePerson([soon, later], 'technician');
			await makePerson([soon, later], 'viewer');
			const [place] = await store.db
				.select({ name: customers.name })
				.from(customers)
				.where(eq(customers.customerId, soon.customerId));

			const sent = new Map((await today()).map(({ to, text }) => [to, text]));
			expect([...sent.keys()].sort()).toEqual([both.email, one.email].sort());
			const text = sent.get(both.email)!;
			const order = [
				soon.number,
				place!.name,
				'/#/licenses?is=ends-30\n',
				later.number,
				'maintenance ends on',
				'/#/licenses?is=ends-90\n',
				full.number,
				'9 of 10 seats',
				'/#/licenses?sort=free\n',
				'/#/settings/reminders\n'
			].map((part) => text.indexOf(part));
			expect(order).not.toContain(-1);
			expect(order).toEqual(order.toSorted((a, b) => a - b));
			expect(text).not.toContain(far.number);
			const other = sent.get(one.email)!;
			expect(other).toContain(soon.number);
			expect(other).not.toContain(later.number);

			// What becomes due on a day that has its letter is in tomorrow's.
			await change(far, { expiresAt: inDays(5) });
			expect(await today()).toEqual([]);
			made.clock.now += DAY_SECONDS;
			const next = await today();
			expect(next.map(({ to }) => to)).toEqual([both.email]);
			expect(next[0]!.text).toContain(far.number);
			expect(next[0]!.text).not.toContain(soon.number);
		});

		test('[P12] who has turned reminders off gets none, and who turns them on again what is due then', async () => {
			const license = await makeLicense(made, { expiresAt: inDays(40) });
			const { userId, email } = await makePerson([license]);
			const all = ['ends', 'seats', 'refused'] as const;
			await chooseReminders(made.hub, userId, { off: [...all], language: 'de' });
			expect(await today()).toEqual([]);
			expect(await store.db.select().from(reminders)).toEqual([]);
			made.clock.now += 12 * DAY_SECONDS;
			expect(await today()).toEqual([]);
			await chooseReminders(made.hub, userId, { off: [], language: 'de' });
			const [letter] = await today();
			expect(letter).toMatchObject({ to: email });
			expect(letter!.text).toContain('Die Lizenz endet am');
			expect(letter!.text).toContain('in 28 Tagen');
			made.clock.now += DAY_SECONDS;
			expect(await today()).toEqual([]);
		});

		test('[P12] a request refused for the last seat is told once, the next day, to whoever wants to hear it', async () => {
			const license = await makeLicense(made, { seats: 1 });
			const hears = await makePerson([license], 'manager');
			const deaf = await makePerson([license]);
			await chooseReminders(made.hub, deaf.userId, { off: ['refused'], language: 'en' });
			const ask = async () => {
				const answer = await activate(made.hub, await askFor(license, await makeMachine()));
				if (isRefusal(answer)) throw new Error(answer.refused);
				return answer.refusal?.refused;
			};
			expect(await ask()).toBeUndefined();
			for (let n = 0; n < 2; n++) expect(await ask()).toBe('SEAT_LIMIT_REACHED');
			// Not on the very day: others may still be on their way into the database.
			expect(await today()).toEqual([]);

			made.clock.now += DAY_SECONDS;
			const [letter, ...others] = await today();
			expect(letter?.to).toBe(hears.email);
			expect(others).toEqual([]);
			expect(letter!.text).toContain('no seat was free');
			expect(letter!.text).toContain(license.number);
			expect(letter!.text).toContain('2 requests.');
			expect(await today()).toEqual([]);

			expect(await ask()).toBe('SEAT_LIMIT_REACHED');
			made.clock.now += DAY_SECONDS;
			expect((await today()).map(({ text }) => text)).toEqual([
				expect.stringContaining('1 request.')
			]);
			made.clock.now += DAY_SECONDS;
			expect(await today()).toEqual([]);
			// Who turns it on again hears all that is still news.
			await chooseReminders(made.hub, deaf.userId, { off: [], language: 'de' });
			const [late] = await today();
			expect(late?.to).toBe(deaf.email);
			expect(late!.text).toContain('3 Anforderungen.');
		});

		test('[P12] offline seats that a desk was refused because none was free are told like a request', async () => {
			const license = await makeLicense(made, { seats: 2 });
			const hears = await makePerson([license], 'manager');
			for (let n = 0; n < 2; n++)
				await activate(made.hub, await askFor(license, await makeMachine()));
			const desk = await makeDrawingDesk(made, license.manager);
			await expect(desk.reserve(license.number, 1)).rejects.toThrow('SEAT_LIMIT_REACHED');
			await chooseReminders(made.hub, hears.userId, { off: ['seats'], language: 'en' });
			made.clock.now += DAY_SECONDS;
			const [letter, ...others] = await today();
			expect([letter?.to, others]).toEqual([hears.email, []]);
			expect(letter!.text).toContain('no seat was free');
			expect(letter!.text).toContain('1 request.');
			made.clock.now += DAY_SECONDS;
			expect(await today()).toEqual([]);
		});

		test('[P13] the address of a calendar reads the ends of the customers that its person belongs to now, until it is turned off', async () => {
			const [one, other] = [
				await makeLicense(made, { expiresAt: inDays(20), maintainedUntil: inDays(10) }),
				await makeLicense(made, { expiresAt: inDays(30) })
			];
			const { userId } = await makePerson([one, other], 'viewer');
			const stranger = await makeLicense(made, { expiresAt: inDays(40) });
			const secretOf = (address: string) => new URL(address).searchParams.get('of')!;
			const numbersBy = async (secret: string) =>
				(await licensesOfCalendar(made.hub, secret))?.licenses.map(({ number }) => number).sort();
			expect(await readCalendarAddress(made.hub, userId)).toEqual({});
			const first = secretOf((await makeCalendarAddress(made.hub, userId, 'en')).address);
			expect(await numbersBy(first)).toEqual([one.number, other.number].sort());
			expect(await numbersBy(first)).not.toContain(stranger.number);
			expect(JSON.stringify(await store.db.select().from(calendarAddresses))).not.toContain(first);

			await store.db
				.delete(member)
				.where(and(eq(member.userId, userId), eq(member.organizationId, other.customerId)));
			expect(await numbersBy(first)).toEqual([one.number]);
			const second = secretOf((await makeCalendarAddress(made.hub, userId, 'de')).address);
			expect(await numbersBy(first)).toBeUndefined();
			expect(await licensesOfCalendar(made.hub, second)).toMatchObject({
				language: 'de',
				licenses: [{ id: one.licenseId, expiresAt: inDays(20), maintainedUntil: inDays(10) }]
			});
			expect(await readCalendarAddress(made.hub, userId)).toEqual({ madeAt: made.clock.now });
			await endCalendarAddress(made.hub, userId);
			expect(await numbersBy(second)).toBeUndefined();

			// Nothing of somebody who is gone is read.
			const third = secretOf((await makeCalendarAddress(made.hub, userId, 'en')).address);
			await store.db.delete(user).where(eq(user.id, userId));
			expect(await numbersBy(third)).toBeUndefined();
		});

		test('[P12] of several hubs at once one writes each letter', async () => {
			const shared = await makeLicense(made, { expiresAt: inDays(25) });
			const people: string[] = [];
			for (let n = 0; n < 8; n++) people.push((await makePerson([shared])).email);
			const other = await makeTestHub(store, made);
			other.clock.now = made.clock.now;
			const written = await Promise.all([remind(made.hub), remind(other.hub), remind(made.hub)]);
			expect(written.reduce((sum, each) => sum + each, 0)).toBe(people.length);
			const rows = await store.db.select({ to: mails.to }).from(mails);
			expect(rows.map(({ to }) => to).sort()).toEqual(people.sort());
		});

		test('[P12, CL3] a clock that leapt tells nobody of an end that is not there yet', async () => {
			const license = await makeLicense(made, { expiresAt: inDays(400) });
			await makePerson([license]);
			made.clock.freeing = made.clock.now;
			const before = made.clock.now;
			made.clock.now = inDays(380);
			expect(await today()).toEqual([]);
			made.clock.freeing = undefined;
			made.clock.now = before;
		});

		test('[P12] the hub does it by itself, on each day of its time; without a mail server it says and notes nothing', async () => {
			const license = await makeLicense(made, { expiresAt: inDays(31) });
			const { email } = await makePerson([license]);
			const faults: unknown[] = [];
			const jobs = (reminds: boolean) =>
				startJobs(made.hub, {
					transport: transport(),
					reminds,
					everyMs: 5,
					onFault: (error) => faults.push(error)
				});
			const silent = jobs(false);
			// The daily round is over when what it forgets is gone.
			await store.db.insert(mails).values({
				id: 'old',
				to: email,
				kind: 'test',
				subject: '',
				text: '',
				html: '',
				state: 'sent',
				nextAt: 0,
				createdAt: 0
			});
			await expect.poll(() => store.db.select().from(mails)).toEqual([]);
			await silent();
			expect(await store.db.select().from(reminders)).toEqual([]);
			expect(await store.db.select().from(remindedPeople)).toEqual([]);

			const stop = jobs(true);
			await expect.poll(() => server.received.length).toBe(1);
			made.clock.now += DAY_SECONDS;
			await expect.poll(() => server.received.length).toBe(2);
			expect(server.received[1]!.text).toContain('in 30 days');
			await stop();
			expect(server.received).toHaveLength(2);
			expect(faults).toEqual([]);
		});
	});
}
