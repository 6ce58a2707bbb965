/**
 * Hub time as the hub tells it: read from the clock, doubted, and kept with the ledger. [CL3]
 *
 * It is stored at most every few seconds while the hub is asked things, now and then while it is
 * not, and when it stops. So a leap is seen across a stop as well, and stays doubted until staff
 * confirm it, whatever is started again meanwhile.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { confirmTime, freeingTime, readTime, type HubTime } from '#lib/domain/hub-time.ts';
import type { Seconds } from '#lib/domain/license.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { hubTable } from '#server/db/schema/ledger.ts';
import type { Database } from '#server/db/store.ts';
import { writing } from '#server/db/writing.ts';

export type HubClock = {
	/** Never goes back. */
	now(): Seconds;
	/** Up to when time may free seats: behind `now` while a leap is not confirmed. */
	freeingTime(): Seconds;
	leap(): HubTime['leap'];
	/** Staff have looked at the clock. @returns The leap that was confirmed, if there was one. */
	confirm(actor: string): Promise<HubTime['leap']>;
	/** Stores what was told. */
	close(): Promise<void>;
};

const STORE_SECONDS = 5;
const IDLE_STORE_SECONDS = 600;
const IDLE_LOOK_MS = 60_000;

/** @param onLeap - Told once when a leap is first seen. */
export async function openHubTime(
	db: Database,
	{ clock = systemClock, onLeap }: { clock?: () => Seconds; onLeap?: (leap: Leap) => void } = {}
): Promise<HubClock> {
	let stored = await read(db);
	let time = readTime(stored, clock());
	let storing: Promise<void> | undefined;
	let isNewLeap = false;
	const say = (before: HubTime | undefined) => {
		if (!time.leap || before?.leap) return;
		isNewLeap = true;
		onLeap?.(time.leap);
	};
	say(stored);
	if (stored?.leap) onLeap?.(stored.leap);

	const store = async () => {
		const leap = isNewLeap ? time.leap : undefined;
		isNewLeap = false;
		stored = await save(db, time.last, leap);
		// Another process of this hub may have seen a leap, or its staff confirmed one.
		time = { last: Math.max(time.last, stored.last), ...(stored.leap && { leap: stored.leap }) };
	};
	const look = (storeAfter: number) => {
		const before = time;
		time = readTime(time, clock());
		say(before);
		if (time.last - (stored?.last ?? 0) < storeAfter && !isNewLeap) return;
		// Not waited for: who asks the time may be inside a transaction.
		storing ??= store()
			.catch(() => undefined)
			.finally(() => (storing = undefined));
	};
	await store();
	const timer = setInterval(() => look(IDLE_STORE_SECONDS), IDLE_LOOK_MS).unref();
	return {
		now: () => {
			look(STORE_SECONDS);
			return time.last;
		},
		freeingTime: () => {
			look(STORE_SECONDS);
			return freeingTime(time);
		},
		leap: () => time.leap,
		confirm: async (actor) => {
			look(STORE_SECONDS);
			await storing;
			const { leap } = time;
			if (!leap) return undefined;
			await confirm(db, { leap, at: time.last, actor });
			time = confirmTime(time);
			return leap;
		},
		close: async () => {
			clearInterval(timer);
			await storing;
			time = readTime(time, clock());
			await store();
		}
	};
}

type Leap = NonNullable<HubTime['leap']>;

function systemClock(): Seconds {
	return Math.floor(Date.now() / 1000);
}

async function read(db: Database): Promise<HubTime | undefined> {
	const [row] = await db.select().from(hubTable);
	return row && timeOf(row);
}

function timeOf(row: typeof hubTable.$inferSelect): HubTime | undefined {
	const { timeLast, leapFrom, leapTo } = row;
	if (timeLast === null) return undefined;
	const leap = leapFrom !== null && leapTo !== null && { leap: { from: leapFrom, to: leapTo } };
	return { last: timeLast, ...leap };
}

async function save(db: Database, last: Seconds, leap: Leap | undefined): Promise<HubTime> {
	const [row] = await db
		.update(hubTable)
		.set({
			timeLast: sql`greatest(coalesce(${hubTable.timeLast}, 0), ${last}::bigint)`,
			...(leap && {
				leapFrom: sql`coalesce(${hubTable.leapFrom}, ${leap.from}::bigint)`,
				leapTo: sql`coalesce(${hubTable.leapTo}, ${leap.to}::bigint)`
			})
		})
		.returning();
	const time = row && timeOf(row);
	if (!time) throw new Error('the hub has no row of its own');
	return time;
}

/** A confirmed leap is in every customer's audit: it may end cooling seats of each. */
async function confirm(
	db: Database,
	{ leap: { from, to }, at, actor }: { leap: Leap; at: Seconds; actor: string }
): Promise<void> {
	await writing(db, async ({ tx, audit }) => {
		await tx.update(hubTable).set({ leapFrom: null, leapTo: null });
		const all = await tx.select({ customerId: customers.customerId }).from(customers);
		for (const { customerId } of all)
			audit(customerId, {
				at,
				actor,
				action: 'hub-time.confirmed',
				subject: 'hub',
				facts: { from, to }
			});
	});
}
