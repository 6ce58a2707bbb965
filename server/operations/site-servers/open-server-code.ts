/**
 * A person enters the code of a site server: from then on it is theirs alone to answer. [GL2]
 *
 * @module
 */
import { and, eq, isNull, or } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { serverCodes } from '#server/db/schema/people.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { userCodeHashOf } from './server-codes.ts';

/** Which server asks, as the person is shown it. */
export type OpenServerCode = {
	name: string;
	organization?: string;
	product?: string;
	machineCode: string;
	virtual?: string;
	until: Seconds;
};

export type ServerCodeRefusal = Refusal<
	'SERVER_CODE_INVALID' | 'SERVER_CODE_EXPIRED' | 'SERVER_CODE_TAKEN'
>;

export async function openServerCode(
	hub: Hub,
	code: string,
	asker: Asker
): Promise<OpenServerCode | ServerCodeRefusal> {
	const { userId } = asker;
	const codeHash = userCodeHashOf(code);
	const isFree = or(isNull(serverCodes.userId), eq(serverCodes.userId, userId));
	await hub.db
		.update(serverCodes)
		.set({ userId })
		.where(and(eq(serverCodes.codeHash, codeHash), eq(serverCodes.state, 'open'), isFree));
	const found = await findServerCode(hub.db, hub, { code, userId });
	if (isRefusal(found)) return found;
	const { name, organization, product, machineCode, virtual, expiresAt } = found;
	return {
		name,
		organization: organization ?? undefined,
		product: product ?? undefined,
		machineCode,
		virtual: virtual ?? undefined,
		until: expiresAt
	};
}

/** The code that a person has entered, for as long as it waits for their answer. */
export async function findServerCode(
	db: Database | Transaction,
	hub: Hub,
	{ code, userId }: { code: string; userId: string }
): Promise<typeof serverCodes.$inferSelect | ServerCodeRefusal> {
	const [found] = await db
		.select()
		.from(serverCodes)
		.where(eq(serverCodes.codeHash, userCodeHashOf(code)));
	if (!found) return refuse('SERVER_CODE_INVALID', {});
	if (found.expiresAt <= hub.now())
		return refuse('SERVER_CODE_EXPIRED', { expiredAt: found.expiresAt });
	if (found.userId !== userId) return refuse('SERVER_CODE_TAKEN', {});
	return found.state === 'open' ? found : refuse('SERVER_CODE_INVALID', {});
}
