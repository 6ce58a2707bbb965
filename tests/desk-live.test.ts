/** A query that is observed hears of a change of anything that it has read, however many steps it took to it. */
import 'fake-indexeddb/auto';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { toldLicense } from './fixtures/told-license.ts';

vi.stubGlobal('location', { protocol: 'http:', origin: 'http://hub.example' });
const { mirrorTables, relaxed, strict } = await import('#lib/desk/store/database.ts');
const { observeQuery } = await import('#lib/desk/store/observe-query.ts');
const { readState, writeState } = await import('#lib/desk/store/state.ts');
const { mirroredActivations, mirroredLicenses } = await import('#lib/desk/mirror/mirrored.ts');
const { countMirrored } = await import('#lib/desk/mirror/parts.ts');
const { storeMirrored } = await import('#lib/desk/mirror/write.ts');
const { findMachine } = await import('#lib/desk/licenses/machines.ts');
const { readLicense, listFirstLicenses } = await import('#lib/desk/licenses/read-licenses.ts');
const { lookUp, lookUpBeginnings } = await import('#lib/desk/licenses/lookup.ts');
const { listReservable } = await import('#lib/desk/allotments/reservations.ts');

const LICENSES = 600;
/** A page has more rows than a block. */
const PAGE = 150;
const MEANT = 331;

const numberOf = (n: number) => `KF-0000-0000-${String(n).padStart(4, '0')}`;
const idOf = (kind: number, n: number) =>
	`0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
const license = (n: number, revision = 1) =>
	toldLicense({
		id: idOf(1, n),
		customerId: 'customer',
		number: numberOf(n),
		deskSeats: 2,
		revision
	});
const machine = (n: number, revision = 1): ActivationRow => ({
	id: idOf(2, n),
	customerId: 'customer',
	licenseId: idOf(1, n),
	label: `rack-${n}`,
	name: 'Demo Person',
	generation: 1,
	state: 'active',
	grantedAt: 1,
	request: idOf(3, n),
	parts: [`part-${n}`],
	revision
});

const store = (licenses: LicenseRow[], activations: ActivationRow[]) =>
	relaxed.transaction('rw', mirrorTables(relaxed), async () =>
		storeMirrored(relaxed, { licenses, activations })
	);

beforeAll(async () => {
	for (let at = 0; at < LICENSES; at += PAGE) {
		const page = Array.from({ length: PAGE }, (_, step) => at + step);
		await store(
			page.map((n) => license(n)),
			page.map((n) => machine(n))
		);
	}
	await relaxed.customers.put({ customerId: 'customer', name: 'Example GmbH' });
});

/** Each is an asynchronous function that awaits the one before. */
async function readThrough(steps: number): Promise<void> {
	if (steps === 0) await strict.requests.count();
	else await readThrough(steps - 1);
}

const allIds = Array.from({ length: LICENSES }, (_, n) => idOf(1, n));

const reads = {
	'a chain of 3 functions': () => readThrough(3),
	'a chain of 40 functions': () => readThrough(40),
	'a license': () => readLicense(numberOf(MEANT)),
	'a machine': () => findMachine(idOf(2, MEANT)),
	'what a number names': () => lookUp(numberOf(MEANT)),
	'what an id names': () => lookUp(idOf(3, MEANT)),
	'what begins so': () => lookUpBeginnings('rack-3', 200),
	'the first licenses': () => listFirstLicenses(),
	'licenses to reserve seats of': () => listReservable(),
	'licenses by their ids': () => mirroredLicenses.bulkGet(allIds),
	'all licenses of a customer': () => mirroredLicenses.ofCustomers(['customer']),
	'machines that have a part': () => mirroredActivations.with('activations.parts', ['part-331']),
	'how many there are': () => countMirrored(mirroredActivations)
};

test.for(Object.entries(reads))(
	'[DK1] %s: what is read after it is heard of',
	async ([_, read]) => {
		const seen: unknown[] = [];
		const subscription = observeQuery(async () => {
			await read();
			await read();
			return readState('hubEpoch');
		}).subscribe((epoch) => seen.push(epoch));
		onTestFinished(() => subscription.unsubscribe());
		await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 10_000 });
		const epoch = crypto.randomUUID();
		await writeState('hubEpoch', epoch);
		await vi.waitFor(() => expect(seen.at(-1)).toBe(epoch), { timeout: 10_000 });
	}
);

test('[DK1] a change on top of a block is heard of by whoever read the block', async () => {
	const revisions: unknown[] = [];
	const subscription = observeQuery(async () => {
		const read = await readLicense(numberOf(MEANT));
		const [found] = (await lookUp(idOf(2, MEANT)))?.hits ?? [];
		const held = found?.act === undefined ? undefined : await findMachine(found.act);
		return [read?.revision, held?.row.revision];
	}).subscribe((row) => revisions.push(row));
	onTestFinished(() => subscription.unsubscribe());
	await vi.waitFor(() => expect(revisions).toEqual([[1, 1]]));
	await store([license(MEANT, 2)], []);
	await vi.waitFor(() => expect(revisions.at(-1)).toEqual([2, 1]));
	await store([], [machine(MEANT, 3)]);
	await vi.waitFor(() => expect(revisions.at(-1)).toEqual([2, 3]));
});
