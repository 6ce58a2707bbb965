import { expect, test } from 'vitest';
import { isUsable, offerLicenses } from './license-offer.ts';

const NOW = 1_000_000;

function row(id: string, of: { active?: number; expiresAt?: number; suspendedAt?: number } = {}) {
	const { active = 0, ...dates } = of;
	const names = { customerId: 'c', customer: 'Example GmbH', title: 'Atlas', edition: '' };
	const counts = { active, reserved: 0, cooling: 0 };
	return { id, number: id, ...names, seats: 2, counts, ...dates };
}

test.each([
	['with a free seat', {}, true],
	['full', { active: 2 }, false],
	['expired', { expiresAt: NOW }, false],
	['suspended', { suspendedAt: 1 }, false]
] as const)('[DK4] a license that is %s is usable: %s', (_, of, usable) => {
	expect(isUsable(row('a', of), NOW)).toBe(usable);
});

test('[DK4] usable licenses come first, those seen last before the others, the rest keep their order', () => {
	const rows = [row('a', { active: 2 }), row('b'), row('c'), row('d', { expiresAt: 1 }), row('e')];
	const offered = offerLicenses(rows, { now: NOW, limit: 4, seen: ['d', 'e'] });
	expect(offered.map(({ id }) => id)).toEqual(['e', 'b', 'c', 'd']);
});
