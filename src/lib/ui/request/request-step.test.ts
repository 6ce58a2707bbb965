import { describe, expect, test } from 'vitest';
import { requestStep, type NextFacts, type RequestStep } from './request-step.ts';

const FACTS: NextFacts = {
	state: 'draft',
	origin: 'imported',
	isSaved: false,
	isSeatGone: false,
	isSignedIn: true,
	isProven: false,
	isOnline: true,
	isOneFile: false
};
const out = { isSignedIn: false };
const back = { kind: 'return' } as const;

describe('[DK7] what happens next, in one sentence', () => {
	test.for<[string, Partial<NextFacts>, RequestStep]>([
		['a draft', {}, 'submit'],
		['a draft, offline', { isOnline: false }, 'submit'],
		['a draft, signed out', out, 'save'],
		['a draft that proves itself', { ...out, isProven: true }, 'submitOrSave'],
		[
			'a draft that proves itself, offline',
			{ ...out, isProven: true, isOnline: false },
			'saveOrWait'
		],
		['in the one-file desk', { ...out, isOneFile: true }, 'oneFile'],
		['queued', { state: 'queued' }, 'queued'],
		['queued, signed out', { ...out, state: 'queued' }, 'queuedSignIn'],
		['queued, and it proves itself', { ...out, state: 'queued', isProven: true }, 'queued'],
		['granted', { state: 'granted', answer: 'yes' }, 'granted'],
		['granted, and its answer is not here yet', { state: 'granted' }, 'answerComing'],
		['granted and saved', { state: 'granted', answer: 'yes', isSaved: true }, 'saved'],
		['granted and given back', { state: 'granted', isSeatGone: true }, 'seatGone'],
		['refused', { state: 'refused' }, 'refused'],
		['refused, and the "no" was carried', { state: 'refused', isSaved: true }, 'refusedHere'],
		['refused, asked by this desk', { state: 'refused', origin: 'made' }, 'refusedHere'],
		['waiting for a seat', { state: 'waiting' }, 'waitingCarry'],
		['waiting for a seat, asked by this desk', { state: 'waiting', origin: 'made' }, 'waiting'],
		['a return', { ...back, ...out }, 'submitOrSave'],
		['a return, offline', { ...back, isOnline: false }, 'saveOrWait'],
		['a return on its way', { ...back, ...out, state: 'queued' }, 'queued'],
		['a return that freed the seat', { ...back, state: 'granted', freed: true }, 'returned'],
		['a return whose seat cools', { ...back, state: 'granted', freed: 9 }, 'cooling'],
		['a return that is recorded', { ...back, state: 'granted' }, 'receipt'],
		['a return that was refused', { ...back, state: 'refused' }, 'returnRefused']
	])('%s', ([, facts, step]) => {
		expect(requestStep({ ...FACTS, ...facts })).toBe(step);
	});
});
