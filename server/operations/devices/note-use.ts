/**
 * Which sessions use which device: they end with it. [DV1]
 *
 * @module
 */
import { and, eq, sql } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { session } from '#server/db/schema/people.ts';
import { outboxes, outboxSessions } from '#server/db/schema/outboxes.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';

/** How exactly a device's last use is kept: a write for each push or pull would say little more. */
const SEEN_SECONDS = 3600;

type Known = { seenAt: Seconds | null };

/** The caller knows that the device is the asker's. A push that somebody relays is no use of it. */
export async function noteUse(
	hub: Hub,
	db: Database | Transaction,
	{ outbox, seenAt, asker }: Known & { outbox: string; asker: Asker }
): Promise<void> {
	const { sessionId } = asker;
	if (sessionId === undefined) return;
	const now = hub.now();
	if (seenAt === null || now - seenAt >= SEEN_SECONDS)
		await db.update(outboxes).set({ seenAt: now }).where(eq(outboxes.outbox, outbox));
	// Selected, so that a session which ended meanwhile is no fault.
	const found = db
		.select({ outbox: sql<string>`${outbox}::text`.as('outbox'), sessionId: session.id })
		.from(session)
		.where(eq(session.id, sessionId));
	await db.insert(outboxSessions).select(found).onConflictDoNothing();
}

const linked = new WeakMap<Hub, Set<string>>();

/**
 * A desk pulls, by a session that may be a new one.
 *
 * @returns When the device was ended, if it is the asker's and was.
 */
export async function notePull(
	hub: Hub,
	outbox: string | undefined,
	asker: Asker
): Promise<Seconds | undefined> {
	if (outbox === undefined) return undefined;
	const own = and(eq(outboxes.outbox, outbox), eq(outboxes.userId, asker.userId));
	const { endedAt, seenAt } = outboxes;
	const [device] = await hub.db.select({ endedAt, seenAt }).from(outboxes).where(own);
	if (!device) return undefined;
	const known = linked.get(hub) ?? new Set();
	linked.set(hub, known);
	// Once for each session and hour: what is written is the same until then.
	const mark = `${asker.sessionId} ${outbox} ${Math.floor(hub.now() / SEEN_SECONDS)}`;
	if (!known.has(mark)) await noteUse(hub, hub.db, { outbox, seenAt: device.seenAt, asker });
	if (known.size > 10_000) known.clear();
	known.add(mark);
	return device.endedAt ?? undefined;
}
