/**
 * What somebody is told of by mail, and in which language. [P12]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import type { ReminderKind } from '#lib/domain/licenses/reminder.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { remindedPeople } from '#server/db/schema/reminders.ts';
import type { Hub } from '#server/hub/hub.ts';

export type ReminderChoice = { off: ReminderKind[]; language: Language };

export async function readReminderChoice(hub: Hub, userId: string): Promise<ReminderChoice> {
	const [row] = await hub.db.select().from(remindedPeople).where(eq(remindedPeople.userId, userId));
	return row ? { off: row.off, language: row.language } : { off: [], language: 'en' };
}

/** Their own, of no customer: no audit has it. */
export async function chooseReminders(
	hub: Hub,
	userId: string,
	set: ReminderChoice
): Promise<void> {
	await hub.db
		.insert(remindedPeople)
		.values({ userId, ...set })
		.onConflictDoUpdate({ target: remindedPeople.userId, set });
}
