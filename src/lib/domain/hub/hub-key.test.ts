import { describe, expect, test } from 'vitest';
import { judgeKeyTerm, noticeKeyTerm } from './hub-key.ts';
import { DAY_SECONDS } from '../time.ts';

const key = { kid: 'k', endsAt: 1000 * DAY_SECONDS };

describe('the term of a hub key', () => {
	test('[KE1] it signs up to the second before its end', () => {
		expect(judgeKeyTerm(key, key.endsAt - 1)).toBeUndefined();
		for (const now of [key.endsAt, key.endsAt + 1, key.endsAt + 400 * DAY_SECONDS])
			expect(judgeKeyTerm(key, now)).toEqual({
				refused: 'HUB_KEY_ENDED',
				facts: { kid: 'k', endedAt: key.endsAt }
			});
	});

	test.each([
		[91, undefined],
		[90, { hasEnded: false }],
		[1, { hasEnded: false }],
		[0, { hasEnded: true }],
		[-30, { hasEnded: true }]
	])('[KE1] %i days before the end it is said, and from then on', (days, said) => {
		const notice = noticeKeyTerm(key, key.endsAt - days * DAY_SECONDS);
		expect(notice).toEqual(said && { ...key, ...said });
	});
});
