import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LicenseSummary } from './license-summary.ts';
import { LicenseTable } from './license-table.ts';
import { sortOrders, type Sorting } from './license-order.ts';
import { freeSeats } from '#lib/domain/seat.ts';

const NOW = 1_800_000_000;
const byNumber: Sorting = { by: 'number', descending: false };

const license = (number: string, changes: Partial<LicenseSummary> = {}): LicenseSummary => ({
	id: number,
	customerId: 'c1',
	customer: 'Exämple GmbH',
	number,
	title: 'Atlas Server',
	edition: 'Professional',
	seats: 1,
	counts: { active: 0, reserved: 0, cooling: 0 },
	...changes
});

const first = license('KF-QK8E-QCG4-593M');
const second = license('KF-5QRV-XKQ5-TR3M', { customerId: 'c2', customer: 'Sample Works Ltd' });

function filled(): LicenseTable {
	const table = new LicenseTable();
	table.putMachines([{ id: 'a1', licenseId: second.id, label: 'rack-07', name: 'Demo Person' }]);
	table.put([first, second]);
	return table;
}
const numbers = (table: LicenseTable, text: string) =>
	table.find(text, byNumber, NOW).map(({ number }) => number);

test('[O9] every word must occur, in any order, whatever the case and accents', () => {
	expect(numbers(filled(), 'gmbh EXAMPLE')).toEqual([first.number]);
	expect(numbers(filled(), 'atlas works')).toEqual([second.number]);
	expect(numbers(filled(), 'atlas nobody')).toEqual([]);
});

test('[O9] a license is found by its number as people type it, and by its machines', () => {
	expect(numbers(filled(), 'qk8eqcg4')).toEqual([first.number]);
	expect(numbers(filled(), 'kf 5qrv')).toEqual([second.number]);
	expect(numbers(filled(), 'rack-07')).toEqual([second.number]);
	expect(numbers(filled(), 'KF-QK8E-QCG4-593M')).toEqual([first.number]);
	const table = new LicenseTable();
	table.put([license('KF-0123-4567-89AB')]);
	expect(numbers(table, 'oi23')).toEqual(['KF-0123-4567-89AB']);
});

test('[O9] a longer text that finds the same answers with the very same rows', () => {
	const table = filled();
	const found = table.find('example g', byNumber, NOW);
	expect(found).toHaveLength(1);
	expect(table.find('example gm', byNumber, NOW)).toBe(found);
	expect(table.find('example g', byNumber, NOW)).toBe(found);
	table.put([{ ...first, title: 'Atlas Two' }]);
	expect(table.find('example gm', byNumber, NOW)).toEqual([{ ...first, title: 'Atlas Two' }]);
});

test('[O9] a number is found symbol by symbol, also after texts that found nothing', () => {
	const table = new LicenseTable();
	table.put([license('KF-0123-4567-89AB'), license('KF-0123-9999-89AB')]);
	const typed = ['oi2', 'oi23', 'oi23-4', 'oi23-45', 'oi23-45x', 'oi23-45', 'oi23'];
	expect(typed.map((text) => numbers(table, text).length)).toEqual([2, 2, 1, 1, 0, 1, 2]);
	expect(numbers(table, 'nothing')).toEqual([]);
	expect(numbers(table, 'nothing at all')).toEqual([]);
});

test('[O9] what changes is found as it is now, and what is gone is not', () => {
	const table = filled();
	expect(numbers(table, 'sample')).toHaveLength(1);
	table.put([{ ...second, customer: 'Renamed Ltd' }]);
	expect(numbers(table, 'sample')).toEqual([]);
	expect(numbers(table, 'renamed')).toEqual([second.number]);
	table.putMachines([{ id: 'a1', licenseId: second.id, label: 'rack-08', name: 'Demo Person' }]);
	expect(numbers(table, 'rack-07')).toEqual([]);
	expect(numbers(table, 'rack-08')).toEqual([second.number]);
	table.keep(({ customerId }) => customerId !== 'c2');
	expect(numbers(table, '')).toEqual([first.number]);
	expect(table.get(second.id)).toBeUndefined();
	table.put([second]);
	expect(numbers(table, 'rack'), 'machines go with their license').toEqual([]);
});

