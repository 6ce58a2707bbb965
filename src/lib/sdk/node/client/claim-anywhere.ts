/**
 * Several addresses, in order: the first site server that grants a lease has the client. [S6]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { claimAt, type ClaimedSeat, type LeaseWishes, type CountedClient } from './claim.ts';
import type { Expecting } from './site.ts';
import type { SiteAddress } from './wire.ts';

/** Who asks where, for what. */
export type Claiming = {
	addresses: readonly SiteAddress[];
	expecting: Expecting;
	client: CountedClient;
	wishes: LeaseWishes;
};

/** @returns Of several refusals the one that says most: a site's own word before "nobody is there". */
export async function claimAnywhere({
	addresses,
	expecting,
	client,
	wishes
}: Claiming): Promise<ClaimedSeat | Refusal> {
	let most: Refusal = refuse('SITE_UNREACHABLE', { addresses: addresses.map((a) => a.origin) });
	let full: SiteAddress | undefined;
	const [only, ...others] = addresses;
	for (const address of addresses) {
		// Nobody stands in line at one server while there may be room at the next.
		const wait = wishes.wait && only && others.length === 0 ? true : undefined;
		const claimed = await claimAt(address, expecting, { client, wishes: { ...wishes, wait } });
		if (!isRefusal(claimed)) return claimed;
		if (fullWords.includes(claimed.refused)) full ??= address;
		if (saysMore(claimed, most)) most = claimed;
	}
	return wishes.wait && full && others.length > 0
		? claimAt(full, expecting, { client, wishes })
		: most;
}

/** Whoever stands in line is served. */
const fullWords = ['CLIENT_LIMIT_REACHED', 'RESOURCE_LIMIT_REACHED'];
const emptyWords = ['SITE_UNREACHABLE', 'SITE_NOT_TRUSTED', 'NO_SERVER_LICENSE'];

function saysMore(one: Refusal, other: Refusal): boolean {
	const worth = ({ refused }: Refusal) => emptyWords.indexOf(refused) + 1 || 9;
	return worth(one) > worth(other);
}
