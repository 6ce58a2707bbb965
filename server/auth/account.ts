/**
 * What an account has besides its password: where it is signed in, and its API keys.
 *
 * @module
 */
import { APIError } from 'better-auth/api';
import { and, eq } from 'drizzle-orm';
import { apikey, session, user } from '#server/db/schema/people.ts';
import type { KeyLimits } from '#lib/domain/access.ts';
import { limitsOf } from './asker.ts';
import type { Database } from '#server/db/database.ts';
import type { Auth } from './auth.ts';

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

/** Whether this is the password of whoever the session in these headers belongs to. */
export async function provesPassword(
	{ api }: Auth,
	password: unknown,
	headers: Headers
): Promise<boolean> {
	if (typeof password !== 'string') return false;
	try {
		await api.verifyPassword({ body: { password }, headers });
		return true;
	} catch (error) {
		if (error instanceof APIError) return false;
		throw error;
	}
}

/** An API key as its owner knows it; never the key itself. */
export type KeyName = {
	id: string;
	name: string | null;
	/** The first characters of the key. */
	start: string | null;
	/** ISO 8601, as is `lastUsed`. */
	endsAt: string | null;
	lastUsed: string | null;
	createdAt: string;
	/** What it may less than its owner; absent: nothing. [PE4] */
	limits?: KeyLimits;
};

/** @returns Those that work. */
export async function keysOf(db: Database, userId: string): Promise<KeyName[]> {
	const keys = await db.select().from(apikey).where(eq(apikey.referenceId, userId));
	const working = keys.filter(
		({ enabled, expiresAt }) => enabled !== false && (!expiresAt || expiresAt > new Date())
	);
	return working.map((key) => ({
		id: key.id,
		name: key.name,
		start: key.start,
		endsAt: key.expiresAt?.toISOString() ?? null,
		lastUsed: key.lastRequest?.toISOString() ?? null,
		createdAt: key.createdAt.toISOString(),
		limits: limitsOf(key)
	}));
}
