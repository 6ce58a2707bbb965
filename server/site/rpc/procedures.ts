/**
 * The kinds of procedures that the pages of a site server call. Nothing but the account itself is told to
 * whoever is not signed in. [ST3]
 *
 * @module
 */
import { initTRPC } from '@trpc/server';
import { refuse } from '#lib/domain/refusal.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { refusalOf } from '#server/rpc/procedures.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import type { SiteAdmin } from '#server/site/admin/site-admin.ts';

export type SiteContext = {
	admin: SiteAdmin;
	site: SiteAdmin['site'];
	/** Of whoever asks. */
	session: {
		isSignedIn: boolean;
		/** Came by the link of the console, while there is no account. */
		isNew: boolean;
		address: string;
		/** Signs the browser in. */
		begin: () => void;
		/** Signs it out. */
		end: () => void;
	};
};

const trpc = initTRPC.context<SiteContext>().create({
	isDev: false,
	errorFormatter({ shape, error }) {
		const refusal = refusalOf(error);
		const message = refusal ? refusal.refused : error.code;
		return { ...shape, message, data: { ...shape.data, refusal } };
	}
});

export const siteRouterOf = trpc.router;

/** For anybody: only about being signed in. */
export const forAnybody = trpc.procedure.use(async ({ next }) => {
	const result = await next();
	const refusal = result.ok ? undefined : refusalOfFault(result.error);
	if (refusal && !result.ok) throw new RefusalError(refusal, result.error);
	return result;
});

/** For the admin alone. */
export const admin = forAnybody.use(({ ctx, next }) => {
	if (!ctx.session.isSignedIn) throw new RefusalError(refuse('SIGN_IN_REQUIRED', {}));
	return next();
});
