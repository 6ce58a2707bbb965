/**
 * The site's one account: made by whoever reads the console, signed in by name and password. [ST2, ST3]
 *
 * @module
 */
import * as z from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import type { SiteSession } from '#lib/protocol/site.ts';
import { text } from '#server/rpc/inputs.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import { admin, forAnybody, siteRouterOf } from './procedures.ts';

const credentials = z.strictObject({ name: text, password: z.string().max(200) });

export const accountProcedures = siteRouterOf({
	me: forAnybody.query(({ ctx: { admin, site: own, session } }): SiteSession => {
		const { account, setup } = admin;
		const { isSignedIn, isNew } = session;
		const name = account.name();
		const state =
			name === undefined ? (isNew ? 'new' : 'closed') : isSignedIn ? 'signed-in' : 'signed-out';
		const reach = setup.reach();
		const isSetUp = setup.next() === undefined;
		const site = reach && own.name();
		return isSignedIn
			? { state, site, isSetUp, admin: name, address: reach?.url }
			: { state, site, isSetUp };
	}),
	make: forAnybody.input(credentials).mutation(async ({ ctx, input }): Promise<null> => {
		if (!ctx.session.isNew) throw new RefusalError(refuse('SIGN_IN_REQUIRED', {}));
		const refused = await ctx.admin.account.make(input);
		if (refused) throw new RefusalError(refused);
		ctx.session.begin();
		return null;
	}),
	signIn: forAnybody.input(credentials).mutation(async ({ ctx, input }): Promise<null> => {
		const { account, guesses } = ctx.admin;
		// Counted before it is looked at: of many at once none slips through.
		const limited = await guesses.count(ctx.session.address);
		if (limited) throw new RefusalError(limited);
		if (!(await account.proves(input)))
			throw new RefusalError(refuse('ADMIN_SIGN_IN_REFUSED', { name: input.name }));
		await guesses.proven(ctx.session.address);
		ctx.session.begin();
		return null;
	}),
	signOut: forAnybody.mutation(({ ctx }): null => {
		ctx.session.end();
		return null;
	}),
	setPassword: admin
		.input(z.strictObject({ old: z.string().max(200), password: z.string().max(200) }))
		.mutation(async ({ ctx, input }): Promise<null> => {
			const { account, guesses } = ctx.admin;
			const limited = await guesses.count(ctx.session.address);
			if (limited) throw new RefusalError(limited);
			const name = account.name() ?? '';
			if (!(await account.proves({ name, password: input.old })))
				throw new RefusalError(refuse('ADMIN_SIGN_IN_REFUSED', { name }));
			await guesses.proven(ctx.session.address);
			const refused = await account.setPassword(input.password);
			if (refused) throw new RefusalError(refused);
			ctx.session.begin();
			return null;
		})
});
