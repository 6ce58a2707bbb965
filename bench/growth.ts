/**
 * What a push costs as the ledger grows: the same push to a customer with a thousand activations and
 * with a million, on the embedded database with two hundred thousand: seeding it with more never ended.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { startPostgres } from '../scripts/find-postgres.ts';
import { makeLicense, makeTestHub, type TestHub, type TestLicense } from '../tests/fixtures/hub.ts';
import { seedMachines } from '../tests/fixtures/seed-machines.ts';
import { makeDesk, makePush, timePush, type PushingDesk } from './push.ts';
import type { Result } from './result.ts';

const SMALL = 1_000;
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
	await seedMachines(store, license, { from: 0, to: SMALL });
	const small = await cost(made, desk, license);
	await seedMachines(store, license, { from: SMALL, to: large });
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
