/**
 * What an account has besides its password: where it is signed in, and its API keys.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { apikey, session, user } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/store.ts';

/** Whether somebody at this address holds a session of the account. */
export async function hasSignedInFrom(
	db: Database,
	email: string,
	address: string
): Promise<boolean> {
	const found = await db
		.select({ id: session.id })
		.from(session)
		.innerJoin(user, eq(user.id, session.userId))
		.where(and(eq(user.email, email), eq(session.ipAddress, address)))
		.limit(1);
	return found.length > 0;
}

/** An API key as its owner knows it; never the key itself. */
type KeyName = {
	id: string;
	name: string | null;
	/** The first characters of the key. */
	start: string | null;
	/** ISO 8601, as is `lastUsed`. */
	endsAt: string | null;
	lastUsed: string | null;
};

/** @returns Those that work. */
export async function keysOf(db: Database, userId: string): Promise<KeyName[]> {
	const keys = await db.select().from(apikey).where(eq(apikey.referenceId, userId));
	const working = keys.filter(
		({ enabled, expiresAt }) => enabled !== false && (!expiresAt || expiresAt > new Date())
	);
	return working.map(({ id, name, start, expiresAt, lastRequest }) => ({
		id,
		name,
		start,
		endsAt: expiresAt?.toISOString() ?? null,
		lastUsed: lastRequest?.toISOString() ?? null
	}));
}
