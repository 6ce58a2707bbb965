/**
 * Whose desk a page shows. Each person who signs in has a database of their own, and what is made
 * with nobody signed in lies in the device's: a page opens one of them and shows it for as long as it
 * lives. So nothing of one person can be read, used or exported by another. [PE5]
 *
 * @module
 */
import { hubOrigin } from './origin.ts';
import { TabChannel } from './tab-channel.ts';

/** Beside the databases, because it says which one to open before anything is drawn. */
const KEY = 'keyferry-owner';

const channel = new TabChannel<'changed'>(KEY);

/** User id of who was signed in when this page was loaded. */
export const owner = readOwner();

/** User id of who is signed in now, in whichever tab that happened. */
export function readOwner(): string | undefined {
	// All file:// pages of a browser share one store, and nobody signs in there.
	if (hubOrigin() === undefined) return undefined;
	try {
		return localStorage.getItem(KEY) || undefined;
	} catch {
		return undefined;
	}
}

/** Where this page goes when it is loaded anew: the desk's beginning, unless it was itself that changed. */
let then = '#/';

/**
 * From here on pages open this person's desk; those that show another's are loaded anew.
 *
 * @param place - Where in the desk this page goes on, as its address says it.
 */
export function setOwner(user: string | undefined, place = '#/'): void {
	then = place;
	localStorage.setItem(KEY, user ?? '');
	channel.tell('changed');
}

/** Whether this page still shows the desk of whoever is signed in. */
export function isCurrent(): boolean {
	return readOwner() === owner;
}

/** Hears of every tab, this one included, for as long as the page lives. */
export function onOwnerChange(listener: (place: string) => void): void {
	channel.hear(() => {
		if (!isCurrent()) listener(then);
	});
}
