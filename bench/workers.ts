/**
 * Online activation by one process and by workers, asked by turns: each a hub on a PostgreSQL of its own,
 * and their callers beside them. `BENCH_WORKERS` says how many workers (3).
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../scripts/find-postgres.ts';
import { issueOver, type FaultLicense } from '../tests/faults/hub-process.ts';
import { byTurns, type OpenHub } from './activate.ts';
import { startHubOf } from './hub-of.ts';
import type { Result } from './result.ts';

const WORKERS = Number(process.env.BENCH_WORKERS ?? 3);
const CALLERS = [1, 32];
/** Of all customers of the demo. */
const LICENSES = 60;
/** Of what one process does. */
const LEAST = 0.95;

export async function workers(): Promise<Result[]> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const all = new AsyncDisposableStack();
	all.defer(() => rmSync(home, { recursive: true, force: true }));
	const open = async (name: string, count?: number): Promise<OpenHub> => {
		const postgres = await startPostgres();
		all.defer(() => postgres.stop());
		const options = { data: join(home, name), databaseUrl: postgres.url, isSilent: true };
		const hub = await startHubOf(join(import.meta.dirname, '..'), { ...options, workers: count });
		all.defer(() => hub.end());
		const licenses: FaultLicense[] = [];
		for (let n = 0; n < LICENSES; n++) licenses.push(await issueOver(hub, 100_000, n));
		return { hub, licenses };
	};
	const hubs = [await open('one'), await open('workers', WORKERS)];
	const results: Result[] = [];
	for (const callers of CALLERS)
		for (const licenses of [1, LICENSES]) {
			const [one, many] = await byTurns(hubs, { callers, licenses });
			const ratio = many!.perSecond / one!.perSecond;
			results.push({
				name: `Activate, ${WORKERS} workers beside one process, ${callers} callers, ${licenses} licenses`,
				figure: many!.perSecond,
				unit: '/s',
				raw: one!.perSecond,
				ratio,
				bar: callers === 1 ? '(no bar)' : `≥ ${LEAST} ×`,
				reached: callers === 1 || ratio >= LEAST
			});
		}
	await all.disposeAsync();
	return results;
}
