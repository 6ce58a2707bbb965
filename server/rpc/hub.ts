/** The hub itself: its audit, and its clock after a leap. [AU1, CL3] */
import * as z from 'zod';
import { auditPage, type AuditPage } from '#server/operations/audit/audit-pages.ts';
import { id } from './inputs.ts';
import { routerOf, staff } from './procedures.ts';

export const auditRouter = routerOf({
	page: staff
		.input(z.strictObject({ customerId: id, after: z.int().min(0) }))
		.query(({ ctx, input }): Promise<AuditPage> => auditPage(ctx.hub.db, input))
});

export const timeRouter = routerOf({
	confirm: staff.mutation(({ ctx }) => ctx.hub.confirmTime(ctx.asker.userId))
});
