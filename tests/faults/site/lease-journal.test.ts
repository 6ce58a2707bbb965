import { describe, expect, test } from 'vitest';
import { findLeaseDifferences, mostAtOnce, type Held } from './lease-journal.ts';

const held = (client: string, from: number, more: Partial<Held> = {}): Held => ({
	client,
	lease: `lease-${client}-${from}`,
	from,
	sent: from - 1,
	ttl: 100,
	...more
});

describe('[LE1] the checker of leases', () => {
	test('finds nothing where as many worked as were allowed', () => {
		const journal = [held('a', 1), held('b', 1, { until: 50 }), held('c', 50), held('a', 100)];
		expect(mostAtOnce(journal).most).toBe(2);
		expect(findLeaseDifferences(journal, 2)).toEqual([]);
	});

	test('finds a planted lease that is one too many', () => {
		const journal = [held('a', 1), held('b', 10), held('c', 99)];
		expect(findLeaseDifferences(journal, 2)).toEqual([
			{ kind: 'extra', about: 'lease-c-99: 3 of 2' }
		]);
	});

	test('counts no lease beyond what its client can be sure of', () => {
		// The server may have renewed it later than it was sent, and so count it for longer.
		const journal = [held('a', 1, { sent: 0 }), held('b', 100)];
		expect(findLeaseDifferences(journal, 1)).toEqual([]);
		expect(findLeaseDifferences([held('a', 1, { sent: 0 }), held('b', 99)], 1)).toHaveLength(1);
	});

	test('finds a lease that was taken away within its time, and none that was over', () => {
		const lost = held('a', 1, { sent: 200, refused: { sent: 290, at: 299, code: 'LEASE_ENDED' } });
		expect(findLeaseDifferences([lost], 1)).toEqual([
			{ kind: 'lost', about: 'lease-a-1: LEASE_ENDED after 99 ms' }
		]);
		const over = held('a', 1, { sent: 200, refused: { sent: 290, at: 300, code: 'LEASE_ENDED' } });
		expect(findLeaseDifferences([over], 1)).toEqual([]);
	});

	test('finds a client that was given two, and a lease that two were given', () => {
		const twice = [held('a', 1), held('a', 50)];
		expect(findLeaseDifferences(twice, 5)).toEqual([{ kind: 'double', about: 'a' }]);
		const both = [held('a', 1, { lease: 'x' }), held('b', 2, { lease: 'x' })];
		expect(findLeaseDifferences(both, 5)).toEqual([{ kind: 'shared', about: 'x' }]);
	});

	test('[LE2] counts what lived when the server was ended for a full time after its start', () => {
		const outages = [{ down: 80, up: 250 }];
		const kept = held('a', 1);
		expect(findLeaseDifferences([kept, held('b', 349)], 1, outages)).toHaveLength(1);
		expect(findLeaseDifferences([kept, held('b', 350)], 1, outages)).toEqual([]);
		const lost = held('a', 1, { refused: { sent: 300, at: 340, code: 'LEASE_ENDED' } });
		expect(findLeaseDifferences([lost], 1, outages)).toHaveLength(1);
		// It was over before.
		expect(findLeaseDifferences([lost], 1, [{ down: 100, up: 250 }])).toEqual([]);
	});
});
