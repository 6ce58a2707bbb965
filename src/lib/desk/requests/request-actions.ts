/**
 * What a person can do next with a request, in the order that fits. The first is the one button that
 * stands out; none stands out where there is nothing to do. [DK7]
 *
 * Only what works on this desk for this person is among them: who is signed out has nothing to submit
 * with, and what was refused for good is not sent again.
 *
 * @module
 */
import { afterRefusal } from '#lib/domain/after-refusal.ts';
import type { Refusal, RefusalCode } from '#lib/domain/refusal.ts';
import { mayWait } from '#lib/domain/seats/waiting.ts';
import type { RequestView } from './read-requests.ts';

/**
 * - `issue`: from the offline seats of this desk, at once.
 * - `submit`: to the server, now or as soon as it can be reached.
 * - `submit-again`: after a refusal that somebody has dealt with.
 * - `save-answer`, `save-request`: to be carried, as a file, a code or by sharing.
 * - `wait`, `stop-waiting`: for a seat.
 * - `sign-in`: what waits here goes out then.
 */
export type RequestAction =
	| 'issue'
	| 'submit'
	| 'submit-again'
	| 'save-answer'
	| 'save-request'
	| 'wait'
	| 'stop-waiting'
	| 'sign-in';

export type ActionFacts = Pick<
	RequestView,
	'kind' | 'state' | 'origin' | 'refusal' | 'answer' | 'answerSavedAt' | 'isSeatGone' | 'unsent'
> & {
	/** Somebody is signed in; never in the one-file desk. */
	isSignedIn: boolean;
	/** The server takes it from anyone: it proves itself, or is the return of a seat. [RE2, SY10] */
	isProven: boolean;
	/** This device has a network. */
	isOnline: boolean;
	/** The one-file desk: it reaches no server. */
	isOneFile: boolean;
	/** Offline seats of this desk cover it. */
	isIssuable: boolean;
};

export function requestActions(facts: ActionFacts): RequestAction[] {
	const { state, isSignedIn, isOneFile } = facts;
	const issue: RequestAction[] = facts.isIssuable && !facts.kind ? ['issue'] : [];
	switch (state) {
		case 'draft':
			return isOneFile ? ['save-request'] : [...issue, ...sending(facts)];
		case 'queued':
			return [...issue, 'save-request', ...signingIn(facts)];
		case 'granted':
			return facts.isSeatGone || facts.answer === undefined ? [] : ['save-answer'];
		case 'waiting':
			return [...issue, ...saving(facts), ...(isSignedIn ? (['stop-waiting'] as const) : [])];
		case 'refused':
			return [...issue, ...afterNo(facts), ...signingIn(facts)];
	}
}

function sending(facts: ActionFacts): RequestAction[] {
	const { isSignedIn, isProven, isOnline } = facts;
	// Offline it waits here and goes by itself: nobody carries what this desk sends.
	if (isSignedIn || (isProven && isOnline)) return ['submit', 'save-request'];
	return isProven ? ['save-request', 'submit'] : ['save-request', ...signingIn(facts)];
}

function signingIn({ isSignedIn, isProven, isOneFile }: ActionFacts): RequestAction[] {
	return isSignedIn || isProven || isOneFile ? [] : ['sign-in'];
}

/** A "no" is carried back to whoever brought the request. */
function saving({ answer, origin }: ActionFacts): RequestAction[] {
	return answer !== undefined && origin === 'imported' ? ['save-answer'] : [];
}

function afterNo(facts: ActionFacts): RequestAction[] {
	const { kind, refusal, answerSavedAt, isSignedIn, isProven, unsent } = facts;
	const next: RequestAction[] = [];
	if (isSignedIn && refusal && mayWait(refusal) && !kind && unsent !== 'withdraw')
		next.push('wait');
	if (!facts.isOneFile && (isSignedIn || isProven) && mayDoAgain(refusal))
		next.push('submit-again');
	// The seat may come by itself; every other "no" is first of all news for whoever waits inside.
	const isNextFirst = next[0] === 'wait' || answerSavedAt !== undefined;
	return isNextFirst ? [...next, ...saving(facts)] : [...saving(facts), ...next];
}

/** Whether the same bytes can have another answer. Codes of a newer server may. */
function mayDoAgain(refusal: Refusal | undefined): boolean {
	if (!refusal) return true;
	const table: Partial<Record<RefusalCode, { again: string }>> = afterRefusal;
	const again = table[refusal.refused]?.again ?? 'later';
	return again === 'same' || again === 'later';
}
