/**
 * How often the kernel was asked to sync, counted on one thread and read on another.
 *
 * @module
 */
export type SyncCount = Int32Array<SharedArrayBuffer>;

/** Places in a count. */
export const SYNCED = { files: 0, directories: 1 } as const;

export function newSyncCount(): SyncCount {
	return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}
