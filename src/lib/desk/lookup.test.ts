import { expect, test } from 'vitest';
import type { LicenseRow } from '#lib/domain/sync.ts';
import { LicenseSearch } from './lookup.ts';

const license = (number: string, customer: string): LicenseRow => ({
	id: number,
	customerId: customer,
	customer,
	number,
	product: 'atlas',
	title: 'Atlas Server',
	edition: 'Professional',
	entitlements: [],
	seats: 1,
	counts: { active: 0, reserved: 0, cooling: 0 },
	versions: { from: 8, to: 9 },
	virtualMachines: true,
	givenFingerprints: false,
	deskSeats: 2,
	allotmentDays: 30,
	contact: 'licensing@example.com',
	revision: 1
});

const search = new LicenseSearch(
	[license('KF-QK8E-QCG4-593M', 'Exämple GmbH'), license('KF-5QRV-XKQ5-TR3M', 'Sample Works Ltd')],
	new Map([['KF-5QRV-XKQ5-TR3M', 'rack-07 Demo Person']])
);
const found = (text: string) => search.find(text).map(({ number }) => number);

test('[O9] every word must occur, in any order, whatever the case and accents', () => {
	expect(found('gmbh EXAMPLE')).toEqual(['KF-QK8E-QCG4-593M']);
	expect(found('atlas works')).toEqual(['KF-5QRV-XKQ5-TR3M']);
	expect(found('atlas nobody')).toEqual([]);
});

test('[O9] a license is found by its number without dashes and by its machines', () => {
	expect(found('qk8eqcg4')).toEqual(['KF-QK8E-QCG4-593M']);
	expect(found('rack-07')).toEqual(['KF-5QRV-XKQ5-TR3M']);
});

test('nothing typed finds all, up to the limit', () => {
	expect(found('')).toHaveLength(2);
	expect(search.find('', 1)).toHaveLength(1);
});
