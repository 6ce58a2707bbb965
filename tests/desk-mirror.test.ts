/** The desk's mirror: whatever lies in blocks and whatever on top, it reads as the rows that came last. */
import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { toldLicense } from './fixtures/told-license.ts';

vi.stubGlobal('location', { protocol: 'http:', origin: 'http://hub.example' });
const { mirrorTables, relaxed, strict } = await import('#lib/desk/store/database.ts');
const { foldMirror } = await import('#lib/desk/mirror/fold.ts');
const { countMirrored, mirrorParts } = await import('#lib/desk/mirror/parts.ts');
const { mirroredActivations, mirroredLicenses } = await import('#lib/desk/mirror/mirrored.ts');
const { LARGE_PAGE } = await import('#lib/desk/mirror/store-license-keys.ts');
const { removeCustomers, storeMirrored } = await import('#lib/desk/mirror/write.ts');

const CUSTOMERS = 3;
const customerOf = (n: number) => `customer-${n % CUSTOMERS}`;
const idOf = (n: number) => `id-${String(n).padStart(4, '0')}`;
/** Quotes and line breaks: what people write is in the rows. */
const numberOf = (n: number, version: number) => `KF-"${n}"\n${version % 2}`;

const license = (n: number, version: number) =>
	toldLicense({
		id: idOf(n),
		customerId: customerOf(n),
		customer: `Example GmbH ${customerOf(n)}`,
		number: numberOf(n, version),
		...(version % 3 === 0 && { frozenAt: 1 }),
		revision: version
	});
const machine = (n: number, version: number): ActivationRow => ({
	id: idOf(n),
	customerId: customerOf(n),
	licenseId: idOf(n % 7),
	label: `Rack-${n}`,
	name: 'Demo Person',
	generation: version,
	state: 'active',
	grantedAt: 1,
	request: `request-${n}-${version}`,
	parts: [`part-${n % 11}`, `part-${(n + version) % 11}`],
	revision: version
});

/** What the mirror is to read as. */
type Model = { licenses: Map<string, LicenseRow>; activations: Map<string, ActivationRow> };

const sorted = <R extends { id: string }>(rows: Iterable<R>) =>
	[...rows].sort((one, other) => (one.id < other.id ? -1 : 1));

async function allOf<R extends { id: string }>(parts: AsyncIterable<R[]>) {
	const all = new Map<string, R>();
	for await (const part of parts) for (const row of part) all.set(row.id, row);
	return sorted(all.values());
}

async function expectSame({ licenses, activations }: Model) {
	const [theLicenses, theMachines] = [sorted(licenses.values()), sorted(activations.values())];
	expect(await allOf(mirrorParts(mirroredLicenses, 90))).toEqual(theLicenses);
	expect(await allOf(mirrorParts(mirroredActivations, 90))).toEqual(theMachines);
	expect(await countMirrored(mirroredLicenses)).toBe(theLicenses.length);
	expect(await mirroredLicenses.isEmpty()).toBe(theLicenses.length === 0);
	expect(sorted(await mirroredLicenses.first(1e6))).toEqual(theLicenses);
	const ids = [3, 151, 8, 40, 299].map(idOf);
	expect(await mirroredLicenses.bulkGet(ids)).toEqual(ids.map((id) => licenses.get(id)));
	const frozen = theLicenses.filter(({ frozenAt }) => frozenAt !== undefined);
	expect(sorted(await mirroredLicenses.with('licenses.frozen', ['frozenAt']))).toEqual(frozen);
	for (const version of [0, 1]) {
		const numbers = [3, 151].map((n) => numberOf(n, version));
		const meant = theLicenses.filter(({ number }) => numbers.includes(number));
		expect(sorted(await mirroredLicenses.with('licenses.number', numbers))).toEqual(meant);
	}
	const customers = [customerOf(1), customerOf(2)];
	const ofCustomers = theLicenses.filter(({ customerId }) => customers.includes(customerId));
	expect(sorted(await mirroredLicenses.ofCustomers(customers))).toEqual(ofCustomers);
	const begun = theMachines.filter(({ label }) => label?.startsWith('Rack-2'));
	expect(sorted(await mirroredActivations.beginning('rACK-2', 1e6))).toEqual(begun);
	for (const part of ['part-4', 'part-9'])
		expect(sorted(await mirroredActivations.with('activations.parts', [part]))).toEqual(
			theMachines.filter(({ parts }) => parts?.includes(part))
		);
	const [some] = theMachines;
	if (some) {
		expect(await mirroredActivations.with('activations.request', [some.request])).toEqual([some]);
		const ofLicense = theMachines.filter(({ licenseId }) => licenseId === some.licenseId);
		expect(
			sorted(await mirroredActivations.with('activations.licenseId', [some.licenseId]))
		).toEqual(ofLicense);
	}
}

beforeEach(async () => {
	for (const table of mirrorTables(strict)) await table.clear();
});

const inMirror = (work: () => Promise<void>) =>
	relaxed.transaction('rw', mirrorTables(relaxed), work);

type Step =
	| { does: 'page'; from: number; size: number; isCut: boolean }
	| { does: 'reset'; customer: number }
	| { does: 'fold'; steps: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			does: fc.constant('page' as const),
			from: fc.nat(250),
			size: fc.constantFrom(1, 9, LARGE_PAGE, 160, 420),
			isCut: fc.boolean()
		})
	},
	fc.record({ does: fc.constant('reset' as const), customer: fc.nat(CUSTOMERS - 1) }),
	fc.record({ does: fc.constant('fold' as const), steps: fc.nat(4) })
);

