import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import {
	activationFiltering,
	activationFilters,
	type ActivationFilter
} from './activation-filter.ts';
import { activationOrders, byHeard, type ActivationOrder } from './activation-order.ts';
import { lastHeard, machineName, type ActivationLine } from './activation-summary.ts';
import { activationAddress, ActivationTable } from './activation-table.ts';
import { foldText, wordsOf } from '#lib/search/search-text.ts';

/** 2027-01-15, 08:00 in UTC. */
const NOW = 1_800_000_000;
const MIDNIGHT = Math.ceil(NOW / DAY_SECONDS) * DAY_SECONDS;
const ACT = '019c0000-0000-7000-8000-000000000000';
const actOf = (at: number) => `019c0${String(at).padStart(3, '0')}-0000-7000-8000-000000000000`;

const line = (changes: Partial<ActivationLine> = {}): ActivationLine => ({
	id: actOf(1),
	customerId: 'c1',
	licenseId: 'l1',
	name: 'Ada',
	generation: 1,
	state: 'active',
	grantedAt: NOW - 10,
	number: 'KF-QK8E-QCG4-593M',
	title: 'Atlas Server',
	customer: 'Exämple GmbH',
	...changes
});
const filled = (...rows: ActivationLine[]) => {
	const table = new ActivationTable();
	table.passTo(NOW);
	table.put(rows);
	return table;
};
const found = (table: ActivationTable, text: string, filter?: ActivationFilter) =>
	table.find({ text, sorting: byHeard, ...(filter && { filter }) }, NOW).map(({ id }) => id);

test.each([
	['active', line(), ['current', 'active']],
	['blocked', line({ state: 'cooling', coolsUntil: NOW + 5 }), ['current', 'blocked']],
	['returned', line({ state: 'returned', expiresAt: NOW + 5 }), ['past']],
	['retired', line({ state: 'retired', overage: true }), ['past']],
	['beyond the seats', line({ overage: true }), ['current', 'active', 'over-limit']],
	['issued offline', line({ id: `${ACT}.7` }), ['current', 'active', 'offline']],
	['its file ended', line({ expiresAt: NOW }), ['current', 'active', 'ended']],
	[
		'on the thirtieth day',
		line({ expiresAt: MIDNIGHT + 30 * DAY_SECONDS - 1 }),
		['current', 'active', 'ends-30']
	],
	['on the day after', line({ expiresAt: MIDNIGHT + 30 * DAY_SECONDS }), ['current', 'active']]
])('[P11] filters of an activation: %s', (_, row, filters) => {
	const marks = activationFiltering.marksOf(row, NOW);
	expect(activationFilters.filter((_filter, at) => (marks & (1 << at)) !== 0)).toEqual(filters);
});

test('[P11] without a filter the list is what holds a seat; what is over is asked for', () => {
	const table = filled(line(), line({ id: actOf(2), state: 'retired' }));
	expect(found(table, '')).toEqual([actOf(1)]);
	expect(found(table, '', 'past')).toEqual([actOf(2)]);
	expect(table.counts('', NOW)).toMatchObject({ all: 1, current: 1, active: 1, past: 1 });
	expect(table.counts('atlas', NOW)).toMatchObject({ all: 1, past: 1 });
	expect(table.counts('nothing', NOW)).toMatchObject({ all: 0, past: 0 });
});

test('[P11] an activation is found by all that its row says, whatever the case and accents', () => {
	const said = {
		label: 'Rack 7',
		requestLabel: 'rack-07',
		site: 'Hamburg',
		requestSite: 'Hall 3',
		os: 'linux',
		version: '10.2.1'
	};
	const table = filled(line(said), line({ id: actOf(2), label: 'other' }));
	const texts = [
		'rack',
		'RACK-07',
		'hamb',
		'hall',
		'linux',
		'10.2',
		'ada 7',
		'KF-QK8E 7',
		'qk8eqcg4 7'
	];
	for (const text of [...texts, 'example rack', 'atlas hall'])
		expect(found(table, text), text).toEqual([actOf(1)]);
	expect(found(table, 'rack nobody')).toEqual([]);
});

test('[P11] versions and machines are put in order as people read them, the unknown last', () => {
	const versions = ['9.1', '10.2', '10.10', undefined];
	const table = filled(
		...versions.map((version, at) =>
			line({ id: actOf(at), ...(version && { version, label: `rack-${version}` }) })
		)
	);
	const shown = (by: ActivationOrder) =>
		table.find({ text: '', sorting: { by, descending: false } }, NOW).map((row) => row.version);
	expect(shown('version')).toEqual(versions);
	expect(shown('machine').slice(1)).toEqual(['9.1', '10.2', '10.10']);
});

test('[P11] an address says the list, and what it says in words that are not known is passed over', () => {
	for (const written of ['', '?is=blocked', '?q=rack&sort=machine', '?is=offline&sort=-end'])
		expect(activationAddress.write(activationAddress.read(new URLSearchParams(written)))).toBe(
			written
		);
	expect(activationAddress.read(new URLSearchParams('?is=current&sort=none'))).toEqual({
		text: '',
		sorting: byHeard
	});
	expect(activationAddress.write({ text: '', sorting: { by: 'heard', descending: false } })).toBe(
		'?sort=heard'
	);
});

