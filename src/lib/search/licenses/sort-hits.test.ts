import { expect, test } from 'vitest';
import { LicenseTable } from './license-table.ts';
import type { LicenseSummary } from './license-summary.ts';
import { sortHits } from './sort-hits.ts';

const license = (id: string, title: string): LicenseSummary => ({
	id,
	customerId: 'c1',
	customer: 'Harbor Works',
	number: `KF-0000-0000-000${id}`,
	title,
	edition: 'Standard',
	seats: 5,
	counts: { active: 4, reserved: 0, cooling: 0 }
});

function tableOf(): LicenseTable {
	const table = new LicenseTable();
	table.put([license('1', 'Atlas'), license('2', 'Delta'), license('3', 'Rack Manager')]);
	table.putMachines([
		{ id: 'a1', licenseId: '1', label: 'rack-07', name: 'Ada', state: 'active' },
		{ id: 'a2', licenseId: '1', label: 'vault-e', name: 'Ada', state: 'active' },
		{ id: 'a3', licenseId: '1', label: 'dock-1', name: 'Ben', state: 'active' },
		{ id: 'a4', licenseId: '2', label: 'rack-08', name: 'Ben', state: 'active' }
	]);
	return table;
}

function hits(text: string, most = 8): { licenses: string[]; machines: string[] } {
	const table = tableOf();
	const rows = table.find({ text, sorting: { by: 'number', descending: false } }, 0);
	const { licenses, machines } = sortHits(rows, most, (id) => table.machines(id, text));
	return { licenses: licenses.map(({ id }) => id), machines: machines.map(({ act }) => act) };
}

test('[O9] a search for a machine shows that machine, not its license', () => {
	expect(hits('vault-e')).toEqual({ licenses: [], machines: ['a2'] });
	expect(hits('RACK-07')).toEqual({ licenses: [], machines: ['a1'] });
	expect(hits('atlas rack')).toEqual({ licenses: [], machines: ['a1'] });
});

test('[O9] a license that is found by itself is shown, beside machines of others', () => {
	expect(hits('rack')).toEqual({ licenses: ['3'], machines: ['a1', 'a4'] });
	expect(hits('atlas')).toEqual({ licenses: ['1'], machines: [] });
	expect(hits('harbor', 2)).toEqual({ licenses: ['1', '2'], machines: [] });
});
