/**
 * The address at which somebody's calendar program reads the ends of their licenses: a secret of that
 * person, who makes it anew or turns it off. [P13]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import type { CalendarLicense } from '#lib/formats/ends-calendar.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { member } from '#server/db/schema/people.ts';
import { calendarAddresses } from '#server/db/schema/reminders.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';

export const CALENDAR_PATH = '/v1/calendar.ics';

const ROLES = ['owner', 'manager', 'technician', 'viewer'] as const;
const LICENSES_PAGE = 1000;

/** @returns When it was made, where there is one. */
export async function readCalendarAddress(hub: Hub, userId: string): Promise<{ madeAt?: Seconds }> {
	const [row] = await hub.db
		.select({ madeAt: calendarAddresses.madeAt })
		.from(calendarAddresses)
		.where(eq(calendarAddresses.userId, userId));
	return row ?? {};
}

/** One from before ends. @returns The address: it is told once. */
export async function makeCalendarAddress(
	hub: Hub,
	userId: string,
	language: Language
): Promise<{ address: string }> {
	const secret = randomBytes(32).toString('base64url');
	const set = { secretHash: sha256(secret), language, madeAt: hub.now() };
	await hub.db
		.insert(calendarAddresses)
		.values({ userId, ...set })
		.onConflictDoUpdate({ target: calendarAddresses.userId, set });
	// Behind the question mark: paths are logged.
	return { address: `${hub.address}${CALENDAR_PATH}?of=${secret}` };
}

export async function endCalendarAddress(hub: Hub, userId: string): Promise<void> {
	await hub.db.delete(calendarAddresses).where(eq(calendarAddresses.userId, userId));
}

/** @returns Licenses of the customers that its person belongs to now; nothing for no address. */
export async function licensesOfCalendar(
	hub: Hub,
	secret: string
): Promise<{ licenses: CalendarLicense[]; language: Language } | undefined> {
	const [found] = await hub.db
		.select({ userId: calendarAddresses.userId, language: calendarAddresses.language })
		.from(calendarAddresses)
		.where(eq(calendarAddresses.secretHash, sha256(secret)));
	if (!found) return undefined;
	const places = await hub.db
		.select({ customerId: customers.customerId, name: customers.name })
		.from(member)
		.innerJoin(customers, eq(customers.customerId, member.organizationId))
		.where(and(eq(member.userId, found.userId), inArray(member.role, [...ROLES])));
	const all: CalendarLicense[] = [];
	for (const place of places)
		for await (const page of pagesOf(hub, place.customerId))
			all.push(...page.map((row) => ({ ...row, customer: place.name })));
	return { licenses: all, language: found.language };
}

async function* pagesOf(hub: Hub, customerId: string) {
	let after = '';
	for (;;) {
		const rows = await hub.db
			.select({
				id: licenses.licenseId,
				number: licenses.number,
				terms: licenses.terms,
				expiresAt: licenses.expiresAt,
				trialDays: licenses.trialDays,
				successor: licenses.successor
			})
			.from(licenses)
			.where(and(eq(licenses.customerId, customerId), gt(licenses.licenseId, after)))
			.orderBy(asc(licenses.licenseId))
			.limit(LICENSES_PAGE);
		yield rows.map(({ id, number, terms, expiresAt, trialDays, successor }) => ({
			id,
			number,
			title: terms.title,
			edition: terms.ed,
			maintainedUntil: terms.mnt,
			expiresAt: expiresAt ?? undefined,
			trialDays: trialDays ?? undefined,
			successor: successor ?? undefined
		}));
		if (rows.length < LICENSES_PAGE) return;
		after = rows.at(-1)!.id;
	}
}
