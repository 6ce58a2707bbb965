/**
 * Asking for a round of sync, wherever something was stored that the hub is to hear of. Rooms that
 * store need not know how sync works: `sync/` listens.
 *
 * @module
 */
import { TabChannel } from './tab-channel.ts';

const channel = new TabChannel<'now'>('keyferry-sync-now');

/** Syncs at once, whichever tab does it. */
export function syncNow(): void {
	channel.tell('now');
}

/** @param signal - Ends the listening. */
export function onSyncNow(listener: () => void, signal: AbortSignal): void {
	channel.hear(listener, signal);
}
