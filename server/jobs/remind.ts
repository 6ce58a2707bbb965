/**
 * Owners and managers are told in time that licenses end or run out of seats, and of requests that were
 * refused for it: one letter to each person and day, about all customers whose licenses they look after.
 *
 * What somebody was told is put down with the letter, in a transaction of that person alone; licenses
 * are read before it, page by page. Of several hubs one writes the letter. [P12]
 *
 * @module
 */
import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import {
	kindOf,
	REMINDED_SECONDS,
	remindersOf,
	type Reminder,
	type ReminderKind,
	type Told
} from '#lib/domain/licenses/reminder.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import { among } from '#server/db/among.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { member, user } from '#server/db/schema/people.ts';
import { remindedPeople, reminders } from '#server/db/schema/reminders.ts';
import type { Hub } from '#server/hub/hub.ts';
import { putMail } from '#server/mail/outbox.ts';
import { digestOf, type DueLicense } from './digest.ts';
import { refusalsOf } from './refused-requests.ts';

const PEOPLE_PAGE = 200;
const LICENSES_PAGE = 1000;
/** After an end nothing is told of it, nor of old refusals: what was told is forgotten then. */
const KEPT_SECONDS = 30 * DAY_SECONDS;

/** @returns How many letters were put down. */
export async function remind(hub: Hub): Promise<number> {
	// Not after a leap of the clock, which would end everything at once. [CL3]
	const now = hub.freeingTime();
	let written = 0;
	for await (const userId of peopleToTell(hub.db, now)) {
		if (!(await tell(hub, userId, now))) continue;
		written++;
		hub.sendMail?.();
	}
	const over = and(
		inArray(reminders.about, ['end', 'refused']),
		lt(reminders.at, now - KEPT_SECONDS)
	);
	await hub.db.delete(reminders).where(over);
	return written;
}

/** Owners and managers of whatever customers, who were not written to today. */
async function* peopleToTell(db: Database, now: Seconds): AsyncGenerator<string> {
	let after = '';
	for (;;) {
		const page = await db
			.selectDistinct({ userId: member.userId })
			.from(member)
			.leftJoin(remindedPeople, eq(remindedPeople.userId, member.userId))
			.where(
				and(
					inArray(member.role, ['owner', 'manager']),
					gt(member.userId, after),
					or(
						isNull(remindedPeople.userId),
						isNull(remindedPeople.toldOn),
						lt(remindedPeople.toldOn, dayOf(now))
					)
				)
			)
			.orderBy(asc(member.userId))
			.limit(PEOPLE_PAGE);
		for (const { userId } of page) yield userId;
		if (page.length < PEOPLE_PAGE) return;
		after = page.at(-1)!.userId;
	}
}

/** @returns Whether there was something to tell. */
async function tell(hub: Hub, userId: string, now: Seconds): Promise<boolean> {
	const ending: LicenseRead[] = [];
	for await (const page of licensesOf(hub.db, userId, now)) ending.push(...page);
	const [choice] = await hub.db
		.select({ off: remindedPeople.off })
		.from(remindedPeople)
		.where(eq(remindedPeople.userId, userId));
	const wanted = { userId, off: choice?.off ?? [] };
	if ((await dueOf(hub.db, wanted, ending, now)).length === 0) return false;
	return hub.db.transaction(async (tx) => {
		await tx.insert(remindedPeople).values({ userId }).onConflictDoNothing();
		const [person] = await tx
			.select({
				email: user.email,
				off: remindedPeople.off,
				language: remindedPeople.language,
				toldOn: remindedPeople.toldOn
			})
			.from(remindedPeople)
			.innerJoin(user, eq(user.id, remindedPeople.userId))
			.where(eq(remindedPeople.userId, userId))
			.for('update', { of: remindedPeople });
		// Another hub was faster.
		if (!person || (person.toldOn ?? -1) >= dayOf(now)) return false;
		// They may have turned it off meanwhile.
		const due = await dueOf(tx, { userId, off: person.off }, ending, now);
		if (due.length === 0) return false;
		for (let at = 0; at < due.length; at += LICENSES_PAGE)
			await tx
				.insert(reminders)
				.values(due.slice(at, at + LICENSES_PAGE).map((each) => rowOf(userId, each)))
				.onConflictDoNothing();
		await tx
			.update(remindedPeople)
			.set({ toldOn: dayOf(now) })
			.where(eq(remindedPeople.userId, userId));
		const facts = digestOf(due, { hub: hub.address, now });
		const { email: to, language } = person;
		await putMail(hub, tx, { to, kind: 'reminder', facts, language });
		return true;
	});
}

