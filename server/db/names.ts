/**
 * What people are called, by their user ids.
 *
 * @module
 */
import { user } from './schema/people.ts';
import { among } from './among.ts';
import type { Database, Transaction } from './database.ts';

/** Who is not known any more has no name here. No ids, no statement. */
export async function namesOf(
	db: Database | Transaction,
	ids: readonly string[]
): Promise<ReadonlyMap<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({ id: user.id, name: user.name })
		.from(user)
		.where(among(user.id, [...new Set(ids)]));
	return new Map(rows.map(({ id, name }) => [id, name]));
}
