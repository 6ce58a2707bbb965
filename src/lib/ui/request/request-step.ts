/**
 * The one sentence above a request: what happens next, or what somebody has to do. [DK7]
 *
 * @module
 */
import type { RequestsTexts } from '#lib/messages/en/requests.ts';

export type RequestStep = keyof RequestsTexts['next'];

export type NextFacts = {
	kind?: 'return';
	state: 'draft' | 'queued' | 'granted' | 'refused' | 'waiting';
	origin: 'made' | 'imported';
	/** Of a return: its seat is free, or cools until then. */
	freed?: true | number;
	/** Absent where it has not come yet. */
	answer?: string;
	/** Its answer was saved or shown to be carried back. */
	isSaved: boolean;
	/** Its seat was given back since, or its machine retired. */
	isSeatGone: boolean;
	isSignedIn: boolean;
	/** The server takes it from anyone. */
	isProven: boolean;
	isOnline: boolean;
	isOneFile: boolean;
};

export function requestStep(facts: NextFacts): RequestStep {
	const { kind, state, origin, isSaved, isSignedIn, isProven, isOnline, isOneFile } = facts;
	if (kind === 'return') return nextOfReturn(facts);
	if (state === 'granted') return nextOfGranted(facts);
	const isNews = origin === 'imported' && !isSaved;
	if (state === 'waiting') return isNews ? 'waitingCarry' : 'waiting';
	if (state === 'refused') return isNews ? 'refused' : 'refusedHere';
	if (isOneFile) return 'oneFile';
	if (state === 'queued') return isSignedIn || isProven ? 'queued' : 'queuedSignIn';
	if (isSignedIn) return 'submit';
	if (isProven) return isOnline ? 'submitOrSave' : 'saveOrWait';
	return 'save';
}

function nextOfGranted({ isSeatGone, isSaved, answer }: NextFacts): RequestStep {
	if (isSeatGone) return 'seatGone';
	if (answer === undefined) return 'answerComing';
	return isSaved ? 'saved' : 'granted';
}

function nextOfReturn(facts: NextFacts): RequestStep {
	const { state, freed, isOnline, isOneFile } = facts;
	if (state === 'refused') return 'returnRefused';
	if (state === 'granted')
		return freed === undefined ? 'receipt' : freed === true ? 'returned' : 'cooling';
	if (isOneFile) return 'oneFile';
	// Whoever brings what has happened needs no account.
	if (state === 'queued') return 'queued';
	return isOnline ? 'submitOrSave' : 'saveOrWait';
}
