/** Mail of the hub: what became of it, and whether it arrives at all. [MS1] */
import * as z from 'zod';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { languages } from '#lib/messages/words/message.ts';
import { listMail, type MailRow } from '#server/mail/list-mail.ts';
import { putMail } from '#server/mail/outbox.ts';
import { accountEmail } from './inputs.ts';
import { routerOf, vendorMay } from './procedures.ts';

const look = vendorMay('hub.settings');

export const mailRouter = routerOf({
	list: look.query(({ ctx }): Promise<MailRow[]> => listMail(ctx.hub.db)),
	test: look
		.input(z.strictObject({ to: accountEmail, language: z.enum(languages).optional() }))
		.mutation(async ({ ctx: { hub }, input }): Promise<{ id: string; to: string }> => {
			const id = uuidv7();
			const facts = { hub: hub.address };
			await hub.db.transaction((tx) => putMail(hub, tx, { id, kind: 'test', facts, ...input }));
			hub.sendMail?.();
			return { id, to: input.to };
		})
});
