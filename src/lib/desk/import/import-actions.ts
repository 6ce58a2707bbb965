/**
 * What can be done with what was imported, in the order that fits: the first is the one button that
 * stands out. Only what works on this desk for this person is among them. [DK7]
 *
 * @module
 */

/**
 * - `issue`: from the offline seats of this desk, at once.
 * - `submit`: requests and returns, to the server.
 * - `keep`: what is new, on this desk.
 * - `sign-in`: what cannot be submitted otherwise.
 * - `save`: answers, to be carried back.
 */
export type ImportAction = 'issue' | 'submit' | 'keep' | 'sign-in' | 'save';

export type ImportFacts = {
	/** How many of each there are. */
	toIssue: number;
	toSubmit: number;
	fresh: number;
	answers: number;
	isSignedIn: boolean;
	/** The server takes all that is to be submitted from anyone. [RE2, SY10] */
	isProven: boolean;
	/** The one-file desk: it reaches no server. */
	isOneFile: boolean;
};

export function importActions(facts: ImportFacts): ImportAction[] {
	const { toIssue, toSubmit, fresh, answers, isSignedIn, isProven, isOneFile } = facts;
	const actions: ImportAction[] = [];
	const isAsking = toSubmit > 0 && !isOneFile;
	const goesOut = isSignedIn || isProven;
	if (toIssue > 0) actions.push('issue');
	if (isAsking && goesOut) actions.push('submit');
	else if (fresh > 0) actions.push('keep');
	if (isAsking && !goesOut) actions.push('sign-in');
	if (answers > 0) actions.push('save');
	return actions;
}
