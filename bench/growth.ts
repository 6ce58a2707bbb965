/**
 * What a push costs as the ledger grows: the same push to a customer with a thousand activations and
 * with a million, on the embedded database with two hundred thousand: seeding it with more never ended.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { startPostgres } from '../scripts/find-postgres.ts';
import { makeLicense, makeTestHub, type TestHub, type TestLicense } from '../tests/fixtures/hub.ts';
import { makeDesk, makePush, timePush, type PushingDesk } from './push.ts';
import type { Result } from './result.ts';

const SMALL = 1_000;
/** Rows of one statement: what the embedded database holds in memory at once. */
const SEED_ROWS = 50_000;
const ROUNDS = 7;
const BAR = 1.3;

export async function growth(): Promise<Result[]> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const postgres = await startPostgres();
	const results = [
		await onStore('PostgreSQL', await openPostgres(postgres.url), 1_000_000),
		await onStore('embedded', await openEmbedded(join(home, 'ours')), 200_000)
	];
	await postgres.stop();
	rmSync(home, { recursive: true, force: true });
	return results;
}

async function onStore(kind: string, store: Store, large: number): Promise<Result> {
	const made = await makeTestHub(store);
	const license = await makeLicense(made, { seats: 2 * large });
	const desk = await makeDesk();
	// Code and connections are warm before anything is measured.
	await cost(made, desk, license);
	await seed(store, license, { from: 0, to: SMALL });
	const small = await cost(made, desk, license);
	await seed(store, license, { from: SMALL, to: large });
	const grown = await cost(made, desk, license);
	await store.close();
	const ratio = grown / small;
	const name = `Push as the ledger grows to ${large.toLocaleString('en')}, ${kind}`;
	console.error(`${name}: ${Math.round(small)} ms, then ${Math.round(grown)} ms`);
	return {
		name,
		figure: grown,
		unit: 'ms',
		raw: small,
		ratio,
		bar: `≤ ${BAR} × at ${SMALL.toLocaleString('en')}`,
		reached: ratio <= BAR
	};
}

/** The median of a few pushes of five hundred new machines each. */
async function cost(made: TestHub, desk: PushingDesk, license: TestLicense): Promise<number> {
	const took: number[] = [];
	for (let round = 0; round < ROUNDS; round++)
		took.push(await timePush(made, await makePush(desk, license), license));
	return took.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)]!;
}

/** Activations with their components, files, requests and commands, all of one license. */
async function seed(
	{ db }: Store,
	{ customerId: customer, licenseId: license }: TestLicense,
	{ from, to }: { from: number; to: number }
): Promise<void> {
	for (let at = from; at < to; at += SEED_ROWS) {
		const last = Math.min(at + SEED_ROWS, to) - 1;
		const rows = sql`generate_series(${at}::int, ${last}::int) as n`;
		await db.execute(sql`insert into activation
			(customer_id, act, license_id, state, gen, fp, jkt, label, name, granted_at, request, revision)
			select ${customer}, 'seed-' || n, ${license}, 'active', 1, '{"board": "x"}', md5(n::text),
				'rack-' || n, 'Demo Person', 1, 'request-' || n, 1 from ${rows}`);
		await db.execute(sql`insert into activation_component
			select ${customer}, ${license}, md5(part || ' ' || n), 'seed-' || n
			from ${rows}, unnest(array['board', 'disk', 'os']) as part`);
		await db.execute(sql`insert into activation_file
			(customer_id, jti, act, gen, request, kid, token, signed_at)
			select ${customer}, md5('file ' || n), 'seed-' || n, 1, 'request-' || n, 'kid', md5(n::text), 1
			from ${rows}`);
		await db.execute(sql`insert into request
			(customer_id, request, license_id, state, jkt, act, kid, token, decided_at, revision)
			select ${customer}, 'request-' || n, ${license}, 'granted', md5(n::text), 'seed-' || n, 'kid',
				md5(n::text), 1, 1 from ${rows}`);
		await db.execute(sql`insert into command (outbox, n, id, hash, settled_at)
			select 'seed', n + 1, md5('command ' || n), md5(n::text), 1 from ${rows}`);
	}
	await db.execute(sql`update license set active = active + ${to - from}
		where customer_id = ${customer} and license_id = ${license}`);
	// As autovacuum does by itself within a minute.
	await db.execute(sql`analyze`);
}
