/** The vendor's face: anybody sees it, admins change it. [VF1] */
import * as z from 'zod';
import { isHexColor } from '#lib/domain/vendor/accent.ts';
import type { Face, StoredFace } from '#lib/protocol/face.ts';
import { changeFace, storedFace, toldFace } from '#server/hub/face.ts';
import { email, text } from './inputs.ts';
import { anybody, orThrow, routerOf, vendorMay } from './procedures.ts';

/** Base64 of somewhat more than a logo may be: whoever sends it looks at it first. */
const LOGO_LENGTH = 128 * 1024;

export const faceRouter = routerOf({
	/** `null` where it is still the one that is known. */
	read: anybody
		.input(z.strictObject({ known: z.string().max(64).optional() }))
		.query(async ({ ctx, input }): Promise<Face | null> => {
			const face = await toldFace(ctx.hub.db);
			return face.version === input.known ? null : face;
		}),
	stored: vendorMay('hub.settings').query(({ ctx }): Promise<StoredFace> => storedFace(ctx.hub.db)),
	change: vendorMay('hub.settings')
		.input(
			z.strictObject({
				name: text.nullable().optional(),
				support: email.nullable().optional(),
				accent: z.string().refine(isHexColor).nullable().optional(),
				logo: z.base64().max(LOGO_LENGTH).nullable().optional()
			})
		)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<StoredFace> =>
			orThrow(await changeFace(hub, input, asker.userId))
		)
});
