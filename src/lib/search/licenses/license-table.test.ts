import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LicenseSummary } from './license-summary.ts';
import { LicenseTable } from './license-table.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { attentionOf, nextEnd } from '#lib/domain/licenses/standing.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { licenseFilters, passes } from './license-filter.ts';
import { byUrgency, licenseOrders, type LicenseSortOrder } from './license-order.ts';
import type { Sorting } from '#lib/search/row-order.ts';
import type { MachineSummary } from './machine-index.ts';
import { urgencyOf } from './urgency.ts';

const NOW = 1_800_000_000;
const byNumber: Sorting<LicenseSortOrder> = { by: 'number', descending: false };

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
	table.putMachines([
		{ id: 'a1', licenseId: second.id, label: 'rack-07', name: 'Demo Person', state: 'active' }
	]);
	table.put([first, second]);
	return table;
}
const numbers = (table: LicenseTable, text: string) =>
	table.find({ text, sorting: byNumber }, NOW).map(({ number }) => number);

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

test('[O9, P11] a license is found by its note, its purchase ID, and what is written here and not sent yet', () => {
	const table = filled();
	table.put([
		{ ...first, note: { value: 'Ask Bob\nfirst', by: '', at: NOW }, purchase: 'PO-4711-A' }
	]);
	for (const text of ['bob first', 'po-4711', 'PO4711A'])
		expect(numbers(table, text), text).toEqual([first.number]);
	expect(numbers(table, 'cellar')).toEqual([]);
	table.putWritten(new Map([[second.id, 'Cellar left']]));
	expect(numbers(table, 'cellar')).toEqual([second.number]);
	expect(numbers(table, 'cellar rack-07')).toEqual([second.number]);
	table.putWritten(new Map());
	expect(numbers(table, 'cellar')).toEqual([]);
});

test('[O9] a longer text that finds the same answers with the very same rows', () => {
	const table = filled();
	const found = table.find({ text: 'example g', sorting: byNumber }, NOW);
	expect(found).toHaveLength(1);
	expect(table.find({ text: 'example gm', sorting: byNumber }, NOW)).toBe(found);
	expect(table.find({ text: 'example g', sorting: byNumber }, NOW)).toBe(found);
	table.put([{ ...first, title: 'Atlas Two' }]);
	expect(table.find({ text: 'example gm', sorting: byNumber }, NOW)).toEqual([
		{ ...first, title: 'Atlas Two' }
	]);
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
	table.putMachines([
		{ id: 'a1', licenseId: second.id, label: 'rack-08', name: 'Demo Person', state: 'active' }
	]);
	expect(numbers(table, 'rack-07')).toEqual([]);
	expect(numbers(table, 'rack-08')).toEqual([second.number]);
	table.keep(({ customerId }) => customerId !== 'c2');
	expect(numbers(table, '')).toEqual([first.number]);
	expect(table.get(second.id)).toBeUndefined();
	table.put([second]);
	expect(numbers(table, 'rack'), 'machines go with their license').toEqual([]);
});

