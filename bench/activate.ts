/**
 * Online activation over HTTP by a hub in a process of its own, beside a loop that does the same to
 * one row at a time in one transaction each, on the same kind of store.
 *
 * @module
 */
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { startPostgres } from '../scripts/find-postgres.ts';
import { issueOver, startHubProcess, type FaultLicense } from '../tests/faults/hub-process.ts';
import { askFor, makeLicense, makeMachine, makeTestHub } from '../tests/fixtures/hub.ts';
import type { Result } from './result.ts';

const CALLERS = [1, 32, 200];
/** Requests for each number of callers: enough for a few seconds. */
const REQUESTS = new Map([
	[1, 200],
	[32, 2_000],
	[200, 3_000]
]);
const LICENSES = 200;
const RAW_ROWS = 400;
const TIMES = 3;
const P99_MS = 60;

export async function activate(): Promise<Result[]> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const postgres = await startPostgres();
	const results = [
		...(await onStore('embedded', home, {})),
		...(await onStore('PostgreSQL', home, { databaseUrl: postgres.url }))
	];
	await postgres.stop();
	rmSync(home, { recursive: true, force: true });
	return results;
}

async function onStore(
	kind: string,
	home: string,
	{ databaseUrl }: { databaseUrl?: string }
): Promise<Result[]> {
	const data = join(home, kind);
	const hub = await startHubProcess({ data, databaseUrl });
	const licenses: FaultLicense[] = [];
	for (let n = 0; n < LICENSES; n++) licenses.push(await issueOver(hub, 100_000));
	const results: Result[] = [];
	for (const callers of CALLERS)
		for (const spread of [licenses.slice(0, 1), licenses]) {
			// Beside each figure: the machine may be in another mood a minute later.
			const raw = await rowAtATime(kind, home, databaseUrl);
			const { perSecond, p99 } = await callHub(hub.address, spread, callers);
			const name = `Activate, ${kind}, ${callers} callers, ${spread.length} licenses`;
			const isAsked = callers === 32;
			const ratio = perSecond / raw;
			results.push({
				name,
				figure: perSecond,
				unit: '/s',
				raw,
				ratio,
				bar: isAsked ? `≥ ${TIMES} × a row at a time` : '(no bar)',
				reached: !isAsked || ratio >= TIMES
			});
			results.push({
				name: `${name}, p99`,
				figure: p99,
				unit: 'ms',
				raw: 1000 / raw,
				ratio: (p99 * raw) / 1000,
				bar: isAsked ? `< ${P99_MS} ms` : '(no bar)',
				reached: !isAsked || p99 < P99_MS
			});
			console.error(
				`${name}: ${Math.round(perSecond)}/s, p99 ${Math.round(p99)} ms, raw ${Math.round(raw)}/s`
			);
		}
	await hub.end('SIGTERM');
	return results;
}

/** Locks the license, counts, and stores the grant: a transaction each, one after another. */
async function rowAtATime(kind: string, home: string, databaseUrl?: string): Promise<number> {
	const store = await openRaw(join(home, `${kind}-raw`), databaseUrl);
	const license = await makeLicense(await makeTestHub(store), { seats: RAW_ROWS });
	const token = 'x'.repeat(1_200);
	const { licenseId, customerId } = license;
	const started = performance.now();
	for (let row = 0; row < RAW_ROWS; row++) {
		await store.db.transaction(async (tx) => {
			await tx.execute(sql`select * from license
				where customer_id = ${customerId} and license_id = ${licenseId} for update`);
			await tx.execute(sql`update license set active = active + 1
				where customer_id = ${customerId} and license_id = ${licenseId}`);
			await tx.execute(sql`insert into activation_file
				(customer_id, jti, act, gen, request, kid, token, signed_at)
				values (${customerId}, ${uuidv7()}, ${uuidv7()}, 1, ${uuidv7()}, 'kid', ${token}, 1)`);
		});
	}
	const seconds = (performance.now() - started) / 1000;
	await store.close();
	return RAW_ROWS / seconds;
}

function openRaw(folder: string, databaseUrl: string | undefined): Promise<Store> {
	return databaseUrl === undefined ? openEmbedded(folder) : openPostgres(databaseUrl);
}

/** Each caller asks again as soon as it has its answer. */
async function callHub(address: string, licenses: readonly FaultLicense[], callers: number) {
	const count = REQUESTS.get(callers)!;
	const bodies: string[] = [];
	for (let n = 0; n < count; n++) {
		const request = await askFor(licenses[n % licenses.length]!, await makeMachine(uuidv7()));
		bodies.push(JSON.stringify({ request }));
	}
	const agent = new Agent({ keepAlive: true, maxSockets: callers });
	const took: number[] = [];
	const queue = bodies.values();
	const caller = async () => {
		for (const body of queue) {
			const asked = performance.now();
			const status = await post(`${address}/v1/activations`, body, agent);
			if (status !== 201) throw new Error(`answered ${status}`);
			took.push(performance.now() - asked);
		}
	};
	// Connections are made, and code is warm, before anything is measured.
	await Promise.all(Array.from({ length: callers }, () => get(`${address}/health/live`, agent)));
	const started = performance.now();
	await Promise.all(Array.from({ length: callers }, caller));
	const perSecond = (count * 1000) / (performance.now() - started);
	agent.destroy();
	took.sort((one, other) => one - other);
	return { perSecond, p99: took[Math.floor(took.length * 0.99)]! };
}

function post(url: string, body: string, agent: Agent): Promise<number | undefined> {
	return send(
		url,
		{ method: 'POST', agent, headers: { 'content-type': 'application/json' } },
		body
	);
}

function get(url: string, agent: Agent): Promise<number | undefined> {
	return send(url, { agent });
}

function send(
	url: string,
	options: Parameters<typeof httpRequest>[1] & object,
	body?: string
): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const request = httpRequest(url, options, (response) => {
			response.resume();
			response.on('end', () => resolve(response.statusCode));
		});
		request.on('error', reject);
		request.end(body);
	});
}