const times = [-40, -1, 0, 1, 29, 31, 400].map((days) => NOW + days * DAY_SECONDS);
const anyLine = fc
	.record(
		{
			at: fc.integer({ min: 0, max: 60 }),
			slot: fc.integer({ min: 0, max: 3 }),
			customerId: fc.constantFrom('c1', 'c2'),
			customer: fc.constantFrom('Exämple GmbH', 'Sample Works'),
			title: fc.constantFrom('Atlas', 'Beacon'),
			number: fc.constantFrom('KF-QK8E-QCG4-593M', 'KF-5QRV-XKQ5-TR3M'),
			label: fc.constantFrom('rack-7', 'Rack-10', 'räck'),
			site: fc.constantFrom('Hall 3', 'Hamburg'),
			os: fc.constantFrom('linux', 'windows'),
			version: fc.constantFrom('9.1', '10.2', '10.10'),
			name: fc.constantFrom('Ada', 'Ben'),
			generation: fc.integer({ min: 1, max: 3 }),
			state: fc.constantFrom('active' as const, 'cooling' as const, 'retired' as const),
			grantedAt: fc.constantFrom(...times),
			heardAt: fc.constantFrom(...times),
			expiresAt: fc.constantFrom(...times),
			overage: fc.constant(true as const)
		},
		{
			requiredKeys: [
				'at',
				'slot',
				'customerId',
				'customer',
				'title',
				'number',
				'name',
				'generation',
				'state',
				'grantedAt'
			]
		}
	)
	.map(({ at, slot, ...row }) =>
		line({ ...row, id: slot === 0 ? actOf(at) : `${actOf(at)}.${slot}` })
	);

const { compare } = new Intl.Collator(undefined, { numeric: true });
const textsOf: Partial<Record<ActivationOrder, (row: ActivationLine) => string | undefined>> = {
	machine: machineName,
	site: ({ site }) => site,
	system: ({ os }) => os,
	version: ({ version }) => version,
	product: ({ title }) => title,
	number: ({ number }) => number,
	customer: ({ customer }) => customer,
	who: ({ name }) => name
};
const numbersOf: Partial<Record<ActivationOrder, (row: ActivationLine) => number>> = {
	granted: ({ grantedAt }) => grantedAt,
	by: ({ id }) => (id.includes('.') ? 1 : 0),
	generation: ({ generation }) => generation,
	end: ({ expiresAt }) => expiresAt ?? Infinity,
	heard: lastHeard,
	state: ({ state, overage, expiresAt = Infinity }) =>
		4 * ['active', 'cooling', 'returned', 'retired'].indexOf(state) +
		(overage ? 2 : 0) +
		(expiresAt <= NOW ? 1 : 0)
};

/** As slow and plain as can be. */
function plainly(
	rows: readonly ActivationLine[],
	{
		text,
		filter = 'current',
		by,
		descending
	}: {
		text: string;
		filter?: ActivationFilter;
		by: ActivationOrder;
		descending: boolean;
	}
): string[] {
	const bit = 1 << activationFilters.indexOf(filter);
	const way = descending ? -1 : 1;
	const textOf = textsOf[by];
	const numberOf = numbersOf[by];
	const compared = (one: ActivationLine, other: ActivationLine): number =>
		textOf
			? compare(textOf(one) ?? '\uFFFF', textOf(other) ?? '\uFFFF')
			: numberOf!(one) === numberOf!(other)
				? 0
				: numberOf!(one) - numberOf!(other);
	return rows
		.filter((row) => (activationFiltering.marksOf(row, NOW) & bit) !== 0)
		.filter((row) => {
			const { label, site, os, version, name, number, title, customer } = row;
			const all = foldText([label, site, os, version, name, number, title, customer].join('\n'));
			return wordsOf(text).every((word) => all.includes(word));
		})
		.toSorted((a, b) => way * compared(a, b) || (a.id < b.id ? -1 : 1))
		.map(({ id }) => id);
}

test('[P11] whatever comes, changes and goes: rows found, counted and sorted are those of a plain search', () => {
	const question = fc.record({
		text: fc.constantFrom(
			'',
			'rack',
			'rac',
			'hall',
			'atlas rack',
			'linux 10',
			'ada',
			'zzz',
			'qk8e'
		),
		filter: fc.option(fc.constantFrom(...activationFilters), { nil: undefined }),
		by: fc.constantFrom(...activationOrders),
		descending: fc.boolean()
	});
	const step = fc.oneof(
		{ weight: 3, arbitrary: fc.array(anyLine, { maxLength: 25 }).map((put) => ({ put })) },
		{ weight: 1, arbitrary: fc.constantFrom('c1', 'c2').map((gone) => ({ gone })) },
		{ weight: 4, arbitrary: question.map((ask) => ({ ask })) }
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
			const table = new ActivationTable();
			table.passTo(NOW);
			let model = new Map<string, ActivationLine>();
			for (const each of steps) {
				if ('put' in each) {
					table.put(each.put);
					for (const row of each.put) model.set(row.id, row);
				} else if ('gone' in each) {
					table.keep(({ customerId }) => customerId !== each.gone);
					model = new Map([...model].filter(([, row]) => row.customerId !== each.gone));
				} else {
					const { text, filter, by, descending } = each.ask;
					const rows = [...model.values()];
					const sorting = { by, descending };
					const asked = { text, sorting, ...(filter && { filter }) };
					const plain = { text, by, descending, ...(filter && { filter }) };
					expect(table.find(asked, NOW).map(({ id }) => id)).toEqual(plainly(rows, plain));
					const counts = table.counts(text, NOW);
					for (const counted of activationFilters)
						expect(counts[counted], counted).toBe(
							plainly(rows, { ...plain, filter: counted }).length
						);
				}
			}
		}),
		{ numRuns: 150 }
	);
});
