import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { licenseOrders } from './license-order.ts';
import { licenseFilters } from './license-filter.ts';
import { licenseAddress, type LicenseQuery } from './license-query.ts';

const query: fc.Arbitrary<LicenseQuery> = fc.record(
	{
		text: fc.oneof(fc.string(), fc.constantFrom('Grüße & Söhne #1', 'a=b&is=full', 'שרת-7', ' ')),
		filter: fc.constantFrom(...licenseFilters),
		sorting: fc.record({ by: fc.constantFrom(...licenseOrders), descending: fc.boolean() })
	},
	{ requiredKeys: ['text', 'sorting'] }
);

test('[DK2] what an address says is read as it was written', () => {
	fc.assert(
		fc.property(query, (asked) => {
			const written = licenseAddress.write(asked);
			expect(licenseAddress.read(new URLSearchParams(written))).toEqual(asked);
		})
	);
});

test('[DK2] all licenses by urgency need no words', () => {
	const all = licenseAddress.read(new URLSearchParams());
	expect(all).toEqual({ text: '', sorting: { by: 'urgency', descending: false } });
	expect(licenseAddress.write(all)).toBe('');
	const free = { text: 'rack 07', filter: 'ends-30', sorting: { by: 'free', descending: true } };
	expect(licenseAddress.write(free as LicenseQuery)).toBe('?is=ends-30&q=rack+07&sort=-free');
});

test('[DK2] what an address says in words of another version is passed over', () => {
	const asked = licenseAddress.read(new URLSearchParams('?is=sleepy&sort=-mood&q=atlas&page=4'));
	expect(asked).toEqual({ text: 'atlas', sorting: { by: 'urgency', descending: false } });
});
