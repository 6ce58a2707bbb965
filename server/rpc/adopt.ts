/** What a restored hub has forgotten, brought back by a desk. [SY6] */
import * as z from 'zod';
import type { Refusal } from '#lib/domain/refusal.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import type { Adopted } from '#server/operations/restore/adopted.ts';
import { routerOf, signedIn } from './procedures.ts';

export const adoptRouter = routerOf({
	files: signedIn
		.input(z.strictObject({ files: z.array(z.string()).min(1).max(200) }))
		.mutation(({ ctx, input }): Promise<(Adopted | Refusal)[]> =>
			adopt(ctx.hub, input.files, ctx.asker.userId)
		)
});
