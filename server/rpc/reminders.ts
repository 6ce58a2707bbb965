/** What whoever asks is told of by mail. [P12] */
import * as z from 'zod';
import { reminderKinds } from '#lib/domain/licenses/reminder.ts';
import { languages } from '#lib/messages/words/message.ts';
import {
	chooseReminders,
	readReminderChoice,
	type ReminderChoice
} from '#server/operations/people/reminders.ts';
import { inPerson, routerOf } from './procedures.ts';

export const reminderRouter = routerOf({
	choice: inPerson.query(({ ctx: { hub, asker } }): Promise<ReminderChoice> =>
		readReminderChoice(hub, asker.userId)
	),
	choose: inPerson
		.input(
			z.strictObject({
				off: z.array(z.enum(reminderKinds)).max(reminderKinds.length),
				language: z.enum(languages)
			})
		)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			await chooseReminders(hub, asker.userId, input);
			return null;
		})
});
