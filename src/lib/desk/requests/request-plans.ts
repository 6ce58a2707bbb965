/**
 * One thing for many requests: which of them it will be done with, and why not with the others. [DK7]
 *
 * @module
 */
import { requestActions, type ActionFacts } from './request-actions.ts';
import type { RequestLine } from './request-query.ts';

export type RequestVerb = 'save' | 'submit' | 'remove';

/**
 * - `unanswered`: there is nothing to be saved yet.
 * - `underway`: it is on its way to the server already.
 * - `settled`: it has been answered, and the same request gets the same answer.
 * - `sign-in`: the server takes it only from somebody who is signed in.
 * - `left`: it has left this desk, so it can be removed no more.
 */
export type SkippedFor = 'unanswered' | 'underway' | 'settled' | 'sign-in' | 'left';

/** What decides beside the request itself. */
export type PlanFacts = Pick<ActionFacts, 'isSignedIn' | 'isOnline' | 'isOneFile'> & {
	/** Whether the server takes a request from anyone. */
	proves: (line: RequestLine) => boolean;
};

export function planRequests(
	verb: RequestVerb,
	lines: readonly RequestLine[],
	facts: PlanFacts
): { todo: RequestLine[]; skipped: { row: RequestLine; why: SkippedFor }[] } {
	const todo: RequestLine[] = [];
	const skipped: { row: RequestLine; why: SkippedFor }[] = [];
	for (const line of lines) {
		const why = obstacle(verb, line, facts);
		if (why === undefined) todo.push(line);
		else skipped.push({ row: line, why });
	}
	return { todo, skipped };
}

function obstacle(
	verb: RequestVerb,
	line: RequestLine,
	{ proves, ...facts }: PlanFacts
): SkippedFor | undefined {
	const { view } = line;
	if (verb === 'save') return view.answer === undefined ? 'unanswered' : undefined;
	if (verb === 'remove') return view.state === 'draft' ? undefined : 'left';
	if (view.state === 'queued' || view.state === 'waiting') return 'underway';
	const isProven = view.kind === 'return' || proves(line);
	const actions = requestActions({ ...view, ...facts, isProven, isIssuable: false });
	if (actions.includes('submit') || actions.includes('submit-again')) return undefined;
	return actions.includes('sign-in') ? 'sign-in' : 'settled';
}
