/**
 * What this desk holds, in numbers.
 *
 * @module
 */
import { strict } from '#lib/desk/store/database.ts';
import { listToCarry } from './answers-to-carry.ts';
import { listRequests } from './read-requests.ts';
import type { RequestState } from './request-status.ts';

export type Overview = {
	keys: number;
	drafts: number;
	queued: number;
	granted: number;
	refused: number;
	/** Refused, and waiting for a seat. */
	waiting: number;
	/** Answers that have to go back to their machines and have not left this desk yet. */
	toCarry: number;
};

export async function overview(): Promise<Overview> {
	const [keys, requests] = await Promise.all([strict.keys.count(), listRequests()]);
	const toCarry = await listToCarry(requests);
	const of = (state: RequestState) => requests.filter((row) => row.state === state).length;
	return {
		keys,
		drafts: of('draft'),
		queued: of('queued'),
		granted: of('granted'),
		refused: of('refused'),
		waiting: of('waiting'),
		toCarry: toCarry.length
	};
}
