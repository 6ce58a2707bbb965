/** Seats that are set aside for desks. [AL1, AL4] */
import * as z from 'zod';
import type { AllotmentRow } from '#lib/protocol/rows.ts';
import {
	endAllotment,
	writeOffAllotment,
	type AllotmentStanding
} from '#server/operations/allotments/end-allotment.ts';
import { listAllotments } from '#server/operations/allotments/allotment-rows.ts';
import { id, text } from './inputs.ts';
import { orThrow, routerOf, signedIn } from './procedures.ts';

const whichAllotment = z.strictObject({ allotment: id, reason: text });

export const allotmentRouter = routerOf({
	list: signedIn.query(({ ctx }): Promise<AllotmentRow[]> => listAllotments(ctx.hub, ctx.asker)),
	end: signedIn
		.input(whichAllotment)
		.mutation(async ({ ctx, input }): Promise<AllotmentStanding> =>
			orThrow(await endAllotment(ctx.hub, input, ctx.asker))
		),
	writeOff: signedIn
		.input(whichAllotment.extend({ early: z.boolean().optional() }))
		.mutation(async ({ ctx, input }): Promise<AllotmentStanding> =>
			orThrow(await writeOffAllotment(ctx.hub, input, ctx.asker))
		)
});
