/**
 * The session that a browser shows.
 *
 * @module
 */
import type { Database } from '#server/db/database.ts';
import type { Auth } from './auth.ts';
import { hasSecondFactor } from './second-factor.ts';

/** What opens doors for long is asked of whoever signed in so lately. [PE4] */
export const FRESH_SECONDS = 15 * 60;

export type CurrentSession = {
	id: string;
	userId: string;
	email: string;
	isFresh: boolean;
	/** A second factor is still to be shown: until then it opens nothing. [PE6] */
	isHalf: boolean;
};

/** @returns `undefined` where there is none, or where it has ended. */
export async function currentSession(
	{ api }: Auth,
	db: Database,
	headers: Headers
): Promise<CurrentSession | undefined> {
	if (!headers.has('cookie')) return undefined;
	const found = await api.getSession({ headers });
	if (!found) return undefined;
	const { session, user } = found;
	const age = Date.now() - session.createdAt.getTime();
	return {
		id: session.id,
		userId: user.id,
		email: user.email,
		isFresh: age < FRESH_SECONDS * 1000,
		isHalf: !session.secondAt && (await hasSecondFactor(db, user.id))
	};
}
