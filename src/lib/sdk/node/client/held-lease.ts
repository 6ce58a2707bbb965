/**
 * A lease as its holder sees it, and how long work may go on with it. [LC2]
 *
 * @module
 */
import type { VersionWarning } from '#lib/domain/site/client-version.ts';
import type { GrantedLease } from './claim.ts';
import { monotonic } from './monotonic.ts';

export type HeldLease = {
	id: string;
	/** As the site counts this client. */
	client: string;
	/** Of the license that it is one of. */
	number: string;
	entitlements: string[];
	resource?: string;
	/** Name of the site, and its version of the product. */
	site: string;
	serverVersion?: string;
	/** Where it was granted. */
	address: string;
	since: number;
	/** By this machine's clock, until when it lives without a renewal, at the least. */
	until: number;
	warning?: VersionWarning;
};

/** By both clocks of the machine, in milliseconds: the monotonic one stands still while it sleeps. */
export type Moment = { at: number; wall: number };

/** @param at - Monotonic milliseconds. */
export function momentOf(at: number): Moment {
	return { at, wall: Date.now() - (monotonic() - at) };
}

/** The grace begins with the server's last word, and no lease ends before its time. */
export function usableUntil({
	granted,
	lastWord
}: {
	granted: Pick<GrantedLease, 'until' | 'lease'>;
	lastWord: Moment;
}): number {
	return Math.max(granted.until, lastWord.at + granted.lease.grace * 1000);
}

export function describeLease({ lease, license, site, until, warning }: GrantedLease): HeldLease {
	return {
		id: lease.jti,
		client: lease.cid,
		number: license.activation.num,
		entitlements: license.activation.ent,
		resource: lease.res,
		site: site.info.name,
		serverVersion: lease.pv,
		address: site.address.origin,
		since: lease.iat,
		until: Math.floor(momentOf(until).wall / 1000),
		warning
	};
}
