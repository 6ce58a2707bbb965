import { expect, test } from 'vitest';
import { endsOf } from './ends.ts';
import { DAY_SECONDS } from '../time.ts';

const now = 20_000 * DAY_SECONDS;
const inDays = (days: number) => now + days * DAY_SECONDS;
const whats = (...asked: Parameters<typeof endsOf>) => endsOf(...asked).map(({ what }) => what);

test('[P13] a calendar has both ends of a license, to come and of the last 30 days', () => {
	const both = { expiresAt: inDays(60), maintainedUntil: inDays(20) };
	expect(endsOf(both, now)).toEqual([
		{ what: 'expiry', at: inDays(60) },
		{ what: 'maintenance', at: inDays(20) }
	]);
	expect(whats({ expiresAt: inDays(-29) }, now)).toEqual(['expiry']);
	expect(whats({ expiresAt: inDays(-30) }, now)).toEqual([]);
	expect(whats({}, now)).toEqual([]);
});

test('[P13] maintenance does not end after its license, a trial is called so, and what has moved ends no more', () => {
	expect(whats({ expiresAt: inDays(5), maintainedUntil: inDays(5) }, now)).toEqual(['expiry']);
	expect(whats({ expiresAt: inDays(5), trialDays: 14 }, now)).toEqual(['trial']);
	expect(whats({ expiresAt: inDays(5), successor: 'KF-2' }, now)).toEqual([]);
});
