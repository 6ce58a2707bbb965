/**
 * Answers that have to go back to their machines and have not left this desk yet. [DK7]
 *
 * @module
 */
import { listAnswers } from '#lib/desk/files/newest-answers.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';
import { strict } from '#lib/desk/store/database.ts';
import { listRequests, type RequestView } from './read-requests.ts';
import { isToCarry } from './request-groups.ts';

/** Of the requests that this desk made or carries, and of others whose answers were brought here. */
export async function listToCarry(): Promise<FileRow[]> {
	const [answers, requests] = await Promise.all([listAnswers(), listRequests()]);
	const views = new Map(requests.map((view) => [view.jti, view]));
	const standing = await strict.activations.bulkGet(
		answers.map(({ summary }) => summary.act ?? '')
	);
	return answers.filter((answer, at) => {
		const gone = standing[at] !== undefined && standing[at].state !== 'active';
		const view = views.get(answer.request ?? '');
		return view ? isToCarry(view) && !isGone(view, gone) : !gone && answer.savedAt === undefined;
	});
}

/** The seat was given up meanwhile: its activation file is of no use to anybody. */
function isGone({ kind, state }: RequestView, gone: boolean): boolean {
	return kind === undefined && state === 'granted' && gone;
}
