import { describe, expect, test } from 'vitest';
import { refuse, type RefusalCode, type Refusals } from '#lib/domain/refusal.ts';
import { de } from './de/refusals.ts';
import { en } from './en/refusals.ts';
import { explain, explainCode } from './explain.ts';

/** Facts that fit every code: names are shared, so one record serves all. */
const facts = {
	number: 'KF-7Q2M-90TK-C4XD',
	successor: 'KF-7Q2M-90TK-C4XD',
	contact: 'licensing@example.com',
	address: 'https://licenses.example.com',
	expiredAt: 1_796_342_400,
	signedAt: 1_796_342_400,
	maintainedUntil: 1_796_342_400,
	builtAt: 1_799_000_000,
	clock: 1_700_000_000,
	trusted: 1_796_342_400,
	seats: 2,
	used: 2,
	bytes: 90_000,
	limit: 65_536,
	line: 7,
	reason: 'the last line is missing',
	expected: 'atlas',
	found: 'delta',
	type: 'activation',
	path: 'fp',
	version: '8.1',
	from: 6,
	to: 7,
	kid: 'abcdefghijkl',
	product: 'Atlas Server',
	entitlement: 'dataflow',
	present: ['os'],
	matched: ['os'],
	differ: ['board', 'disk'],
	needed: 2,
	labels: ['rack-07', 'rack-08'],
	act: 'a',
	request: 'r',
	generation: 1,
	newest: 3,
	folder: '/var/lib/keyferry',
	owner: 'service',
	looked: ['/etc/keyferry'],
	action: 'license.issue',
	retryAfterSeconds: 40,
	what: 'page',
	hub: 'https://hub.example.com',
	support: 'f-1',
	outbox: 'o',
	email: 'demo@example.com',
	activations: ['a', 'b'],
	activation: 'a',
	settled: true,
	file: 'rack-07.kfret',
	dependsOn: 3,
	allotment: 'a',
	allowed: 2,
	held: 1,
	slot: 3,
	slots: 5,
	state: 'closed',
	until: 1_796_342_400,
	endedAt: 1_796_342_400,
	claim: 'exp',
	oldest: 1,
	issued: 2,
	known: 1,
	id: 'c'
};
const codes = Object.keys(en) as RefusalCode[];

describe.each([
	['en', en],
	['de', de]
] as const)('%s', (language, table) => {
	test.each(codes)('%s says what happened and what to do', (code) => {
		const own = code === 'TOKEN_TYPE_UNEXPECTED' ? { ...facts, expected: ['activation'] } : facts;
		// Sound here: the record above has every fact that any code asks for.
		const text = explain(refuse(code, own as never as Refusals[typeof code]), language);
		for (const line of [text.title, text.next]) {
			expect(line).toMatch(/[.!]$/);
			expect(line).not.toMatch(/undefined|NaN|\[object|\.\.$/);
			expect(line.length).toBeLessThan(300);
		}
	});

	test('has no text that lacks a code', () => {
		expect(Object.keys(table).sort()).toEqual([...codes].sort());
	});
});

test('[O11] a code of a newer hub is named, with its facts and whom to ask', () => {
	const text = explainCode('SEAT_FROZEN', { number: 'KF-1', contact: 'help@example.com' });
	expect(text.title).toContain('“SEAT_FROZEN” (number KF-1');
	expect(text.next).toContain('help@example.com');
});

test('[O11] facts of another shape do not break a known code', () => {
	expect(explainCode('LICENSE_EXPIRED', { number: 'KF-1' }).title).toContain('LICENSE_EXPIRED');
	expect(explainCode('FINGERPRINT_MISMATCH', null, 'de').title).toContain('FINGERPRINT_MISMATCH');
	expect(explainCode('toString', {}).title).toContain('toString');
});

test('dates and counts are in the words of the language', () => {
	const refusal = refuse('LICENSE_EXPIRED', {
		number: 'KF-1',
		expiredAt: 1_796_385_600,
		contact: ''
	});
	expect(explain(refusal).title).toBe('License KF-1 expired on 4 December 2026.');
	expect(explain(refusal, 'de').title).toBe('Lizenz KF-1 ist am 4. Dezember 2026 abgelaufen.');
});
