/**
 * The connection of a product that holds its license itself: there is no seat to lose. [S4]
 *
 * @module
 */
import type { ListedResource } from '#lib/protocol/lease.ts';
import { EventEmitter } from 'node:events';
import type { ConnectionEvents } from './client/connection-events.ts';

export class FileConnection extends EventEmitter<ConnectionEvents> {
	readonly lease = undefined;
	readonly left = Number.POSITIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;

	/** Holds no process back from its end. A fault of the disk is said by the next status, not from here. */
	every(milliseconds: number, look: () => Promise<void>): void {
		this.#timer = setInterval(() => void look().catch(() => {}), milliseconds).unref();
	}

	resources(): Promise<ListedResource[]> {
		return Promise.resolve([]);
	}

	close(): Promise<void> {
		clearInterval(this.#timer);
		return Promise.resolve();
	}
}
