/**
 * Online activation over HTTP by a hub in a process of its own, with callers that cost next to nothing, beside a
 * loop that does the same to one row at a time in one transaction each, on the same kind of store. `KEYFERRY_BEFORE` names a checkout
 * of earlier code: its hub is asked by turns with this one's.
 *
 * @module
 */
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { startPostgres, type OwnPostgres } from '../scripts/find-postgres.ts';
import { issueOver, type FaultLicense } from '../tests/faults/hub-process.ts';
import { askFor, makeLicense, makeMachine, makeTestHub } from '../tests/fixtures/hub.ts';
import { askAll, requestBytes } from './http-lines.ts';
import { startHubOf, type HubOf } from './hub-of.ts';
import type { Result } from './result.ts';
import { useLog } from './used-log.ts';

const CALLERS = [1, 32, 200];
/** Requests for each number of callers: enough for a few seconds. */
const REQUESTS = new Map([
	[1, 200],
	[32, 1_500],
	[200, 2_000]
]);
/** Before the first figure: code that has not run as often is not compiled yet, and one caller alone would measure that. */
const WARMING = 3_000;
const LICENSES = 200;
const RAW_ROWS = 400;
const TURNS = 3;
const P99_MS = 60;
/** How many times the row loop, by callers. */
const TIMES: Record<Kind, Record<number, number>> = {
	embedded: { 1: 1, 32: 3.5 },
	PostgreSQL: { 1: 0.45, 32: 2 }
};
/** How many times the code before, for one caller; and how much of its thread's time, for 32. */
const BEFORE = { rate: 2, thread: 0.6 };

type Kind = 'embedded' | 'PostgreSQL';
/** Of one number of callers and licenses: medians. */
type Asked = { perSecond: number; p99: number; threadMs: number };

export async function activate(): Promise<Result[]> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const results: Result[] = [];
	for (const kind of ['embedded', 'PostgreSQL'] as const) {
		const postgres = kind === 'embedded' ? undefined : await startUsedPostgres();
		results.push(...(await onStore(kind, home, postgres?.url)));
		await postgres?.stop();
	}
	rmSync(home, { recursive: true, force: true });
	return results;
}

async function startUsedPostgres(): Promise<OwnPostgres> {
	const postgres = await startPostgres();
	await useLog(postgres.url);
	return postgres;
}

async function onStore(kind: Kind, home: string, databaseUrl?: string): Promise<Result[]> {
	const own = await openHub(join(import.meta.dirname, '..'), join(home, kind), databaseUrl);
	const checkout = process.env.KEYFERRY_BEFORE;
	const earlier = databaseUrl === undefined ? undefined : await startUsedPostgres();
	const before =
		checkout === undefined
			? undefined
			: await openHub(checkout, join(home, `${kind}-before`), earlier?.url);
	const results: Result[] = [];
	for (const callers of CALLERS)
		for (const licenses of [1, LICENSES]) {
			const name = `Activate, ${kind}, ${callers} callers, ${licenses} licenses`;
			// Beside each figure: the machine may be in another mood a minute later.
			const raw = await rowAtATime(kind, home, databaseUrl);
			const [ours, theirs] = await byTurns([own, ...(before ? [before] : [])], {
				callers,
				licenses
			});
			results.push(...linesOf(name, { kind, callers, raw, ours: ours!, theirs }));
			console.error(
				`${name}: ${Math.round(ours!.perSecond)}/s, p99 ${Math.round(ours!.p99)} ms, raw ${Math.round(raw)}/s`
			);
		}
	await own.hub.end();
	await before?.hub.end();
	await earlier?.stop();
	return results;
}

type Figures = { kind: Kind; callers: number; raw: number; ours: Asked; theirs?: Asked };
type Line = Pick<Result, 'name' | 'figure' | 'unit' | 'raw'>;
type Bar = { bar: string; holds: (of: { figure: number; ratio: number }) => boolean };

