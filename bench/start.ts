/**
 * Starting a hub as it is installed, for the first time and again, and what it and a site server hold
 * in memory when nobody asks; beside a bare database, embedded or asked over the network, that is opened
 * in a process of its own, and beside Node alone.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../scripts/find-postgres.ts';
import { stageKeyferry } from '../scripts/pack/keyferry.ts';
import { startHub } from '../tests/fixtures/running-hub.ts';
import { makeSiteMachine, makeVendor, startSite } from '../tests/fixtures/running-site.ts';
import type { Result } from './result.ts';

const IDLE_MS = 3_000;
const bars = { first: 6, later: 1.5, embedded: 360, postgres: 210, site: 230 };

type Measured = { first: number; later: number; memory: number };

export async function start(): Promise<Result[]> {
	const postgres = await startPostgres();
	const raw = {
		embedded: bare(PGLITE),
		postgres: bare(pgClient(postgres.url)),
		node: bare(NODE).memory
	};
	const installed = mkdtempSync(join(tmpdir(), 'keyferry-installed-'));
	await stageKeyferry(installed);
	const program = join(installed, 'keyferry.js');
	const embedded = await hub(program, {});
	const other = await hub(program, { DATABASE_URL: postgres.url });
	const siteMemory = await idleSite(program);
	await postgres.stop();
	rmSync(installed, { recursive: true, force: true });
	const line = (name: string, unit: string, [figure, beside, bar]: Figures): Result => ({
		name,
		figure,
		unit,
		raw: beside,
		ratio: figure / beside,
		bar: `≤ ${bar} ${unit}`,
		reached: figure <= bar
	});
	return [
		line('Hub start, first, with demo data', 's', [embedded.first, raw.embedded.first, bars.first]),
		line('Hub start, later', 's', [embedded.later, raw.embedded.later, bars.later]),
		line('Resident memory of an idle hub, embedded', 'MB', [
			embedded.memory,
			raw.embedded.memory,
			bars.embedded
		]),
		line('Resident memory of an idle hub, PostgreSQL', 'MB', [
			other.memory,
			raw.postgres.memory,
			bars.postgres
		]),
		line('Resident memory of an idle site server', 'MB', [siteMemory, raw.node, bars.site])
	];
}

type Figures = [figure: number, raw: number, bar: number];

async function hub(installed: string, env: Record<string, string>): Promise<Measured> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const data = join(home, 'data');
	const program = [process.execPath, installed] as const;
	const starts: number[] = [];
	let memory = 0;
	for (let time = 0; time < 3; time++) {
		const started = performance.now();
		const running = await startHub({ data, fromNothing: true, env, program });
		starts.push((performance.now() - started) / 1000);
		if (time === 2) {
			await sleep(IDLE_MS);
			memory = residentMegabytes(running.process.pid!);
		}
		await running.end();
	}
	rmSync(home, { recursive: true, force: true });
	const [first, ...later] = starts;
	return { first: first!, later: Math.min(...later), memory };
}

/** Licensed, with no client. */
async function idleSite(installed: string): Promise<number> {
	const machine = makeSiteMachine(await makeVendor());
	await machine.activate();
	const site = await startSite(machine, { installed });
	await sleep(IDLE_MS);
	const memory = residentMegabytes(site.process.pid!);
	await site.end();
	machine.remove();
	return memory;
}

const NODE = () => 'console.log(process.memoryUsage.rss());';

const PGLITE = (folder: string) => `
	import { PGlite } from '@electric-sql/pglite';
	const db = await PGlite.create(${JSON.stringify(join(folder, 'pgdata'))});
	await db.query('select 1');
	console.log(process.memoryUsage.rss());
	await db.close();`;

const pgClient = (url: string) => () => `
	import pg from 'pg';
	const db = new pg.Client(${JSON.stringify(url)});
	await db.connect();
	await db.query('select 1');
	console.log(process.memoryUsage.rss());
	await db.end();`;

/** Opens a database and nothing else, from the start of its process. */
function bare(programIn: (folder: string) => string): Measured {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-bare-'));
	const open = () => {
		const started = performance.now();
		const options = { cwd: import.meta.dirname, encoding: 'utf8' } as const;
		const args = ['--input-type=module', '-e', programIn(folder)];
		const memory = Number(execFileSync(process.execPath, args, options)) / 1e6;
		return { seconds: (performance.now() - started) / 1000, memory };
	};
	const first = open();
	const later = open();
	rmSync(folder, { recursive: true, force: true });
	return { first: first.seconds, later: later.seconds, memory: later.memory };
}

/** From Linux's own count; elsewhere the bench says nothing about it. */
function residentMegabytes(pid: number): number {
	try {
		const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
		return (Number(kib) * 1024) / 1e6;
	} catch {
		return Number.NaN;
	}
}
