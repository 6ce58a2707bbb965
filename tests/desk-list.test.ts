/** The desk's list of licenses in memory, as it is read from the mirror. */
import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { knownColumns, toggledColumn } from '#lib/search/list-settings.ts';
import { toldLicense } from './fixtures/told-license.ts';

vi.stubGlobal('location', { protocol: 'http:', origin: 'http://hub.example' });
const { deskNow, strict } = await import('#lib/desk/store/database.ts');
const { tellMirrorNews } = await import('#lib/desk/mirror/news.ts');
const { licenseParts, machineParts } = await import('#lib/desk/licenses/read-parts.ts');
const { listFirstLicenses } = await import('#lib/desk/licenses/read-licenses.ts');
const { rememberUrgent } = await import('#lib/desk/licenses/urgent.ts');
const { licenseList } = await import('#lib/desk/licenses/license-list.ts');
const { changeListSettings, readListSettings } = await import('#lib/desk/store/settings.ts');

const PATIENCE = { timeout: 20_000 };

const license = (n: number, changes: Partial<LicenseRow> = {}) =>
	toldLicense({
		id: `license-${String(n).padStart(3, '0')}`,
		customerId: 'c1',
		number: `KF-0000-0000-0${String(n).padStart(3, '0')}`,
		...changes
	});
const machine = (n: number, licenseId: string): ActivationRow => ({
	id: `act-${String(n).padStart(3, '0')}`,
	customerId: 'c1',
	licenseId,
	label: `rack-${n}`,
	name: 'Demo Person',
	generation: 1,
	state: 'active',
	grantedAt: 1,
	request: `request-${n}`,
	revision: 1
});

async function allOf<T>(parts: AsyncIterable<T[]>): Promise<T[][]> {
	const all: T[][] = [];
	for await (const part of parts) all.push(part);
	return all;
}

beforeEach(async () => {
	for (const table of [strict.licenses, strict.activations, strict.states]) await table.clear();
});

test('[DK2] every machine is read once, however many a license has and wherever a part ends', async () => {
	const owners = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
	await fc.assert(
		fc.asyncProperty(owners, fc.integer({ min: 1, max: 9 }), async (ofLicense, most) => {
			await strict.activations.clear();
			const rows = ofLicense.map((n, at) => machine(at, license(n).id));
			await strict.activations.bulkAdd(rows);
			const parts = await allOf(machineParts(most));
			const read = parts.flat();
			expect(read.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
			const order = read.map(({ licenseId }) => licenseId);
			expect(order).toEqual(order.toSorted());
			for (const part of parts)
				if (part.length > most)
					expect(new Set(part.map(({ licenseId }) => licenseId)).size).toBe(1);
		}),
		{ numRuns: 60 }
	);
});

test('[DK2] a list begins with what was most urgent last, and where there are few, with all', async () => {
	const rows = Array.from({ length: 20 }, (_, n) => license(n));
	rows[17] = license(17, { suspendedAt: 1 });
	rows[18] = license(18, { expiresAt: deskNow() - 1 });
	await strict.licenses.bulkAdd(rows);
	expect((await allOf(licenseParts(7))).map((part) => part.length)).toEqual([7, 7, 6]);
	const first = async (most: number) =>
		(await listFirstLicenses(most)).map(({ id }) => Number(id.slice(-3)));
	expect(await first(3), 'nothing is remembered').toEqual([0, 1, 2]);
	expect(await first(20)).toEqual([17, 18, ...Array(17).keys(), 19]);
	await rememberUrgent([license(18).id, license(17).id, license(99).id]);
	expect(await first(3), 'as they stand now; one is gone').toEqual([17, 18, 0]);
});

test('[DK2] the list is whole once all is read, follows the mirror, and remembers what came first', async () => {
	const rows = [license(1), license(2, { suspendedAt: 1 })];
	await strict.licenses.bulkAdd(rows);
	await strict.activations.add(machine(7, rows[0]!.id));
	licenseList.start();
	await vi.waitFor(() => expect(licenseList.isWhole).toBe(true), PATIENCE);
	expect(licenseList.isListed).toBe(true);
	const found = (text: string) =>
		licenseList.table
			.find({ text, sorting: { by: 'urgency', descending: false } }, deskNow())
			.map(({ id }) => id);
	expect(found('')).toEqual([rows[1]!.id, rows[0]!.id]);
	expect(found('rack-7')).toEqual([rows[0]!.id]);
	tellMirrorNews({
		licenses: [license(3, { suspendedAt: 1 })],
		machines: [machine(8, license(3).id)]
	});
	await vi.waitFor(() => expect(found('rack-8')).toEqual([license(3).id]), PATIENCE);
	const urgent = [rows[1]!.id, license(3).id, rows[0]!.id];
	await vi.waitFor(async () => expect((await strict.states.get('urgent'))?.value).toEqual(urgent), {
		timeout: 20_000
	});
});

test('[DK3] columns chosen one right behind the other are all there', async () => {
	const all = ['edition', 'maintenance', 'expiry'];
	const choose = (column: string) =>
		changeListSettings('licenses', (before) => {
			const kept = knownColumns(all, before.columns, []);
			return { ...before, columns: toggledColumn(all, kept, column) };
		});
	await Promise.all(all.map(choose));
	expect((await readListSettings('licenses')).columns).toEqual(all);
});
