/**
 * What the pages of a site server call: one router per noun.
 *
 * @module
 */
import { accountProcedures as account } from './account.ts';
import { clients } from './clients.ts';
import { license } from './license.ts';
import { log } from './log.ts';
import { siteRouterOf } from './procedures.ts';
import { resources } from './resources.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { usage } from './usage.ts';

export const siteRouter = siteRouterOf({
	account,
	setup,
	license,
	clients,
	resources,
	log,
	usage,
	settings
});

/** All that the pages know of the server. */
export type SiteRouter = typeof siteRouter;
