/**
 * The steps of a site server's first run. [ST2]
 *
 * @module
 */
import * as z from 'zod';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { doctorTexts } from '#lib/messages/doctor.ts';
import { languages } from '#lib/messages/words/message.ts';
import type { SiteFinding, SiteSetup } from '#lib/protocol/site.ts';
import { reach } from '#server/rpc/inputs.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import { admin, forAnybody, siteRouterOf } from './procedures.ts';

const done = async (refused: Promise<Refusal | undefined> | Refusal | undefined): Promise<null> => {
	const refusal = await refused;
	if (refusal) throw new RefusalError(refusal);
	return null;
};

export const setup = siteRouterOf({
	/** Whoever may make the account is told as much as the admin: there is nothing else yet. */
	state: forAnybody.query(({ ctx }): SiteSetup => {
		if (!ctx.session.isSignedIn && !ctx.session.isNew)
			throw new RefusalError(refuse('SIGN_IN_REQUIRED', {}));
		return ctx.admin.setup.state();
	}),
	reach: admin.input(reach).mutation(({ ctx, input }) => done(ctx.admin.setup.setReach(input))),
	settleReach: admin.mutation(({ ctx }) => done(ctx.admin.setup.settle('reach'))),
	examine: admin
		.input(z.strictObject({ language: z.enum(languages) }))
		.query(async ({ ctx, input: { language } }): Promise<SiteFinding[]> => {
			const { names } = doctorTexts[language];
			const found = await ctx.admin.port.examine(language);
			// Its license is what the next step is about.
			return found
				.filter(({ name }) => name !== 'license')
				.map((each) => ({ ...each, title: names[each.name] ?? each.name }));
		}),
	settleCheck: admin.mutation(({ ctx }) => done(ctx.admin.setup.settle('check'))),
	/** A license is there, or is to come later. */
	settleLicense: admin.mutation(({ ctx }) => done(ctx.admin.setup.settle('license')))
});
