/**
 * Answers that have to go back to their machines and have not left this desk yet. [DK7]
 *
 * @module
 */
import { listAnswers } from '#lib/desk/files/newest-answers.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';
import { mirroredActivations } from '#lib/desk/mirror/mirrored.ts';
import { listRequests, type RequestView } from './read-requests.ts';
import { isToCarry } from './request-groups.ts';

/**
 * Of the requests that this desk made or carries, and of others whose answers were brought here.
 *
 * @param known - All requests, where they have just been read.
 */
export async function listToCarry(known?: readonly RequestView[]): Promise<FileRow[]> {
	const [answers, requests] = await Promise.all([listAnswers(), known ?? listRequests()]);
	const views = new Map(requests.map((view) => [view.jti, view]));
	const standing = await mirroredActivations.bulkGet(
		answers.map(({ summary }) => summary.act ?? '')
	);
	return answers.filter((answer, at) => {
		const view = views.get(answer.request ?? '');
		if (view) return isToCarry(view);
		const isGone = standing[at] !== undefined && standing[at].state !== 'active';
		return !isGone && answer.savedAt === undefined;
	});
}
