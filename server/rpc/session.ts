/** Who has signed in, and where. */
import * as z from 'zod';
import type { SessionRow } from '#lib/protocol/people.ts';
import { endOtherSessions, endSession, listSessions } from '#server/operations/devices/sessions.ts';
import { id } from './inputs.ts';
import { anybody, inPerson, orThrow, routerOf, type Me } from './procedures.ts';

export const sessionRouter = routerOf({
	me: anybody.query(({ ctx }): Me | null => ctx.me),
	list: inPerson.query(({ ctx: { hub, asker, sessionId } }): Promise<SessionRow[]> =>
		listSessions(hub, { userId: asker.userId, sessionId })
	),
	end: inPerson
		.input(z.strictObject({ id }))
		.mutation(async ({ ctx: { hub, asker, sessionId }, input }): Promise<null> => {
			orThrow(await endSession(hub, input.id, { userId: asker.userId, sessionId }));
			return null;
		}),
	endOthers: inPerson.mutation(async ({ ctx: { hub, asker, sessionId } }): Promise<number> =>
		endOtherSessions(hub, { userId: asker.userId, sessionId })
	)
});
