/**
 * What has just changed in the mirror, told to every tab: lists in memory follow it row by row
 * instead of being read anew.
 *
 * @module
 */
import type { LicenseSummary } from '#lib/search/license-summary.ts';
import type { ActivationSummary } from '#lib/search/activation-summary.ts';
import { owner } from '#lib/desk/store/owner.ts';
import { TabChannel } from '#lib/desk/store/tab-channel.ts';

export type MirrorNews = {
	/** Rows that were written: telling them costs less than reading them again one by one. */
	licenses: LicenseSummary[];
	machines: ActivationSummary[];
	/** Customers whose rows were removed before. */
	gone: string[];
};

/** Tabs that show one person's desk hear each other, and no others. [PE5] */
const channel = new TabChannel<MirrorNews>(`keyferry-mirror-${owner ?? ''}`);

export function tellMirrorNews(news: Partial<MirrorNews>): void {
	channel.tell({ licenses: [], machines: [], gone: [], ...news });
}

/** Hears news of every tab, this one included, for as long as the page lives. */
export function onMirrorNews(listener: (news: MirrorNews) => void): void {
	channel.hear(listener);
}
