import { describe, expect, test } from 'vitest';
import { refuse } from '#lib/domain/refusal.ts';
import type { RequestView } from './read-requests.ts';
import { planRequests, type PlanFacts, type RequestVerb } from './request-plans.ts';
import type { RequestLine } from './request-query.ts';

const line = (id: string, view: Partial<RequestView>): RequestLine => ({
	id,
	// Only what decides is here.
	view: { jti: id, origin: 'imported', state: 'draft', ...view } as RequestView,
	product: '',
	customer: '',
	groups: [],
	texts: ''
});
const expired = refuse('LICENSE_EXPIRED', { number: 'KF', expiredAt: 1, contact: 'c' });
const moved = refuse('LICENSE_MOVED', { number: 'KF', successor: 'KF2', contact: 'c' });
const LINES = [
	line('draft', {}),
	line('queued', { state: 'queued' }),
	line('granted', { state: 'granted', answer: 'file' }),
	line('expired', { state: 'refused', refusal: expired, answer: 'no' }),
	line('moved', { state: 'refused', refusal: moved, answer: 'no' })
];
const HERE: PlanFacts = { isSignedIn: true, isOnline: true, isOneFile: false, proves: () => false };

function plan(verb: RequestVerb, facts: Partial<PlanFacts> = {}) {
	const { todo, skipped } = planRequests(verb, LINES, { ...HERE, ...facts });
	return [
		todo.map(({ id }) => id),
		Object.fromEntries(skipped.map(({ row, why }) => [row.id, why]))
	];
}

describe('[DK7] one thing for many requests says beforehand what it leaves out', () => {
	test('saving takes what is answered', () => {
		expect(plan('save')).toEqual([
			['granted', 'expired', 'moved'],
			{ draft: 'unanswered', queued: 'unanswered' }
		]);
	});

	test('submitting takes drafts, and what may be answered otherwise now', () => {
		expect(plan('submit')).toEqual([
			['draft', 'expired'],
			{ queued: 'underway', granted: 'settled', moved: 'settled' }
		]);
	});

	test('signed out, only what proves itself is submitted', () => {
		expect(plan('submit', { isSignedIn: false })[1]).toMatchObject({ draft: 'sign-in' });
		const proven = plan('submit', { isSignedIn: false, proves: ({ id }) => id === 'draft' });
		expect(proven[0]).toEqual(['draft']);
	});

	test('removing takes what has never left', () => {
		expect(plan('remove')[0]).toEqual(['draft']);
	});
});
