/**
 * Online activation and pushes on the cluster that `TEST_CITUS_URL` names, by turns with one PostgreSQL: that
 * of `TEST_DATABASE_URL`, which should be of the same build, else of the package. Nothing where there is none.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distributePostgres, openPostgres } from '#server/db/store.ts';
import { findPostgres } from '../scripts/find-postgres.ts';
import { issueOver, type FaultLicense } from '../tests/faults/hub-process.ts';
import { makeClusterDatabase, testCluster } from '../tests/fixtures/citus.ts';
import { makeLicense, makeTestHub } from '../tests/fixtures/hub.ts';
import { byTurns, type OpenHub } from './activate.ts';
import { startHubOf } from './hub-of.ts';
import { makeDesk, makePush, timePush } from './push.ts';
import type { Result } from './result.ts';

const CALLERS = [1, 32];
/** Of all customers of the demo, so that each machine has some. */
const LICENSES = 60;
const PUSHES = 5;

export async function cluster(): Promise<Result[]> {
	if (testCluster === undefined) return [];
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const all = new AsyncDisposableStack();
	all.defer(() => rmSync(home, { recursive: true, force: true }));
	const one = await findPostgres();
	all.defer(() => one.stop());
	const many = await makeClusterDatabase();
	all.defer(() => many.drop());
	await distributePostgres(many.url);
	const urls = [many.url, one.url];
	// First, while no hub passes time there.
	const results = [await pushes(urls)];
	const hubs: OpenHub[] = [];
	for (const databaseUrl of urls) {
		const options = { data: join(home, String(hubs.length)), databaseUrl, isSilent: true };
		const hub = await startHubOf(join(import.meta.dirname, '..'), options);
		all.defer(() => hub.end());
		const licenses: FaultLicense[] = [];
		for (let n = 0; n < LICENSES; n++) licenses.push(await issueOver(hub, 100_000, n));
		hubs.push({ hub, licenses });
	}
	for (const callers of CALLERS)
		for (const licenses of [1, LICENSES]) {
			const [figure, raw] = await byTurns(hubs, { callers, licenses });
			const what = `Activate, ${callers} callers, ${licenses} licenses`;
			results.push(beside(what, figure!.perSecond, raw!.perSecond));
		}
	await all.disposeAsync();
	return results;
}

/** Requests a second, in pushes of five hundred. */
async function pushes(urls: readonly string[]): Promise<Result> {
	const stores = await Promise.all(urls.map((url) => openPostgres(url)));
	const took = stores.map(() => 0);
	const desks = [];
	for (const store of stores) {
		const made = await makeTestHub(store);
		const license = await makeLicense(made, { seats: 1_000_000 });
		desks.push({ made, license, desk: await makeDesk() });
	}
	let count = 0;
	for (let round = 0; round <= PUSHES; round++)
		for (const [at, { made, license, desk }] of desks.entries()) {
			const each = await makePush(desk, license);
			count = each.pushed.length;
			const ms = await timePush(made, each, license);
			// The first one warms everything up.
			if (round > 0) took[at]! += ms;
		}
	await Promise.all(stores.map((store) => store.close()));
	const [figure, raw] = took.map((ms) => (PUSHES * count * 1000) / ms);
	return beside(`Push of ${count} requests`, figure!, raw!);
}

function beside(what: string, figure: number, raw: number): Result {
	const name = `${what}, a cluster beside one PostgreSQL`;
	return { name, figure, unit: '/s', raw, ratio: figure / raw, bar: '(no bar)', reached: true };
}
