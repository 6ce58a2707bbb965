/**
 * What has just changed in the mirror, told to every tab: lists in memory follow it row by row
 * instead of being read anew.
 *
 * @module
 */
import { alikeByCustomer, rowsOf, type Alike } from '#lib/protocol/alike.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';
import type { ActivationSummary } from '#lib/search/activations/activation-summary.ts';
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
const channel = new TabChannel<ToldNews>(`keyferry-mirror-${owner ?? ''}`);

/** Copying thousands of whole rows for other tabs would take as long as storing them. */
type ToldNews = {
	licenses: Alike<LicenseSummary>[];
	machines: Alike<ActivationSummary>[];
	gone: string[];
};

export function tellMirrorNews({
	licenses = [],
	machines = [],
	gone = []
}: Partial<MirrorNews>): void {
	channel.tell({
		licenses: alikeByCustomer(licenses),
		machines: alikeByCustomer(machines),
		gone
	});
}

/** Hears news of every tab, this one included, for as long as the page lives. */
export function onMirrorNews(listener: (news: MirrorNews) => void): void {
	channel.hear(({ licenses, machines, gone }) => {
		const told = { licenses: licenses.flatMap((some) => rowsOf(some)), gone };
		listener({ ...told, machines: machines.flatMap((some) => rowsOf(some)) });
	});
}
