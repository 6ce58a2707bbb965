/**
 * Where somebody is signed in, and ending it. [PE4]
 *
 * @module
 */
import { and, desc, eq, gt, inArray, ne } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ApiKeyRow, SessionRow } from '#lib/protocol/people.ts';
import { keysOf } from '#server/auth/account.ts';
import { session } from '#server/db/schema/people.ts';
import { outboxes, outboxSessions } from '#server/db/schema/outboxes.ts';
import type { Hub } from '#server/hub/hub.ts';

/** Whoever asks by a session: what they see and end is their own. */
export type InPerson = { userId: string; sessionId: string };

/** Those that have not ended, the one used last first. */
export async function listSessions(
	{ db }: Hub,
	{ userId, sessionId }: InPerson
): Promise<SessionRow[]> {
	const rows = await db
		.select()
		.from(session)
		.where(and(eq(session.userId, userId), gt(session.expiresAt, new Date())))
		.orderBy(desc(session.updatedAt), desc(session.id));
	const ids = rows.map(({ id }) => id);
	const used = await db
		.select({ sessionId: outboxSessions.sessionId, desk: outboxes.desk })
		.from(outboxSessions)
		.innerJoin(outboxes, eq(outboxes.outbox, outboxSessions.outbox))
		.where(inArray(outboxSessions.sessionId, ids));
	return rows.map(({ id, createdAt, updatedAt, userAgent, ipAddress }) => {
		const devices = used.flatMap((each) => (each.sessionId === id ? (each.desk ?? []) : []));
		return {
			id,
			isCurrent: id === sessionId,
			createdAt: secondsOf(createdAt),
			usedAt: secondsOf(updatedAt),
			browser: userAgent || undefined,
			address: ipAddress || undefined,
			devices: [...new Set(devices)]
		};
	});
}

export async function endSession(
	{ db }: Hub,
	id: string,
	{ userId }: InPerson
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	const ended = await db
		.delete(session)
		.where(and(eq(session.id, id), eq(session.userId, userId)))
		.returning({ id: session.id });
	return ended.length > 0 ? undefined : refuse('NOT_FOUND', { what: `session ${id}` });
}

/** @returns How many ended. */
export async function endOtherSessions(
	{ db }: Hub,
	{ userId, sessionId }: InPerson
): Promise<number> {
	const ended = await db
		.delete(session)
		.where(and(eq(session.userId, userId), ne(session.id, sessionId)))
		.returning({ id: session.id });
	return ended.length;
}

/** API keys of whoever asks, those that work. */
export async function listApiKeys({ db }: Hub, { userId }: InPerson): Promise<ApiKeyRow[]> {
	const keys = await keysOf(db, userId);
	return keys.map(({ id, name, start, createdAt, endsAt, lastUsed, limits }) => ({
		id,
		name: name ?? '',
		start: start ?? '',
		createdAt: secondsOf(new Date(createdAt)),
		endsAt: endsAt === null ? undefined : secondsOf(new Date(endsAt)),
		usedAt: lastUsed === null ? undefined : secondsOf(new Date(lastUsed)),
		limits
	}));
}

function secondsOf(date: Date): number {
	return Math.floor(date.getTime() / 1000);
}
