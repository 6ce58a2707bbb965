import { describe, expect, test } from 'vitest';
import { refuse } from '#lib/domain/refusal.ts';
import { requestActions, type ActionFacts, type RequestAction } from './request-actions.ts';

const FACTS: ActionFacts = {
	state: 'draft',
	origin: 'imported',
	isSignedIn: true,
	isProven: false,
	isOnline: true,
	isOneFile: false,
	isIssuable: false
};
const noSeat = refuse('SEAT_LIMIT_REACHED', { number: 'KF', seats: 1, used: 1, contact: 'c' });
const forever = refuse('LICENSE_MOVED', { number: 'KF', successor: 'KF2', contact: 'c' });
const expired = refuse('LICENSE_EXPIRED', { number: 'KF', expiredAt: 1, contact: 'c' });
const out = { isSignedIn: false };
const lost = { state: 'refused', refusal: noSeat, answer: 'no' } as const;

describe('[DK7] the order of what can be done next', () => {
	test.for<[string, Partial<ActionFacts>, RequestAction[]]>([
		['signed in', {}, ['submit', 'save-request']],
		['signed in and offline: it goes by itself', { isOnline: false }, ['submit', 'save-request']],
		['signed out: nobody here can submit it', out, ['save-request', 'sign-in']],
		['signed out and offline', { ...out, isOnline: false }, ['save-request', 'sign-in']],
		['signed out, but it proves itself', { ...out, isProven: true }, ['submit', 'save-request']],
		[
			'signed out and offline, and it proves itself',
			{ ...out, isProven: true, isOnline: false },
			['save-request', 'submit']
		],
		['the one-file desk', { ...out, isOneFile: true, isProven: true }, ['save-request']],
		[
			'offline seats cover it',
			{ ...out, isIssuable: true, isOnline: false },
			['issue', 'save-request', 'sign-in']
		],
		[
			'offline seats issue no return',
			{ isIssuable: true, kind: 'return' },
			['submit', 'save-request']
		],
		['queued', { state: 'queued' }, ['save-request']],
		['queued and signed out', { ...out, state: 'queued' }, ['save-request', 'sign-in']],
		['granted', { state: 'granted', answer: 'yes' }, ['save-answer']],
		['granted, and its answer is not here yet', { state: 'granted' }, []],
		['granted and given back', { state: 'granted', answer: 'yes', isSeatGone: true }, []],
		['waiting for a seat', { ...lost, state: 'waiting' }, ['save-answer', 'stop-waiting']],
		['waiting for a seat, signed out', { ...lost, ...out, state: 'waiting' }, ['save-answer']],
		[
			'waiting, asked by this desk',
			{ ...lost, state: 'waiting', origin: 'made' },
			['stop-waiting']
		],
		['no seat', lost, ['wait', 'submit-again', 'save-answer']],
		['no seat, signed out', { ...lost, ...out }, ['save-answer', 'sign-in']],
		[
			'no seat, and it is being told not to wait',
			{ ...lost, unsent: 'withdraw' },
			['save-answer', 'submit-again']
		],
		['refused until somebody acts', { ...lost, refusal: expired }, ['save-answer', 'submit-again']],
		[
			'refused until somebody acts, and the "no" is carried',
			{ ...lost, refusal: expired, answerSavedAt: 1 },
			['submit-again', 'save-answer']
		],
		['refused for good', { ...lost, refusal: forever }, ['save-answer']],
		['refused for good, asked by this desk', { ...lost, refusal: forever, origin: 'made' }, []]
	])('%s', ([, facts, actions]) => {
		expect(requestActions({ ...FACTS, ...facts })).toEqual(actions);
	});
});
