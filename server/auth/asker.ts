/**
 * Who asks: a signed-in person, or a script with that person's API key.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { apikey, member, organization, user } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/store.ts';
import type { Auth } from './auth.ts';
import { sha256 } from '#server/db/sha256.ts';

export type Membership = { id: string; name: string; role: 'manager' | 'technician' };

export type Person = {
	user: { id: string; email: string; name: string; staff: boolean };
	customers: Membership[];
};

/** Whoever a script's API key belongs to. @returns `undefined` for nobody, sessions included. */
export async function findKeyHolder(
	auth: Auth,
	db: Database,
	headers: Headers
): Promise<Person | undefined> {
	const key = keyIn(headers);
	const userId = key === undefined ? undefined : await findHolderId(auth, db, key);
	return userId === undefined ? undefined : findPersonById(db, userId);
}

/** @returns `undefined` for nobody: no session, or one that has ended, or an unknown key. */
export async function findPerson(
	auth: Auth,
	db: Database,
	headers: Headers
): Promise<Person | undefined> {
	const userId = await findUserId(auth, db, headers);
	return userId === undefined ? undefined : findPersonById(db, userId);
}

/** Who a user is and belongs to now. @returns `undefined` for a user that is gone. */
export async function findPersonById(db: Database, userId: string): Promise<Person | undefined> {
	const [found] = await db
		.select({ id: user.id, email: user.email, name: user.name, staff: user.staff })
		.from(user)
		.where(eq(user.id, userId));
	if (!found) return undefined;
	const memberships = await db
		.select({ id: organization.id, name: organization.name, role: member.role })
		.from(member)
		.innerJoin(organization, eq(organization.id, member.organizationId))
		.where(eq(member.userId, userId));
	const customers = memberships.map(({ id, name, role }) => ({ id, name, role: roleOf(role) }));
	return { user: found, customers };
}

async function findUserId(auth: Auth, db: Database, headers: Headers): Promise<string | undefined> {
	const key = keyIn(headers);
	if (key !== undefined) return findHolderId(auth, db, key);
	// Without a cookie there is no session, and nothing to ask the database for.
	if (!headers.has('cookie')) return undefined;
	const session = await auth.api.getSession({ headers });
	return session?.user.id;
}

function keyIn(headers: Headers): string | undefined {
	return /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(headers.get('authorization') ?? '')?.[1];
}

async function findHolderId(auth: Auth, db: Database, key: string): Promise<string | undefined> {
	const { valid, key: found, error } = await auth.api.verifyApiKey({ body: { key } });
	if (valid && found) return found.referenceId;
	// The plugin calls a key invalid where the database fails it: this tells the two apart.
	const hash = sha256(key);
	const known = await db.select({ id: apikey.id }).from(apikey).where(eq(apikey.key, hash));
	if (known.length > 0 && error?.code === 'INVALID_API_KEY')
		throw new Error('an API key could not be checked');
	return undefined;
}

/** The least that a member may do, where a role is not one of ours. */
function roleOf(role: string): 'manager' | 'technician' {
	return role.split(',').includes('manager') ? 'manager' : 'technician';
}
