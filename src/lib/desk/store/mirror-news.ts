/**
 * What has just changed in the mirror, told to every tab: lists in memory follow it row by row
 * instead of being read anew.
 *
 * @module
 */

import type { LicenseSummary } from '#lib/search/license-table.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';

const NAME = 'keyferry-mirror';

export type MirrorNews = {
	/** Rows that were written: telling them costs less than reading them again one by one. */
	licenses: LicenseSummary[];
	machines: Pick<ActivationRow, 'id' | 'licenseId' | 'label' | 'name'>[];
	/** Customers whose rows were removed before. */
	gone: string[];
	/** Everything was removed before. */
	cleared?: true;
};

/** Who tells does not hear itself, so telling and listening have a channel each. */
const speaker = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME);

export function tellMirrorNews(news: Partial<MirrorNews>): void {
	speaker?.postMessage({ licenses: [], machines: [], gone: [], ...news } satisfies MirrorNews);
}

/** Hears news of every tab, this one included, for as long as the page lives. */
export function onMirrorNews(take: (news: MirrorNews) => void): void {
	if (typeof BroadcastChannel === 'undefined') return;
	const ear = new BroadcastChannel(NAME);
	ear.addEventListener('message', ({ data }) => take(data as MirrorNews));
}