test('[SY4] [SY5] blocks and what lies on top of them read as the rows that came last, in any order of pages, resets, cuts and folds', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(steps, { maxLength: 9 }), async (plan) => {
			for (const table of mirrorTables(strict)) await table.clear();
			const model: Model = { licenses: new Map(), activations: new Map() };
			for (const [version, step] of plan.entries()) {
				if (step.does === 'page') {
					const ns = Array.from({ length: step.size }, (_, at) => step.from + at);
					const licenses = ns.map((n) => license(n, version));
					const activations = ns.map((n) => machine(n, version));
					const stored = inMirror(async () => {
						await storeMirrored(relaxed, { licenses, activations });
						if (step.isCut) throw new Error('the page was closed');
					});
					if (step.isCut) await expect(stored).rejects.toThrow('the page was closed');
					else {
						await stored;
						for (const row of licenses) model.licenses.set(row.id, row);
						for (const row of activations) model.activations.set(row.id, row);
					}
				} else if (step.does === 'reset') {
					const gone = customerOf(step.customer);
					await inMirror(async () => removeCustomers(relaxed, [gone]));
					for (const rows of [model.licenses, model.activations])
						for (const { id, customerId } of rows.values())
							if (customerId === gone) rows.delete(id);
				} else {
					let left = step.steps;
					await foldMirror(relaxed, async () => left-- > 0, { onTop: 0, records: step.steps % 2 });
				}
				await expectSame(model);
			}
		}),
		{ numRuns: 12 }
	);
});

test('[SY4] a reading of all rows misses none that is folded while it goes on', async () => {
	const rows = Array.from({ length: 900 }, (_, n) => license(n, 1));
	await inMirror(async () =>
		storeMirrored(relaxed, { licenses: rows.slice(0, 400), activations: [] })
	);
	await relaxed.licenses.bulkPut(rows.slice(350).map((row) => ({ ...row, seats: 9 })));
	const read = new Map<string, number>();
	for await (const part of mirrorParts(mirroredLicenses, 100)) {
		for (const { id, seats } of part) read.set(id, seats);
		// One step between any two parts.
		await foldMirror(relaxed, async () => false, { onTop: 0, records: 0 });
	}
	expect(read.size).toBe(900);
	expect([...read.values()].filter((seats) => seats === 9)).toHaveLength(550);
	expect(await relaxed.licenses.count()).toBe(0);
});

test('[SY4] a reading of all rows misses none that is folded into a block that was read', async () => {
	for (const table of mirrorTables(strict)) await table.clear();
	const rows = Array.from({ length: 300 }, (_, n) => license(n, 1));
	await inMirror(async () => storeMirrored(relaxed, { licenses: rows, activations: [] }));
	// All but the last of each customer: something is read of every block.
	const changed = rows.slice(0, -CUSTOMERS).map((row) => ({ ...row, seats: 9 }));
	await relaxed.licenses.bulkPut(changed);
	const read = new Map<string, LicenseRow>();
	for await (const part of mirrorParts(mirroredLicenses, 100)) {
		for (const row of part) read.set(row.id, row);
		await foldMirror(relaxed, async () => true, { onTop: 0 });
	}
	expect(sorted(read.values())).toEqual([...changed, ...rows.slice(-CUSTOMERS)]);
});

test('[SY4] a row is found while the keys that lead to it are merged', async () => {
	for (const table of mirrorTables(strict)) await table.clear();
	const store = (from: number) => {
		const licenses = Array.from({ length: LARGE_PAGE }, (_, n) => license(from + n, 1));
		return inMirror(async () => storeMirrored(relaxed, { licenses, activations: [] }));
	};
	const fold = () => foldMirror(relaxed, async () => false, { records: 0 });
	await store(0);
	await fold();
	await store(LARGE_PAGE);
	// A desk that has just started has no keys in memory.
	vi.resetModules();
	const { blockKeys } = (await import('#lib/desk/store/database.ts')).strict;
	const { mirroredLicenses: mirrored } = await import('#lib/desk/mirror/mirrored.ts');
	const read = blockKeys.bulkGet.bind(blockKeys);
	let isFolded = false;
	// Between the names of the records and the records themselves: long enough for it, if it did not have to wait.
	const waitForFold = async (ids: number[]) => {
		setTimeout(() => void fold().then(() => (isFolded = true)));
		for (let step = 0; step < 300 && !isFolded; step++) await read([0]);
		return read(ids);
	};
	const reading = vi
		.spyOn(blockKeys, 'bulkGet')
		.mockImplementationOnce((ids) => waitForFold(ids) as ReturnType<typeof read>);
	const ids = [idOf(7), idOf(LARGE_PAGE + 7)];
	expect((await mirrored.bulkGet(ids)).map((row) => row?.id)).toEqual(ids);
	await vi.waitFor(() => expect(isFolded).toBe(true));
	expect((await mirrored.bulkGet(ids)).map((row) => row?.id)).toEqual(ids);
	// Those that were merged are other records.
	expect(reading).toHaveBeenCalledTimes(2);
});

test('[SY4] blocks of an earlier version, in which each line is a whole row, read as they did', async () => {
	for (const table of mirrorTables(strict)) await table.clear();
	const licenses = Array.from({ length: LARGE_PAGE }, (_, n) => license(n, n));
	await inMirror(async () => storeMirrored(relaxed, { licenses, activations: [] }));
	await relaxed.licenseBlocks.toCollection().modify((block) => {
		const ofThem = licenses.filter(({ customerId }) => customerId === block.customerId);
		delete block.like;
		block.text = ofThem.map((row) => JSON.stringify(row)).join('\n');
	});
	expect(await allOf(mirrorParts(mirroredLicenses, 90))).toEqual(licenses);
	expect(await mirroredLicenses.with('licenses.number', [licenses[7]!.number])).toEqual([
		licenses[7]
	]);
});
