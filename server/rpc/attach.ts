/** Attaching licenses by a code that is mailed to the address of their order. [AT1] */
import * as z from 'zod';
import { languages } from '#lib/messages/words/message.ts';
import { askAttaching, type AskedAttaching } from '#server/operations/attach/ask-attaching.ts';
import {
	enterAttachCodes,
	type EnteredAttachCodes
} from '#server/operations/attach/enter-attach-codes.ts';
import { moveOwnLicense } from '#server/operations/attach/move-own-license.ts';
import type { Moved } from '#server/operations/licenses/move-license.ts';
import { id, licenseNumber } from './inputs.ts';
import { inPerson, orThrow, routerOf } from './procedures.ts';

/** A license number, or a purchase ID as a store has it. */
const thing = z.string().trim().min(1).max(200);

export const attachRouter = routerOf({
	ask: inPerson
		.input(z.strictObject({ things: z.array(thing).min(1).max(50), language: z.enum(languages) }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<AskedAttaching> =>
			orThrow(await askAttaching(hub, input, asker))
		),
	enter: inPerson
		.input(z.strictObject({ codes: z.array(z.string().max(64)).min(1).max(20) }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<EnteredAttachCodes> =>
			orThrow(await enterAttachCodes(hub, input.codes, asker))
		),
	/** As a whole, or not at all; the key is for managers to see, who owners are. [PE1] */
	moveOwn: inPerson
		.input(z.strictObject({ number: licenseNumber, customerId: id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<Moved> =>
			orThrow(await moveOwnLicense(hub, input, asker))
		)
});
