import { describe, expect, test } from 'vitest';
import { refuse, type RefusalCode } from '#lib/domain/refusal.ts';
import { de } from './de/refusals.ts';
import { en } from './en/refusals.ts';
import { explain, explainCode } from './explain.ts';
import { sampleFacts } from '../../../tests/fixtures/sample-facts.ts';

const codes = Object.keys(en) as RefusalCode[];

describe.each([
	['en', en],
	['de', de]
] as const)('%s', (language, table) => {
	test.each(codes)('%s says what happened and what to do', (code) => {
		const text = explain(refuse(code, sampleFacts(code)), language);
		for (const line of [text.title, text.next]) {
			expect(line).toMatch(/[.!]$/);
			expect(line).not.toMatch(/undefined|NaN|\[object|\.\.$/);
			// As a code is said that has no text, or whose facts have another shape.
			expect(line).not.toContain(code);
			expect(line.length).toBeLessThan(300);
		}
	});

	test.each(['BODY_INVALID', 'CLAIMS_INVALID'] as const)(
		'[O11] %s of the whole names no place where something is wrong',
		(code) => {
			const facts = { ...sampleFacts(code), path: '', reason: 'json' };
			expect(explainCode(code, facts, language).title).not.toMatch(/“”|„“/);
		}
	);

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

test.for(codes)('[O11] %s: odd facts of a stranger break no sentence', (code) => {
	const odd: unknown[] = [
		undefined,
		null,
		{},
		[],
		{},
		() => 'x',
		Number.NaN,
		-1,
		1e99,
		'x'.repeat(9_999)
	];
	const broken = [...odd, ...odd.map((value) => [value])].map((value) =>
		Object.fromEntries(Object.keys(sampleFacts(code)).map((name) => [name, value]))
	);
	for (const language of ['en', 'de'] as const)
		for (const each of [...broken, {}, null, 7, 'facts', [sampleFacts(code)]]) {
			const { title, next } = explainCode(code, each, language);
			expect(`${title} ${next}`).not.toMatch(/\bundefined\b|\bNaN\b|\[object|=>|Invalid Date/);
			expect(title.length + next.length).toBeLessThan(4_000);
		}
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
