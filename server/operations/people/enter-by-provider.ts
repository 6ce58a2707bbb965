/**
 * Signing in as whom a provider names, and linking an account there to one's own. [PE7]
 *
 * @module
 */
import { and, asc, eq, like } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { account, user } from '#server/db/schema/people.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addProvenUser } from './proven-user.ts';
import { mayEnter } from './send-code.ts';

/** What a provider says of somebody. */
export type Named = { subject: string; name?: string; provenEmail?: string };

/** Passwords are accounts of the sign-in library too. */
const PREFIX = 'oidc:';

/**
 * An address that the provider says is verified proves itself as a code in a mail does. [PE3]
 *
 * @param openSignUp - Anybody may make an account.
 */
export async function enterByProvider(
	hub: Hub,
	{ provider, named, openSignUp }: { provider: string; named: Named; openSignUp: boolean }
): Promise<{ userId: string } | Refusal<'PROVIDER_ADDRESS_UNPROVEN' | 'ACCOUNT_UNKNOWN'>> {
	const { subject, provenEmail: email } = named;
	return hub.db.transaction(async (tx) => {
		const linked = await linkedUser(tx, provider, subject);
		if (linked !== undefined) return { userId: linked };
		if (email === undefined) return refuse('PROVIDER_ADDRESS_UNPROVEN', { provider });
		const [person] = await tx.select().from(user).where(eq(user.email, email)).for('update');
		if (!person && !openSignUp && !(await mayEnter(tx, email, hub.now())))
			return refuse('ACCOUNT_UNKNOWN', {});
		const name = named.name?.slice(0, 100) ?? person?.name ?? email.split('@')[0]!;
		const userId = person?.emailVerified ? person.id : await addProvenUser(tx, { email, name });
		await addLink(tx, { provider, subject, userId });
		return { userId };
	});
}

export async function linkProvider(
	hub: Hub,
	{ provider, subject, userId }: { provider: string; subject: string; userId: string }
): Promise<Refusal<'PROVIDER_LINKED_ELSEWHERE'> | undefined> {
	return hub.db.transaction(async (tx) => {
		const linked = await linkedUser(tx, provider, subject);
		if (linked === userId) return undefined;
		if (linked !== undefined) return refuse('PROVIDER_LINKED_ELSEWHERE', { provider });
		await addLink(tx, { provider, subject, userId });
		return undefined;
	});
}

export type Link = { id: string; provider: string; since: Seconds };

export async function listLinks(db: Database, userId: string): Promise<Link[]> {
	const rows = await db
		.select()
		.from(account)
		.where(and(eq(account.userId, userId), like(account.providerId, `${PREFIX}%`)))
		.orderBy(asc(account.createdAt));
	return rows.map(({ id, providerId, createdAt }) => ({
		id,
		provider: providerId.slice(PREFIX.length),
		since: Math.floor(createdAt.getTime() / 1000)
	}));
}

/** Whoever has proven their address gets in by a code whatever is unlinked. */
export async function unlinkProvider(
	db: Database,
	{ id, userId }: { id: string; userId: string }
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	const own = and(
		eq(account.id, id),
		eq(account.userId, userId),
		like(account.providerId, `${PREFIX}%`)
	);
	const gone = await db.delete(account).where(own).returning({ id: account.id });
	return gone.length > 0 ? undefined : refuse('NOT_FOUND', { what: `link ${id}` });
}

async function linkedUser(
	tx: Transaction,
	provider: string,
	subject: string
): Promise<string | undefined> {
	const theirs = and(eq(account.providerId, PREFIX + provider), eq(account.accountId, subject));
	const [found] = await tx.select({ userId: account.userId }).from(account).where(theirs);
	return found?.userId;
}

async function addLink(
	tx: Transaction,
	{ provider, subject, userId }: { provider: string; subject: string; userId: string }
): Promise<void> {
	const providerId = PREFIX + provider;
	await tx.insert(account).values({ id: uuidv7(), providerId, accountId: subject, userId });
}
