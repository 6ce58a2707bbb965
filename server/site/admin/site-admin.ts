/**
 * What the pages of a site server work with: the site itself, the account of whoever looks after it, its
 * set-up and its license.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { makeLimiter, defaultLimits } from '#server/http/rate-limit.ts';
import type { Site } from '#server/site/site.ts';
import { openGetting, type Getting } from '#server/site/unlock/getting.ts';
import { openAccount, type Account } from './account.ts';
import type { AdminPort } from './admin-port.ts';
import { openSiteSetup, type SiteSetupSteps } from './site-setup.ts';

export type SiteAdmin = {
	site: Site;
	port: AdminPort;
	account: Account;
	setup: SiteSetupSteps;
	getting: Getting;
	/** Passwords that are tried, by the address that tries. */
	guesses: {
		count(address: string): Promise<Refusal | undefined>;
		proven(address: string): Promise<void>;
	};
};

export function openSiteAdmin(site: Site, port: AdminPort): SiteAdmin {
	const account = openAccount(site.store.db, () => site.now());
	const limiter = makeLimiter(defaultLimits);
	return {
		site,
		port,
		account,
		setup: openSiteSetup({ site, port, account }),
		getting: openGetting(site),
		guesses: { count: limiter.byAccount, proven: limiter.accountProven }
	};
}
