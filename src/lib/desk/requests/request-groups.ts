/**
 * Which pile a request lies on, as a person sorts them: what is still to be done with it. [DK7]
 *
 * @module
 */
import type { RequestView } from './read-requests.ts';

/** As the address of the list says them: `#/requests?is=to-carry`. */
export const requestGroups = ['to-submit', 'waiting', 'to-carry', 'refused', 'done'] as const;
export type RequestGroup = (typeof requestGroups)[number];

/** What decides it. */
export type Piled = Pick<
	RequestView,
	'state' | 'origin' | 'answer' | 'answerSavedAt' | 'isSeatGone'
>;

/**
 * Whether its answer has to go back to the machine and has not left this desk yet. A "no" is carried to
 * whoever brought the request; whoever made it here has read it.
 */
export function isToCarry(view: Piled): boolean {
	const { state, origin, answer, answerSavedAt, isSeatGone } = view;
	if (answer === undefined || answerSavedAt !== undefined || isSeatGone) return false;
	return state === 'granted' || (origin === 'imported' && state !== 'queued' && state !== 'draft');
}

/** Granted, and its answer is still on its way here. */
function isComing({ state, answer, isSeatGone }: Piled): boolean {
	return state === 'granted' && answer === undefined && !isSeatGone;
}

/** At least one; a refusal that is to be carried back lies on two. */
export function groupsOf(view: Piled): RequestGroup[] {
	const groups: RequestGroup[] = [];
	if (view.state === 'draft') groups.push('to-submit');
	if (view.state === 'queued' || view.state === 'waiting' || isComing(view)) groups.push('waiting');
	if (isToCarry(view)) groups.push('to-carry');
	if (view.state === 'refused') groups.push('refused');
	return groups.length === 0 ? ['done'] : groups;
}

/** How many requests lie on each. */
export function countGroups(views: readonly Piled[]): Record<RequestGroup, number> {
	const counts = { 'to-submit': 0, waiting: 0, 'to-carry': 0, refused: 0, done: 0 };
	for (const view of views) for (const group of groupsOf(view)) counts[group] += 1;
	return counts;
}
