/**
 * What the vendor's console asks of a hub with 100,000 customers and 200,000 licenses, beside one scan
 * of the customers' names.
 *
 * @module
 */
import { desc, sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { listCustomers } from '#server/operations/catalog/list-customers.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';
import { startPostgres } from '../scripts/find-postgres.ts';
import { makeLicense, makeTestHub, type TestHub } from '../tests/fixtures/hub.ts';
import { percentile } from './chromium.ts';
import type { Result } from './result.ts';

const CUSTOMERS = 100_000;
const EACH = 2;
const ROUNDS = 20;
const BAR_MS = 100;

export async function vendorConsole(): Promise<Result[]> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const postgres = await startPostgres();
	const results = [
		...(await onStore('PostgreSQL', await openPostgres(postgres.url))),
		...(await onStore('embedded', await openEmbedded(home)))
	];
	await postgres.stop();
	rmSync(home, { recursive: true, force: true });
	return results;
}

async function onStore(kind: string, store: Store): Promise<Result[]> {
	// Sealed keys are bound to their licenses, and these are copies of one.
	const seal = { seal: (text: string) => text, open: (sealed: string) => sealed };
	const made = await makeTestHub(store, { seal });
	const number = await seed(made, store);
	const staff = { userId: uuidv7(), vendor: 'staff' as const, roles: new Map() };
	const asks: [string, () => Promise<unknown>][] = [
		['page of customers', () => listCustomers(made.hub, {})],
		['customers by part of a name', () => listCustomers(made.hub, { search: 'works 7777' })],
		['page of licenses', () => listLicenses(made.hub, { limit: 50 }, staff)],
		[
			'licenses by part of a number',
			() => listLicenses(made.hub, { search: number.slice(-9), limit: 50 }, staff)
		],
		[
			'licenses by a customer',
			() => listLicenses(made.hub, { search: 'works 7777', limit: 50 }, staff)
		],
		[
			'licenses by what is nowhere',
			() => listLicenses(made.hub, { search: 'nobody', limit: 50 }, staff)
		]
	];
	const raw = await timed(() =>
		store.db.execute(sql`select count(*) from customer where name ilike '%nobody%'`)
	);
	const results: Result[] = [];
	for (const [what, ask] of asks) {
		const figure = await timed(ask);
		results.push({
			name: `Console: ${what}, ${kind}, p95`,
			figure,
			unit: 'ms',
			raw,
			ratio: figure / raw,
			bar: `< ${BAR_MS} ms`,
			reached: figure < BAR_MS
		});
	}
	await store.close();
	return results;
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
	await ask();
	const took: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const started = performance.now();
		await ask();
		took.push(performance.now() - started);
	}
	return percentile(took, 95);
}

/** Rows as the hub writes them, copied in the database from one. @returns A number among them. */
async function seed(made: TestHub, { db }: Store): Promise<string> {
	const { customerId, licenseId } = await makeLicense(made);
	const id = sql`gen_random_uuid()`;
	await db.execute(sql`
		create temporary table sold as
		select ${id}::text as customer_id, n from generate_series(1, ${CUSTOMERS}) n`);
	await copyRow(made, customers, {
		where: sql`customer_id = ${customerId}`,
		from: sql`sold`,
		changes: { customer_id: sql`sold.customer_id`, name: sql`'Example Works ' || sold.n` }
	});
	await db.execute(sql`
		create temporary table issued as
		select ${id}::text as license_id, customer_id,
			'KF-' || upper(substr(md5(n || '-' || each), 1, 4) || '-' || substr(md5(n || '-' || each), 5, 4)
				|| '-' || substr(md5(n || '-' || each), 9, 4)) as number
		from sold, generate_series(1, ${EACH}) each`);
	await copyRow(made, licenses, {
		where: sql`license_id = ${licenseId}`,
		from: sql`issued`,
		changes: {
			customer_id: sql`issued.customer_id`,
			license_id: sql`issued.license_id`,
			number: sql`issued.number`
		}
	});
	await db.execute(sql`
		insert into directory (key, customer_id, license_id)
		select number, customer_id, license_id from issued
		union all select license_id, customer_id, license_id from issued`);
	await db.execute(sql`analyze`);
	const [last] = await db
		.select({ number: licenses.number })
		.from(licenses)
		.orderBy(desc(licenses.licenseId))
		.limit(1);
	return last!.number;
}

async function copyRow(
	{ hub }: TestHub,
	table: typeof customers | typeof licenses,
	{
		where,
		from,
		changes
	}: {
		where: ReturnType<typeof sql>;
		from: ReturnType<typeof sql>;
		changes: Record<string, ReturnType<typeof sql>>;
	}
): Promise<void> {
	const names = getTableConfig(table).columns.map(({ name }) => name);
	const columns = sql.join(
		names.map((name) => sql.identifier(name)),
		sql`, `
	);
	const values = sql.join(
		names.map((name) => changes[name] ?? sql`model.${sql.identifier(name)}`),
		sql`, `
	);
	await hub.db.execute(sql`
		insert into ${table} (${columns})
		select ${values} from ${from}, (select * from ${table} where ${where}) model`);
}
