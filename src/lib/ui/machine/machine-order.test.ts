import { describe, expect, test } from 'vitest';
import { isFound, orderMachines, partMachines } from './machine-order.ts';

const machine = (id: string, more: object = {}) => ({
	id,
	label: id,
	name: 'Site Admin',
	grantedAt: 1,
	state: 'active' as const,
	...more
});
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

describe('machines of one license', () => {
	test('are found by each word of name, site and who asked, also as their request calls them', () => {
		const row = machine('a', { label: 'Prüfstand', requestLabel: 'rack-07', site: 'Hamburg' });
		for (const text of ['pruf', 'RACK-07', 'hamburg admin', 'site', '  prüf  hamb '.trim()])
			expect(isFound(row, text), text).toBe(true);
		for (const text of ['rack-08', 'hamburg bremen']) expect(isFound(row, text), text).toBe(false);
	});

	test('come by name as people count, those without one last', () => {
		const rows = [machine('rack-10'), machine('none', { label: undefined }), machine('Rack-9')];
		expect(ids(orderMachines(rows, 'label'))).toEqual(['Rack-9', 'rack-10', 'none']);
	});

	test('come by site or by when, and by name where those are the same', () => {
		const rows = [
			machine('c', { grantedAt: 3 }),
			machine('b', { site: 'Hamburg' }),
			machine('a', { site: 'Hamburg', grantedAt: 3 }),
			machine('d', { site: 'Bremen' })
		];
		expect(ids(orderMachines(rows, 'site'))).toEqual(['d', 'a', 'b', 'c']);
		expect(ids(orderMachines(rows, 'newest'))).toEqual(['a', 'c', 'b', 'd']);
	});

	test('that hold no seat are apart', () => {
		const rows = [
			machine('a', { state: 'returned' }),
			machine('b'),
			machine('c', { state: 'cooling' })
		];
		const { seated, gone } = partMachines(rows);
		expect([ids(seated), ids(gone)]).toEqual([['b', 'c'], ['a']]);
	});
});
