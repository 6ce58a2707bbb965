/**
 * What has just changed in the mirror, told to every tab: lists in memory follow it row by row
 * instead of being read anew.
 *
 * @module
 */

const NAME = 'keyferry-mirror';

export type MirrorNews = {
	/** Ids of licenses, and `act`s of activations, that were written. */
	licenses: string[];
	activations: string[];
	/** Customers whose rows were removed before. */
	gone: string[];
	/** Everything was removed before. */
	cleared?: true;
};

/** Who tells does not hear itself, so telling and listening have a channel each. */
const speaker = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME);

export function tellMirrorNews(news: Partial<MirrorNews>): void {
	speaker?.postMessage({ licenses: [], activations: [], gone: [], ...news } satisfies MirrorNews);
}

/** Hears news of every tab, this one included, for as long as the page lives. */
export function onMirrorNews(take: (news: MirrorNews) => void): void {
	if (typeof BroadcastChannel === 'undefined') return;
	const ear = new BroadcastChannel(NAME);
	ear.addEventListener('message', ({ data }) => take(data as MirrorNews));
}