const ends = [-DAY_SECONDS, -1, 1, 2, 30 * DAY_SECONDS, 45 * DAY_SECONDS, 100 * DAY_SECONDS].map(
	(seconds) => NOW + seconds
);
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
		maintainedUntil: fc.constantFrom(...ends),
		expiresAt: fc.constantFrom(...ends),
		suspendedAt: fc.constantFrom(NOW),
		successor: fc.constantFrom('KF-0000'),
		note: fc.constantFrom('', 'Paid läte').map((value) => ({ value, by: '', at: NOW }))
	},
	{
		requiredKeys: ['id', 'customerId', 'customer', 'title', 'edition', 'seats', 'counts']
	}
);
const numbered = anyRow.map((row) => ({
	...row,
	number: `KF-${row.id.padStart(4, '0')}-0000-0000`
}));
const anyMachine = fc.record(
	{
		id: fc.integer({ min: 0, max: 30 }).map((n) => `act-${n}`),
		label: fc.constantFrom('rack-07', 'Vault', 'at sam'),
		requestLabel: fc.constantFrom('host-1', 'x'),
		site: fc.constantFrom('Böhmen', 'Hall 2'),
		name: fc.constantFrom('Ada', 'Demo Person'),
		state: fc.constantFrom('active' as const, 'retired' as const)
	},
	{ requiredKeys: ['id', 'name', 'state'] }
);
// A machine stays with its license.
const machineOf = anyMachine.map((row) => ({ ...row, licenseId: row.id.slice(4) }));
const step = fc.oneof(
	fc.record({ put: fc.array(numbered, { maxLength: 12 }) }),
	fc.record({ drop: fc.constantFrom('c1', 'c2', 'c3') }),
	fc.record({ machines: fc.array(machineOf, { maxLength: 12 }) }),
	fc.constant({ prepare: true }),
	fc.record({
		text: fc.constantFrom(
			...['', 'a', 'at', 'atlas', 'at 00', 'sam', 'kf-00', 'x', 'ab pro', 'rack', 'ada a'],
			...['bohmen ada', 'hall', 'host-1 v', 'late', '0000000']
		),
		filter: fc.constantFrom(undefined, ...licenseFilters),
		by: fc.constantFrom(...licenseOrders),
		descending: fc.boolean(),
		later: fc.constantFrom(0, 1, 2, DAY_SECONDS, 31 * DAY_SECONDS)
	})
);

test('[P10, DK2] pages, changes, filters and searches in any order find what a plain list would', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
			const table = new LicenseTable();
			const plain = new Map<string, LicenseSummary>();
			const machines = new Map<string, MachineSummary>();
			for (const each of steps)
				if ('put' in each) {
					table.put(each.put);
					for (const row of each.put) plain.set(row.id, row);
				} else if ('drop' in each) {
					table.keep(({ customerId }) => customerId !== each.drop);
					for (const row of plain.values())
						if (row.customerId === each.drop) {
							plain.delete(row.id);
							for (const { id, licenseId } of machines.values())
								if (licenseId === row.id) machines.delete(id);
						}
				} else if ('machines' in each) {
					table.putMachines(each.machines);
					for (const row of each.machines) machines.set(row.id, row);
				} else if ('prepare' in each) {
					table.prepare();
				} else {
					const { text, filter, later, ...sorting } = each;
					const now = NOW + later;
					const own = (row: LicenseSummary) =>
						[...machines.values()].filter(({ licenseId }) => licenseId === row.id);
					const having = [...plain.values()].filter((row) => says(row, own(row), text));
					const expected = having
						.filter((row) => filter === undefined || passes(filter, row, now))
						.sort((one, other) => inOrder(one, other, sorting, now));
					const query = filter === undefined ? { text, sorting } : { text, filter, sorting };
					expect(table.find(query, now).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
					const counts = table.counts(text, now);
					expect(counts.all).toBe(having.length);
					for (const each of licenseFilters)
						expect(counts[each]).toBe(having.filter((row) => passes(each, row, now)).length);
				}
			for (const { id, licenseId, label, name, state } of machines.values())
				expect(table.machine(licenseId, id)).toEqual({ id, licenseId, label, name, state });
			expect(table.machine('0', 'act-31')).toBeUndefined();
			expect(table.totals(NOW).licenses).toBe(plain.size);
			const urgent = [...plain.values()].sort((a, b) => inOrder(a, b, byUrgency, NOW));
			expect(table.firstIds(3, NOW)).toEqual(urgent.slice(0, 3).map(({ id }) => id));
		}),
		{ numRuns: 300 }
	);
});

