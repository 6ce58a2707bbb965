/**
 * What this desk holds, in numbers.
 *
 * @module
 */
import { strict } from '#lib/desk/store/database.ts';
import { listAnswers } from '#lib/desk/files/newest-answers.ts';
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
	/** Answers that were never saved or shown. */
	unsavedAnswers: number;
};

export async function overview(): Promise<Overview> {
	const [keys, requests, answers] = await Promise.all([
		strict.keys.count(),
		listRequests(),
		listAnswers()
	]);
	const of = (state: RequestState) => requests.filter((row) => row.state === state).length;
	return {
		keys,
		drafts: of('draft'),
		queued: of('queued'),
		granted: of('granted'),
		refused: of('refused'),
		waiting: of('waiting'),
		unsavedAnswers: answers.filter(({ savedAt }) => savedAt === undefined).length
	};
}
