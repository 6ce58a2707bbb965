/** How site servers are used, as they have reported it. [US3] */
import * as z from 'zod';
import type { ReportedUse } from '#lib/protocol/catalog.ts';
import { listUsage } from '#server/operations/usage/list-usage.ts';
import { id } from './inputs.ts';
import { orThrow, routerOf, signedIn } from './procedures.ts';

export const reportedUseRouter = routerOf({
	list: signedIn
		.input(z.strictObject({ customerId: id }))
		.query(async ({ ctx, input }): Promise<ReportedUse[]> =>
			orThrow(await listUsage(ctx.hub, input.customerId, ctx.asker))
		)
});
