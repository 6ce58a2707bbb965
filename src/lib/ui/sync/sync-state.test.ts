import { describe, expect, test } from 'vitest';
import { syncStandingOf, type SyncFacts } from './sync-state.ts';

const whole: SyncFacts = {
	phase: 'idle',
	waiting: 0,
	email: 'ada@example.com',
	knowledge: { of: 'whole', syncedAt: 900 }
};
const standing = (facts: Partial<SyncFacts>, online = true) =>
	syncStandingOf({ ...whole, ...facts }, { online });

describe('[DK1] how a desk stands with its server', () => {
	test('everything is with the server only when a complete round says so', () => {
		expect(standing({})).toMatchObject({ is: 'settled', line: 'open', asOf: 900 });
		expect(standing({ knowledge: { of: 'whole' } }).is).toBe('fetching');
		expect(standing({ knowledge: { of: 'part', done: 0 } })).toMatchObject({ is: 'fetching' });
		expect(standing({ knowledge: { of: 'part', done: 0 } }).progress).toBeUndefined();
		expect(standing({ knowledge: { of: 'part', done: 3, left: 7 } }).progress).toEqual({
			done: 3,
			left: 7
		});
		// The time of a round before does not stand beside rows that are still coming.
		expect(standing({ knowledge: { of: 'part', done: 3, left: 7 } }).asOf).toBeUndefined();
		expect(standing({ waiting: 1 }).is).toBe('waiting');
	});

	test('no network takes nothing away from what is here, and says why something waits', () => {
		expect(standing({}, false)).toMatchObject({ is: 'settled', line: 'offline', asOf: 900 });
		expect(standing({ waiting: 2 }, false)).toMatchObject({ is: 'waiting', line: 'offline' });
		expect(standing({ fault: 'unreachable', phase: 'waiting', nextTryAt: 950 })).toMatchObject({
			is: 'settled',
			line: 'unreachable',
			nextTryAt: 950
		});
		expect(standing({ fault: 'the hub answered 502' }).line).toBe('fault');
		expect(standing({ fault: 'unreachable', phase: 'syncing' })).toMatchObject({
			line: 'open',
			isSyncing: true
		});
	});

	test('signed out: nothing is fetched, and only what needs an account is held', () => {
		const signedOut = { email: undefined, knowledge: { of: 'device' } } as const;
		expect(standing(signedOut)).toMatchObject({ is: 'device', isSignedIn: false });
		expect(standing({ ...signedOut, waiting: 1 }).is).toBe('waiting');
		expect(standing({ ...signedOut, waiting: 1, held: 'signed-out' })).toMatchObject({
			is: 'stuck',
			reason: 'signed-out'
		});
		expect(standing({ ...signedOut, held: 'signed-out' }).is).toBe('device');
	});

	test('what stops it for good is said before anything else', () => {
		expect(standing({ fault: 'storage: QuotaExceededError', held: 'forked' }).reason).toBe(
			'storage'
		);
		expect(standing({ fault: 'insecure-context' }).reason).toBe('insecure');
		expect(standing({ held: 'old-version' })).toMatchObject({ is: 'stuck', reason: 'old-version' });
		expect(standing({ isEnded: true }).reason).toBe('ended');
		expect(syncStandingOf(whole, { online: true, isFrozen: true }).reason).toBe('restored');
	});
});
