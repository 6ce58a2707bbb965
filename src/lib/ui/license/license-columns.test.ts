import { expect, test } from 'vitest';
import { activatedChip, shownEnd, worstChip } from './license-columns.ts';

const NOW = Date.UTC(2026, 10, 29, 9) / 1000;
const day = (days: number) => NOW + days * 86_400;
const counts = { active: 1, reserved: 0, cooling: 0 };

test('[DK3] a row says the nearest end that lies ahead, or the one that has passed', () => {
	const said = (expiry?: number, maintenance?: number) => {
		const end = shownEnd(
			{
				...(expiry !== undefined && { expiresAt: day(expiry) }),
				...(maintenance !== undefined && { maintainedUntil: day(maintenance) })
			},
			NOW
		);
		return end && `${end.what} ${Math.round((end.at - NOW) / 86_400)}${end.isPast ? ' past' : ''}`;
	};
	expect(said()).toBe(undefined);
	expect(said(10)).toBe('expiry 10');
	expect(said(undefined, 10)).toBe('maintenance 10');
	expect(said(20, 10)).toBe('maintenance 10');
	expect(said(10, 20)).toBe('expiry 10');
	expect(said(10, 10)).toBe('expiry 10');
	expect(said(-1, 20)).toBe('expiry -1 past');
	expect(said(20, -1)).toBe('expiry 20');
	expect(said(undefined, -1)).toBe('maintenance -1 past');
});

test('[DK3] [P4] a row says whether its license is activated, and apart from that what is worst about it', () => {
	const license = { seats: 2, counts };
	expect(worstChip(license, NOW)).toBeUndefined();
	expect(activatedChip(license)).toBe('activated');
	const unused = { ...license, counts: { ...counts, active: 0 } };
	expect(activatedChip(unused)).toBe('notActivated');
	expect(worstChip(unused, NOW)).toBeUndefined();
	expect(worstChip({ ...unused, expiresAt: NOW }, NOW)).toEqual({ state: 'expired' });
	const soon = { ...license, expiresAt: day(30) };
	expect(worstChip(soon, NOW)).toEqual({ state: 'expired', endsAt: day(30) });
	expect(worstChip({ ...license, expiresAt: day(31) }, NOW)).toBeUndefined();
	expect(worstChip({ ...soon, suspendedAt: NOW }, NOW)).toEqual({ state: 'suspended' });
	expect(worstChip({ ...soon, seats: 0 }, NOW)).toEqual({ state: 'overLimit' });
});