type LicenseRead = Omit<DueLicense, 'reminder'>;

/** Licenses that somebody looks after and that may have to be told of, as far as rows can say. */
async function* licensesOf(
	db: Database,
	userId: string,
	now: Seconds
): AsyncGenerator<LicenseRead[]> {
	const places = await db
		.select({ customerId: customers.customerId, name: customers.name })
		.from(member)
		.innerJoin(customers, eq(customers.customerId, member.organizationId))
		.where(and(eq(member.userId, userId), inArray(member.role, ['owner', 'manager'])))
		.orderBy(asc(customers.customerId));
	const soon = now + REMINDED_SECONDS;
	const used = sql`${licenses.active} + ${licenses.reserved} + ${licenses.cooling}`;
	const maintained = sql`(${licenses.terms}->>'mnt')::bigint`;
	for (const { customerId, name } of places) {
		const refusals = await refusalsOf(db, customerId, now);
		let after = '';
		for (;;) {
			const page = await db
				.select()
				.from(licenses)
				.where(
					and(
						eq(licenses.customerId, customerId),
						gt(licenses.licenseId, after),
						or(
							sql`${licenses.expiresAt} between ${now} and ${soon}`,
							sql`${maintained} between ${now} and ${soon}`,
							sql`${used} > ${licenses.seats} / 2`,
							among(licenses.licenseId, [...refusals.keys()])
						)
					)
				)
				.orderBy(asc(licenses.licenseId))
				.limit(LICENSES_PAGE);
			yield page.map((row) => ({
				...readOf(row),
				place: name,
				refusals: refusals.get(row.licenseId)
			}));
			if (page.length < LICENSES_PAGE) break;
			after = page.at(-1)!.licenseId;
		}
	}
}

function readOf(row: typeof licenses.$inferSelect) {
	const { customerId, licenseId, number, terms, seats, active, reserved, cooling } = row;
	return {
		customerId,
		licenseId,
		number,
		title: `${terms.title} ${terms.ed}`,
		seats,
		counts: { active, reserved, cooling },
		maintainedUntil: terms.mnt,
		expiresAt: row.expiresAt ?? undefined,
		suspendedAt: row.suspendedAt ?? undefined,
		frozenAt: row.frozenAt ?? undefined,
		successor: row.successor ?? undefined,
		trialDays: row.trialDays ?? undefined
	};
}

/** What of it this person wants to hear and was not told yet. */
async function dueOf(
	db: Database | Transaction,
	{ userId, off }: { userId: string; off: readonly ReminderKind[] },
	read: readonly LicenseRead[],
	now: Seconds
): Promise<DueLicense[]> {
	const told = new Map<string, Told[]>();
	const places = [...new Set(read.map(({ customerId }) => customerId))];
	for (const customerId of places) {
		const rows = await db
			.select()
			.from(reminders)
			.where(and(eq(reminders.userId, userId), eq(reminders.customerId, customerId)));
		for (const row of rows) told.set(row.licenseId, [...(told.get(row.licenseId) ?? []), row]);
	}
	return read.flatMap((license) =>
		remindersOf(license, told.get(license.licenseId) ?? [], now)
			.filter((reminder) => !off.includes(kindOf(reminder)))
			.map((reminder) => ({ ...license, reminder }))
	);
}

function rowOf(userId: string, { customerId, licenseId, reminder }: DueLicense) {
	const { about, at, step }: Reminder = reminder;
	return { userId, customerId, licenseId, about, at, step };
}

function dayOf(now: Seconds): number {
	return Math.floor(now / DAY_SECONDS);
}