test('[P10] among thousands of rows a word is found where it is, as among a few', () => {
	const many = Array.from({ length: 9000 }, (_, n) =>
		license(`KF-${String(n * 7919).padStart(8, '0')}-0000`, {
			customerId: `c${n % 7}`,
			customer: `Works ${n % 70}`,
			edition: n % 3 === 0 ? 'Standard' : 'Professional'
		})
	);
	const machines = many.map(({ id: licenseId }, n) => {
		return {
			id: `act-${n}`,
			licenseId,
			label: `rack-${n}`,
			name: n % 2 === 0 ? 'Ada' : 'Demo Person',
			state: 'active' as const
		};
	});
	const table = new LicenseTable();
	table.put(many.slice(0, 5000));
	table.putMachines(machines);
	table.put(many.slice(5000));
	const places = new Map(many.map(({ id }, n) => [id, n]));
	const check = (rows: LicenseSummary[]) => {
		for (const text of [
			'r',
			'rac',
			'rack-8',
			'rack-8 pro',
			'works 6',
			'ada 19',
			'kf-0000',
			'nobody'
		]) {
			const expected = rows.filter((row) => {
				return says(row, [machines[places.get(row.id)!]!], text);
			});
			expect(numbers(table, text), text).toEqual(expected.map(({ number }) => number));
		}
	};
	check(many);
	many[4711] = { ...many[4711]!, customer: 'Nobody Inc.' };
	machines[8999] = { ...machines[8999]!, label: 'nobody knows' };
	table.put([many[4711]]);
	table.putMachines([machines[8999]]);
	check(many);
	table.keep(({ customerId }) => customerId !== 'c3');
	check(many.filter(({ customerId }) => customerId !== 'c3'));
});

function says(row: LicenseSummary, machines: MachineSummary[], text: string): boolean {
	const { number, customer, title, edition, note } = row;
	const said = [number, customer, title, edition, note?.value]
		.concat(
			machines.flatMap(({ label, requestLabel, site, name }) => [label, requestLabel, site, name])
		)
		.join(' ')
		.normalize('NFKD')
		.replace(/[\p{M}-]/gu, '')
		.toLowerCase();
	return text.split(' ').every((word) => said.includes(word.replaceAll('-', '')));
}

function inOrder(
	one: LicenseSummary,
	other: LicenseSummary,
	{ by, descending }: Sorting<LicenseSortOrder>,
	now: number
): number {
	const tie = one.number < other.number ? -1 : 1;
	if (by === 'number') return descending ? -tie : tie;
	const { compare } = new Intl.Collator();
	const ends = (end: number | undefined) => end ?? 2 ** 40;
	const states = [undefined, 'lapsed', 'overLimit', 'expired', 'suspended', 'moved'];
	const differences: Record<
		Exclude<LicenseSortOrder, 'number'>,
		(row: LicenseSummary) => number | string
	> = {
		urgency: (row) => urgencyOf(row, now),
		product: ({ title }) => title,
		edition: ({ edition }) => edition,
		customer: ({ customer }) => customer,
		seats: ({ seats }) => seats,
		free: ({ seats, counts }) => freeSeats(seats, counts),
		next: (row) => ends(nextEnd(row, now)),
		maintenance: ({ maintainedUntil }) => ends(maintainedUntil),
		expiry: ({ expiresAt }) => ends(expiresAt),
		activated: ({ counts }) => (counts.active > 0 ? 0 : 1),
		state: (row) => states.indexOf(attentionOf(row, now))
	};
	const [a, b] = [differences[by](one), differences[by](other)];
	const way = typeof a === 'string' ? compare(a, String(b)) : a - Number(b);
	return (descending ? -way : way) || tie;
}

test('[O9, DK2] a text that names machines says which of the license are meant', () => {
	const table = filled();
	const machine = (id: string, label: string, name: string) => {
		return { id, licenseId: second.id, label, name, state: 'active' as const };
	};
	table.putMachines([
		machine('a2', 'rack-08', 'Demo Person'),
		machine('a3', 'vault', 'Ädä Sample')
	]);
	expect(table.machines(second.id, 'RACK-08')).toEqual(['a2']);
	expect(table.machines(second.id, 'rack')).toEqual(['a1', 'a2']);
	expect(table.machines(second.id, 'atlas rack-07'), 'the product names no machine').toEqual([
		'a1'
	]);
	expect(table.machines(second.id, 'rack ada'), 'no machine has both').toEqual(['a1', 'a2', 'a3']);
	expect(table.machines(second.id, 'ada')).toEqual(['a3']);
	for (const text of ['', 'atlas', 'sample', '5qrv', 'nothing'])
		expect(table.machines(second.id, text)).toEqual([]);
	expect(table.machines('unknown', 'rack')).toEqual([]);
});
