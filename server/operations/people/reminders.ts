/**
 * Whether somebody is reminded by mail of ends and of seats that run out, and in which language. [P12]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import type { Language } from '#lib/messages/words/message.ts';
import { remindedPeople } from '#server/db/schema/reminders.ts';
import type { Hub } from '#server/hub/hub.ts';

export type ReminderChoice = { isOn: boolean; language: Language };

export async function readReminderChoice(hub: Hub, userId: string): Promise<ReminderChoice> {
	const [row] = await hub.db.select().from(remindedPeople).where(eq(remindedPeople.userId, userId));
	return row ? { isOn: !row.isOff, language: row.language } : { isOn: true, language: 'en' };
}

/** Their own, of no customer: no audit has it. */
export async function chooseReminders(
	hub: Hub,
	userId: string,
	{ isOn, language }: ReminderChoice
): Promise<void> {
	const set = { isOff: !isOn, language };
	await hub.db
		.insert(remindedPeople)
		.values({ userId, ...set })
		.onConflictDoUpdate({ target: remindedPeople.userId, set });
}
