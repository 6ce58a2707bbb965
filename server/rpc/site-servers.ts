/** Site servers that ask for a license, answered by people. [GL2] */
import * as z from 'zod';
import {
	approveServerCode,
	denyServerCode,
	type ApprovedServer
} from '#server/operations/site-servers/answer-server-code.ts';
import {
	openServerCode,
	type OpenServerCode
} from '#server/operations/site-servers/open-server-code.ts';
import { licenseNumber } from './inputs.ts';
import { guessing, inPerson, routerOf } from './procedures.ts';

const code = z.string().max(64);

export const siteServerRouter = routerOf({
	// Not a query: it makes the code theirs, and codes are to stand in no address.
	open: inPerson
		.input(z.strictObject({ code }))
		.mutation(({ ctx, input }): Promise<OpenServerCode> =>
			guessing(ctx, () => openServerCode(ctx.hub, input.code, ctx.asker))
		),
	approve: inPerson
		.input(z.strictObject({ code, number: licenseNumber }))
		.mutation(({ ctx, input }): Promise<ApprovedServer> =>
			guessing(ctx, () => approveServerCode(ctx.hub, input, ctx.asker))
		),
	deny: inPerson
		.input(z.strictObject({ code }))
		.mutation(({ ctx, input }): Promise<null> =>
			guessing(ctx, () => denyServerCode(ctx.hub, input.code, ctx.asker))
		)
});
