/**
 * What a person holds on this device, for whoever signs out. [PE5]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { strict } from '#lib/desk/store/database.ts';
import { waitingCommands } from '#lib/desk/store/outbox.ts';
import { listOwnAllotments } from './allotments.ts';

export type Holdings = {
	/** Requests and returns, answers and other files, license keys. */
	requests: number;
	files: number;
	keys: number;
	/** Ids of the commands that the hub has not settled. */
	unsent: string[];
	/** Offline seats that nothing was issued from yet, and until when they are blocked without this desk. */
	seats: number;
	blockedUntil: Seconds;
};

/** The hub frees what a block still sets aside so long after its last file has ended. [AL4] */
const AFTER_FILES = 48 * 3600;

export async function readHoldings(): Promise<Holdings> {
	const [requests, files, keys, waiting, allotments] = await Promise.all([
		strict.requests.count(),
		strict.files.count(),
		strict.keys.count(),
		waitingCommands(),
		listOwnAllotments()
	]);
	const open = allotments.filter(({ state, left }) => state === 'open' && left > 0);
	return {
		requests,
		files,
		keys,
		unsent: waiting.map(({ id }) => id),
		seats: open.reduce((sum, { left }) => sum + left, 0),
		blockedUntil: Math.max(0, ...open.map(({ filesUntil }) => filesUntil + AFTER_FILES))
	};
}
