/**
 * A pull of 100 changes at the hub, for a customer with a million licenses, beside one query that
 * reads the same rows.
 *
 * @module
 */
import { and, eq, gt } from 'drizzle-orm';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { pull as pullChanges } from '#server/operations/pull/pull.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../scripts/find-postgres.ts';
import { makeLicense, makeTestHub } from '../tests/fixtures/hub.ts';
import { copyLicense } from '../tests/fixtures/licenses.ts';
import { percentile } from './chromium.ts';
import type { Result } from './result.ts';

const CHANGES = 100;
const ROUNDS = 20;
const BAR_MS = 50;
/** In one transaction each: its rows are held in memory. */
const COPIES = 100_000;

export async function pull(): Promise<Result[]> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const postgres = await startPostgres();
	const results = [
		await onStore('PostgreSQL', await openPostgres(postgres.url), 1_000_000),
		await onStore('embedded', await openEmbedded(home), COPIES)
	];
	await postgres.stop();
	rmSync(home, { recursive: true, force: true });
	return results;
}

async function onStore(kind: string, store: Store, size: number): Promise<Result> {
	const made = await makeTestHub(store);
	const { hub } = made;
	const first = await makeLicense(made);
	const { customerId, manager } = first;
	for (let copied = 0; copied < size; copied += COPIES)
		await copyLicense(hub.db, { ...first, copies: COPIES });
	const changed = [first];
	while (changed.length < CHANGES) changed.push(await makeLicense(made, { customerId }));
	await store.db.execute('analyze');

	let revision = await revisionOf(store, customerId);
	const [took, raws]: [number[], number[]] = [[], []];
	for (let round = 0; round < ROUNDS; round++) {
		const change = round % 2 === 0 ? suspendLicense : resumeLicense;
		for (const license of changed) await change(hub, license);
		const cursor = { hubEpoch: hub.epoch, customers: { [customerId]: revision } };
		const started = performance.now();
		const page = await pullChanges(hub, cursor, manager);
		took.push(performance.now() - started);
		if (page.licenses.length !== CHANGES || page.more) throw new Error('not the changes');
		const rawStarted = performance.now();
		await store.db
			.select()
			.from(licenses)
			.where(and(eq(licenses.customerId, customerId), gt(licenses.revision, revision)));
		raws.push(performance.now() - rawStarted);
		revision = page.cursor.customers[customerId]!;
	}
	await store.close();
	const [figure, raw] = [percentile(took, 50), percentile(raws, 50)];
	const isAsked = size >= 1_000_000;
	return {
		name: `Pull of ${CHANGES} changes at ${size} licenses, ${kind}, median`,
		figure,
		unit: 'ms',
		raw,
		ratio: figure / raw,
		bar: isAsked ? `< ${BAR_MS} ms` : '(no bar)',
		reached: !isAsked || figure < BAR_MS
	};
}

async function revisionOf({ db }: Store, customerId: string): Promise<number> {
	const [customer] = await db.select().from(customers).where(eq(customers.customerId, customerId));
	return customer!.revision;
}
