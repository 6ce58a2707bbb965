/**
 * Hub time as the hub tells it: read from the clock, doubted, and kept with the ledger. [CL3]
 *
 * Time is reserved in the ledger in steps, before it is told: by one small statement of its own every
 * few seconds while the hub is asked things, and now and then while it is not. A hub that stops gives
 * back what is left. A leap is kept as well, so that it stays doubted until staff confirm it, whatever
 * is started again meanwhile.
 *
 * @module
 */
import { eq, sql } from 'drizzle-orm';
import {
	confirmTime,
	freeingTime,
	isRunningOut,
	keepTime,
	readTime,
	RESERVED_SECONDS,
	startTime,
	toldTime,
	type KeptTime,
	type Leap
} from '#lib/domain/hub/hub-time.ts';
import { VENDOR_ID } from '#lib/domain/access.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { hubTable } from '#server/db/schema/hub.ts';
import type { Database } from '#server/db/database.ts';
import { leaveSteps, takeNote, takeSteps } from '#server/db/steps.ts';
import { writing } from '#server/db/writing.ts';

export type HubClock = {
	/** Never goes back, and stands still where nothing more is reserved. */
	now(): Seconds;
	/** Up to when time may free seats: behind `now` while a leap is not confirmed. */
	freeingTime(): Seconds;
	/** Waits, within bounds, until `now` is the time of the clock: after a silence it is behind. */
	catchUp(): Promise<void>;
	leap(): Leap | undefined;
	/** Staff have looked at the clock. @returns The leap that was confirmed, if there was one. */
	confirm(actor: string): Promise<Leap | undefined>;
	/** Tells no more, and gives back what is reserved and was not told. */
	close(): Promise<void>;
};

const IDLE_LOOK_MS = 60_000;

/** A store that does not answer holds nobody up: time stands still, and nothing is stored anyway. */
const PATIENCE_MS = 2_000;

/** @param onLeap - Told once when a leap is first seen. */
export async function openHubTime(
	db: Database,
	{ clock = systemClock, onLeap }: { clock?: () => Seconds; onLeap?: (leap: Leap) => void } = {}
): Promise<HubClock> {
	const kept = await read(db);
	let time = startTime(kept, clock());
	/** A leap that the ledger does not know of yet. */
	let seen = kept?.leap ? undefined : time.leap;
	/** No other process of this hub has reserved time since this one began. */
	let isAlone = true;
	let reserving: Promise<void> | undefined;
	if (time.leap) onLeap?.(time.leap);

	const reserve = async () => {
		const until = clock() + RESERVED_SECONDS;
		const leap = seen;
		const { before, kept } = await save(db, until, leap);
		isAlone &&= before === time.reserved;
		if (seen === leap) seen = undefined;
		time = keepTime(time, kept, seen);
	};
	const look = () => {
		const reading = clock();
		const before = time.leap;
		time = readTime(time, reading);
		if (time.leap && !before) {
			seen = time.leap;
			onLeap?.(seen);
		}
		if (!isRunningOut(time, reading)) return;
		// Not waited for: who asks the time may be inside a transaction.
		reserving ??= reserve()
			.catch(() => undefined)
			.finally(() => (reserving = undefined));
	};
	await reserve();
	const timer = setInterval(look, IDLE_LOOK_MS).unref();
	return {
		now: () => {
			look();
			return toldTime(time);
		},
		freeingTime: () => {
			look();
			return freeingTime(time);
		},
		catchUp: async () => {
			let patience: Promise<unknown> | undefined;
			// Twice: what is being reserved may have been read from the clock before the silence.
			for (let tries = 0; tries < 2; tries++) {
				look();
				if (toldTime(time) === time.last) return;
				patience ??= new Promise((resolve) => void setTimeout(resolve, PATIENCE_MS).unref());
				await Promise.race([reserving, patience]);
			}
		},
		leap: () => time.leap,
		confirm: async (actor) => {
			look();
			await reserving;
			const { leap } = time;
			if (!leap) return undefined;
			await confirm(db, { leap, at: toldTime(time), actor });
			time = confirmTime(time);
			return leap;
		},
		close: async () => {
			clearInterval(timer);
			look();
			await reserving;
			const { reserved } = time;
			time = { ...time, reserved: toldTime(time) };
			if (isAlone) await giveBack(db, { reserved, told: time.reserved });
		}
	};
}

function systemClock(): Seconds {
	return Math.floor(Date.now() / 1000);
}

async function read(db: Database): Promise<KeptTime | undefined> {
	const [row] = await db.select().from(hubTable);
	return row && timeOf(row);
}

function timeOf(row: typeof hubTable.$inferSelect): KeptTime | undefined {
	const { timeLast, leapFrom, leapTo } = row;
	if (timeLast === null) return undefined;
	const leap = leapFrom !== null && leapTo !== null && { leap: { from: leapFrom, to: leapTo } };
	return { reserved: timeLast, ...leap };
}

/**
 * What is reserved always rises by it, so that a process which finds its own number again knows that
 * no other has reserved in between.
 *
 * @returns Also what was reserved before; 0 at first.
 */
async function save(
	db: Database,
	until: Seconds,
	leap: Leap | undefined
): Promise<{ before: Seconds; kept: KeptTime }> {
	const old = db
		.select({
			id: hubTable.id,
			before: sql<number>`coalesce(${hubTable.timeLast}, 0)`.mapWith(Number).as('before')
		})
		.from(hubTable)
		.for('update')
		.as('old');
	const [row] = await db
		.update(hubTable)
		.set({
			timeLast: sql`greatest(${old.before} + 1, ${until}::bigint)`,
			...(leap && {
				leapFrom: sql`coalesce(${hubTable.leapFrom}, ${leap.from}::bigint)`,
				leapTo: sql`coalesce(${hubTable.leapTo}, ${leap.to}::bigint)`
			})
		})
		.from(old)
		.where(eq(hubTable.id, old.id))
		.returning();
	const kept = row && timeOf(row);
	if (!kept) throw new Error('the hub has no row of its own');
	return { before: row.old.before, kept };
}

/** Unless another process has reserved time since. */
async function giveBack(
	db: Database,
	{ reserved, told }: { reserved: Seconds; told: Seconds }
): Promise<void> {
	await db.update(hubTable).set({ timeLast: told }).where(eq(hubTable.timeLast, reserved));
}

/** A confirmed leap is in every customer's audit: it may end cooling seats of each. */
async function confirm(
	db: Database,
	{ leap: { from, to }, at, actor }: { leap: Leap; at: Seconds; actor: string }
): Promise<void> {
	const note = {
		at,
		actor,
		action: 'hub-time.confirmed',
		subject: 'hub',
		facts: { from, to }
	} as const;
	const rows = await db.select({ customerId: customers.customerId }).from(customers);
	const transfer = await writing(db, VENDOR_ID, async ({ tx }) => {
		await tx.update(hubTable).set({ leapFrom: null, leapTo: null });
		const task = { kind: 'note', note } as const;
		return leaveSteps(
			tx,
			rows.map(({ customerId }) => ({ customerId, task }))
		);
	});
	await takeSteps({ db, now: () => at }, takeNote, transfer);
}
