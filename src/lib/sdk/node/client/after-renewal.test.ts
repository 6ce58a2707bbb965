import { describe, expect, test } from 'vitest';
import { refuse } from '#lib/domain/refusal.ts';
import { afterRenewal, type NotRenewed } from './after-renewal.ts';

// Sound here: nothing else of a lease is asked.
const lease = { ttl: 60, grace: 900 } as NotRenewed['granted']['lease'];
const begun = { at: 1_000, wall: 500_000 };

function at(seconds: number, more: Partial<NotRenewed> = {}): NotRenewed {
	const now = { at: begun.at + seconds * 1000, wall: begun.wall + seconds * 1000 };
	const granted = { until: begun.at + 60_000, lease };
	return { granted, lastWord: begun, hasOthers: false, now, ...more };
}

const away = {
	said: 'nothing',
	why: refuse('SITE_UNREACHABLE', { addresses: [] }),
	forgotten: false
} as const;
const ended = (reason = '') =>
	({ said: 'no', refusal: refuse('LEASE_ENDED', { reason }) }) as const;

describe('[LC2] a server that is away', () => {
	test('is waited for; where there are other addresses, a lapsed lease is claimed there', () => {
		expect(afterRenewal(away, at(20)).do).toBe('wait');
		expect(afterRenewal(away, at(900)).do).toBe('wait');
		expect(afterRenewal(away, at(59, { hasOthers: true })).do).toBe('wait');
		expect(afterRenewal(away, at(61, { hasOthers: true })).do).toBe('claim');
	});

	test('and has forgotten the lease is asked for a new one', () => {
		expect(afterRenewal({ ...away, forgotten: true }, at(20)).do).toBe('claim');
	});
});

describe('[LC4] a lease that has ended', () => {
	test('by time is claimed anew, by an admin it is not', () => {
		expect(afterRenewal(ended(), at(61)).do).toBe('claim');
		expect(afterRenewal(ended(), at(20)).do).toBe('end');
		expect(afterRenewal(ended('Maintenance'), at(61)).do).toBe('end');
	});

	test('while the machine slept, whose monotonic clock stood still, is claimed anew', () => {
		const now = { at: begun.at + 1000, wall: begun.wall + 3_600_000 };
		expect(afterRenewal(ended(), at(0, { now })).do).toBe('claim');
	});

	test('because it was to start again is over', () => {
		expect(afterRenewal(ended(), at(61, { restartBy: begun.at + 60_500 })).do).toBe('end');
		expect(afterRenewal(ended(), at(61, { restartBy: begun.at + 600_000 })).do).toBe('claim');
	});

	test('by another copy is over, whenever; a server with too much to do ends nothing', () => {
		const replaced = { said: 'no', refusal: refuse('REPLACED', {}) } as const;
		expect(afterRenewal(replaced, at(900)).do).toBe('end');
		const busy = refuse('RATE_LIMITED', { retryAfterSeconds: 5 });
		expect(afterRenewal({ said: 'no', refusal: busy }, at(20)).do).toBe('wait');
	});
});
