/**
 * Limits of a new API key: whoever makes one gives it at most what they are. [PE4]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import {
	mayLimitTo,
	rankAt,
	ranks,
	VENDOR_ID,
	type KeyLimits,
	type Rank
} from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { apikey, organization } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';
import { standingOf, type Person } from './asker.ts';

type Fields = Record<string, unknown>;

/** Reads the limits that somebody wants, and leaves the rest of what was sent. */
export async function readLimits(
	db: Database,
	person: Person,
	{ role, customerId, readOnly, ...rest }: Fields
): Promise<{ limits: KeyLimits; rest: Fields } | Refusal> {
	const invalid = (path: string) => refuse('BODY_INVALID', { path, reason: 'invalid' });
	if (role !== undefined && !isRank(role)) return invalid('role');
	if (customerId !== undefined && typeof customerId !== 'string') return invalid('customerId');
	if (readOnly !== undefined && typeof readOnly !== 'boolean') return invalid('readOnly');
	const limits = { role, customerId, readOnly };
	const standing = standingOf(person);
	if (customerId !== undefined) {
		const [place] = await db
			.select({ id: organization.id })
			.from(organization)
			.where(eq(organization.id, customerId));
		if (!place || place.id === VENDOR_ID || rankAt(standing, customerId) === undefined)
			return refuse('NOT_FOUND', { what: `customer ${customerId}` });
	}
	if (!mayLimitTo(standing, limits)) return refuse('NOT_PERMITTED', { action: `key ${role}` });
	return { limits, rest };
}

/** Before anybody has been told the key. */
export async function limitKey(
	db: Database,
	id: string,
	{ role, customerId, readOnly = false }: KeyLimits
): Promise<void> {
	await db
		.update(apikey)
		.set({ role: role ?? null, customerId: customerId ?? null, readOnly })
		.where(eq(apikey.id, id));
}

function isRank(value: unknown): value is Rank {
	return ranks.some((each) => each === value);
}
