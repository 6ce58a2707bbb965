/**
 * Who is signed in at this site server, for its frame and its pages.
 *
 * @module
 */
import type { SiteSession } from '#lib/protocol/site.ts';

class Frame {
	session = $state.raw<SiteSession>();
	/** Asks the server anew; set by the frame. */
	read: () => Promise<void> = () => Promise.resolve();
}

export const frame = new Frame();