const noBar: Bar = { bar: '(no bar)', holds: () => true };
const atLeast = (times: number | undefined): Bar =>
	times === undefined ? noBar : { bar: `≥ ${times} ×`, holds: ({ ratio }) => ratio >= times };
const inTime: Bar = { bar: `< ${P99_MS} ms`, holds: ({ figure }) => figure < P99_MS };
const lessWork: Bar = {
	bar: `≤ ${BEFORE.thread} ×`,
	holds: ({ ratio }) => ratio <= BEFORE.thread
};

function linesOf(name: string, { kind, callers, raw, ours, theirs }: Figures): Result[] {
	const isMany = callers === 32;
	const line = (what: Line, { bar, holds }: Bar): Result => {
		const ratio = what.figure / what.raw;
		return { ...what, ratio, bar, reached: holds({ ...what, ratio }) };
	};
	const { perSecond, p99, threadMs } = ours;
	const late = { name: `${name}, p99`, figure: p99, unit: 'ms', raw: 1000 / raw };
	const lines = [
		line({ name, figure: perSecond, unit: '/s', raw }, atLeast(TIMES[kind][callers])),
		line(late, isMany ? inTime : noBar)
	];
	if (!theirs) return lines;
	const faster = { figure: perSecond, unit: '/s', raw: theirs.perSecond };
	const thread = { figure: threadMs, unit: 'ms', raw: theirs.threadMs };
	return [
		...lines,
		line(
			{ name: `${name}, beside the code before`, ...faster },
			callers === 1 ? atLeast(BEFORE.rate) : noBar
		),
		line({ name: `${name}, hub thread beside it`, ...thread }, isMany ? lessWork : noBar)
	];
}

/** A hub, and licenses to ask it for. */
export type OpenHub = { hub: HubOf; licenses: readonly FaultLicense[] };

async function openHub(checkout: string, data: string, databaseUrl?: string): Promise<OpenHub> {
	const hub = await startHubOf(checkout, { data, databaseUrl, isSilent: true });
	const licenses: FaultLicense[] = [];
	for (let n = 0; n < LICENSES; n++) licenses.push(await issueOver(hub, 100_000));
	await callHub(hub, licenses, { callers: 32, count: WARMING });
	return { hub, licenses };
}

/** Each hub in its turn, after one that warms it. */
export async function byTurns(
	hubs: readonly OpenHub[],
	{ callers, licenses: count }: { callers: number; licenses: number }
): Promise<Asked[]> {
	const asked = hubs.map(() => [] as Asked[]);
	for (let turn = 0; turn <= TURNS; turn++)
		for (const [at, { hub, licenses }] of hubs.entries()) {
			const figures = await callHub(hub, licenses.slice(0, count), {
				callers,
				count: REQUESTS.get(callers)!
			});
			if (turn > 0) asked[at]!.push(figures);
		}
	const median = (of: readonly Asked[], what: keyof Asked) =>
		of.map((each) => each[what]).toSorted((one, other) => one - other)[Math.floor(of.length / 2)]!;
	return asked.map((of) => ({
		perSecond: median(of, 'perSecond'),
		p99: median(of, 'p99'),
		threadMs: median(of, 'threadMs')
	}));
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
async function callHub(
	{ address, threadMs }: HubOf,
	licenses: readonly FaultLicense[],
	{ callers, count }: { callers: number; count: number }
): Promise<Asked> {
	const requests: Buffer[] = [];
	for (let n = 0; n < count; n++) {
		const request = await askFor(licenses[n % licenses.length]!, await makeMachine(uuidv7()));
		const headers = { 'content-type': 'application/json' };
		const body = JSON.stringify({ request });
		requests.push(requestBytes({ method: 'POST', path: '/v1/activations', headers, body }));
	}
	const worked = threadMs();
	const { answers, perSecond, p99 } = await askAll(
		Number(new URL(address).port),
		requests,
		callers
	);
	const each = (threadMs() - worked) / count;
	for (const { status } of answers) if (status !== 201) throw new Error(`answered ${status}`);
	return { perSecond, p99, threadMs: each };
}
