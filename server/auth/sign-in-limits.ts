/**
 * How often an address may ask sign-in, counted where all processes of a hub find it. [HT1]
 *
 * The library's own count goes on for as long as an address asks once in each window: an office behind one address
 * would be refused after so many people, however slowly they come. Here a window begins and ends.
 *
 * @module
 */
import { lt, sql } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { rateLimit } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';

/** What the library asks of a place where it counts. */
export type SignInLimits = {
	/**
	 * @param rule - How often, in how many seconds.
	 * @returns Whether this once more is allowed, else after how many seconds.
	 */
	consume: (
		key: string,
		rule: { window: number; max: number }
	) => Promise<{ allowed: boolean; retryAfter: number | null }>;
};

/** Of windows that ended, nothing is kept for longer. */
const KEPT_MS = 3_600_000;

export function makeSignInLimits(db: Database, now: () => number = Date.now): SignInLimits {
	return {
		consume: async (key, { window, max }) => {
			const asked = now();
			const { count, lastRequest } = rateLimit;
			const length = window * 1000;
			// One that begins later than now is of a clock that was set back.
			const isOver = sql`abs(${lastRequest} - ${asked}) >= ${length}`;
			const [row] = await db
				.insert(rateLimit)
				.values({ id: uuidv7(), key, count: 1, lastRequest: asked })
				.onConflictDoUpdate({
					target: rateLimit.key,
					set: {
						count: sql`case when ${isOver} then 1 else ${count} + 1 end`,
						lastRequest: sql`case when ${isOver} then ${asked} else ${lastRequest} end`
					}
				})
				.returning({ count, began: lastRequest });
			const { count: taken, began } = row!;
			if (taken === 1) await db.delete(rateLimit).where(lt(lastRequest, asked - KEPT_MS));
			const left = Math.ceil((began + length - asked) / 1000);
			return { allowed: taken <= max, retryAfter: taken <= max ? null : Math.max(1, left) };
		}
	};
}