const anyRow = fc.record(
	{
		id: fc.integer({ min: 0, max: 40 }).map(String),
		customerId: fc.constantFrom('c1', 'c2', 'c3'),
		customer: fc.constantFrom('Exämple GmbH', 'Sample Works', 'ab'),
		title: fc.constantFrom('Atlas', 'Beacon', 'atlas two'),
		edition: fc.constantFrom('Standard', 'Professional'),
		seats: fc.integer({ min: 1, max: 5 }),
		counts: fc.record({
			active: fc.integer({ min: 0, max: 5 }),
			reserved: fc.constant(0),
			cooling: fc.constant(0)
		}),
		maintainedUntil: fc.constantFrom(NOW - 1, NOW + 1, NOW + 2),
		expiresAt: fc.constantFrom(NOW - 1, NOW + 1, NOW + 2),
		suspendedAt: fc.constantFrom(NOW)
	},
	{
		requiredKeys: ['id', 'customerId', 'customer', 'title', 'edition', 'seats', 'counts']
	}
);
const numbered = anyRow.map((row) => ({ ...row, number: `KF-${row.id.padStart(4, '0')}` }));
const step = fc.oneof(
	fc.record({ put: fc.array(numbered, { maxLength: 12 }) }),
	fc.record({ drop: fc.constantFrom('c1', 'c2', 'c3') }),
	fc.record({
		text: fc.constantFrom('', 'a', 'at', 'atlas', 'at 00', 'sam', 'kf-00', 'x', 'ab pro'),
		by: fc.constantFrom(...sortOrders),
		descending: fc.boolean()
	})
);

test('[P10] pages, changes and searches in any order find what a plain list would', () => {
	const end = (seconds: number | undefined) => seconds ?? Infinity;
	const compare: Record<string, (a: LicenseSummary, b: LicenseSummary) => number> = {
		number: () => 0,
		product: (a, b) => new Intl.Collator().compare(a.title, b.title),
		customer: (a, b) => new Intl.Collator().compare(a.customer, b.customer),
		free: (a, b) => freeSeats(a.seats, a.counts) - freeSeats(b.seats, b.counts),
		maintenance: (a, b) => end(a.maintainedUntil) - end(b.maintainedUntil) || 0,
		expiry: (a, b) => end(a.expiresAt) - end(b.expiresAt) || 0
	};
	fc.assert(
		fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
			const table = new LicenseTable();
			const plain = new Map<string, LicenseSummary>();
			for (const each of steps)
				if ('put' in each) {
					table.put(each.put);
					for (const row of each.put) plain.set(row.id, row);
				} else if ('drop' in each) {
					table.keep(({ customerId }) => customerId !== each.drop);
					for (const row of plain.values()) if (row.customerId === each.drop) plain.delete(row.id);
				} else {
					const found = table.find(each.text, each, NOW);
					const words = each.text.split(' ');
					const expected = [...plain.values()].filter((row) => {
						const said = `${row.number} ${row.customer} ${row.title} ${row.edition}`
							.normalize('NFKD')
							.replace(/\p{M}/gu, '')
							.toLowerCase();
						return words.every((word) => said.includes(word));
					});
					expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
					const order = compare[each.by];
					const sign = each.descending ? -1 : 1;
					for (const [at, row] of found.entries()) {
						const before = found[at - 1];
						if (!before || !order) continue;
						const way = sign * order(before, row);
						const tie = before.number < row.number;
						expect(
							way < 0 || (way === 0 && (each.by === 'number' ? tie !== each.descending : tie))
						).toBe(true);
					}
				}
			expect(table.totals(NOW).licenses).toBe(plain.size);
		}),
		{ numRuns: 300 }
	);
});
