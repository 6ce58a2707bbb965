/**
 * A hub in a process of its own that tells its parent of each commit before anybody is answered, and
 * then waits as long as it was told to: time for the parent to end it in between.
 */
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#server/db/database.ts';
import { customerSteps } from '#server/db/schema/steps.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { isAtOnce } from '#server/db/connection.ts';
import { asChanged, withTransaction } from '../fixtures/with-transaction.ts';
import { fillDisk, freeDisk } from './ballast.ts';
import { readLedger, type Ledger } from './checker.ts';

export type FixtureOptions = {
	data: string;
	databaseUrl?: string;
	/** Milliseconds between a commit and its answers. */
	waitMs?: number;
	/** Seconds by which its clock is ahead; behind where it is negative. */
	clockAhead?: number;
	/** A mail server, as a URL. */
	smtp?: string;
	/** How long a minute of its jobs takes. */
	minuteMs?: number;
	/** Processes that serve it, on PostgreSQL. */
	workers?: number;
	/** Tells of no commit: for measuring. */
	isSilent?: boolean;
	/** Of one address, a minute; by default as many as one likes. */
	perAddress?: number;
};

export type FixtureMessage =
	| { ready: string; token: string }
	| { committed: true }
	| { held: true }
	| { holding: true }
	| { locking: true }
	| { filled: boolean }
	| { clockAhead: number }
	| { ledger: Ledger }
	| { steps: number }
	| { workers: { id: number; pid: number }[] }
	| { failed: string };

/** What the parent may ask for, where it cannot reach the hub's disk itself. */
export type FixtureOrder =
	| 'fill-disk'
	| 'free-disk'
	| 'tell-ledger'
	/** How many steps are left of what spans customers. */
	| 'count-steps'
	| 'tell-workers'
	| 'hold-next'
	/** From now on everything is decided under locks. */
	| 'take-locks'
	| 'next-day';

const {
	data,
	databaseUrl,
	waitMs = 0,
	clockAhead: aheadAtStart = 0,
	smtp,
	minuteMs,
	workers,
	isSilent = false,
	perAddress = 1e9
} = JSON.parse(process.argv[2]!) as FixtureOptions;
let clockAhead = aheadAtStart;
const clock = Date.now;
Date.now = () => clock() + clockAhead * 1000;
if (minuteMs !== undefined) {
	const repeat = globalThis.setInterval;
	globalThis.setInterval = ((work: () => void, ms: number) =>
		repeat(work, ms === 60_000 ? minuteMs : ms)) as typeof repeat;
}
/** Time for the parent to stop the process. */
const HELD_MS = 3_000;

let isHolding = false;
let isLocking = false;

const tell = (message: FixtureMessage) => process.send?.(message);

function telling(db: Database): Database {
	const transaction: Database['transaction'] = async (work, config) => {
		// What is to be held is open: the hub opens one where something was changed meanwhile.
		if ((isHolding || isLocking) && isAtOnce(config)) return asChanged(work);
		const result = await db.transaction(async (tx) => {
			const done = await work(tx);
			if (!isHolding) return done;
			isHolding = false;
			tell({ held: true });
			await sleep(HELD_MS);
			return done;
		}, config);
		await tellCommitted();
		return result;
	};
	return withTransaction(db, transaction);
}

async function tellCommitted(): Promise<void> {
	tell({ committed: true });
	if (waitMs > 0) await sleep(waitMs);
}

let opened: Store | undefined;

async function openStore(): Promise<Store> {
	const store = await (databaseUrl ? openPostgres(databaseUrl) : openEmbedded(data));
	opened = isSilent ? store : { ...store, db: telling(store.db) };
	return opened;
}

if (databaseUrl === undefined) await copyEmptyDatabase(data);
const limits = { perAddress, perNumber: 1e9 };
const hub = await serve({
	data,
	port: 0,
	demo: true,
	openStore,
	// Workers open their own.
	databaseUrl,
	workers,
	limits,
	smtp: smtp === undefined ? undefined : { url: new URL(smtp), from: 'licenses@example.com' },
	logLevel: 'warn'
});
const { token } = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as { token: string };
tell({ ready: hub.url, token });
/** Throws where an order cannot be carried out, or is none. */
async function carryOut(order: FixtureOrder): Promise<FixtureMessage> {
	const disk = join(data, '..');
	switch (order) {
		case 'tell-ledger':
			return { ledger: await readLedger(opened!) };
		case 'count-steps':
			return { steps: await opened!.db.$count(customerSteps) };
		case 'tell-workers':
			return {
				workers: Object.values(cluster.workers ?? {}).map((each) => ({
					id: each!.id,
					pid: each!.process.pid!
				}))
			};
		case 'hold-next':
			isHolding = true;
			return { holding: true };
		case 'take-locks':
			isLocking = true;
			return { locking: true };
		case 'next-day':
			clockAhead += 86_400;
			return { clockAhead };
		case 'fill-disk':
			fillDisk(disk);
			return { filled: true };
		case 'free-disk':
			freeDisk(disk);
			return { filled: false };
		default:
			throw new Error(`no such order: ${String(order satisfies never)}`);
	}
}

process.on('message', (order: FixtureOrder) => {
	carryOut(order).then(tell, (cause: unknown) => tell({ failed: String(cause) }));
});
process.once('SIGTERM', () => void hub.close().then(() => process.disconnect()));
