/** The address of one's own calendar of ends. [P13] */
import * as z from 'zod';
import { languages } from '#lib/messages/words/message.ts';
import {
	endCalendarAddress,
	makeCalendarAddress,
	readCalendarAddress
} from '#server/operations/people/calendar-address.ts';
import { inPerson, routerOf } from './procedures.ts';

export const calendarRouter = routerOf({
	address: inPerson.query(({ ctx: { hub, asker } }) => readCalendarAddress(hub, asker.userId)),
	make: inPerson
		.input(z.strictObject({ language: z.enum(languages) }))
		.mutation(({ ctx: { hub, asker }, input }) =>
			makeCalendarAddress(hub, asker.userId, input.language)
		),
	end: inPerson.mutation(async ({ ctx: { hub, asker } }): Promise<null> => {
		await endCalendarAddress(hub, asker.userId);
		return null;
	})
});
