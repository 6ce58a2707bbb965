/**
 * Who asks: a signed-in person, or a script with that person's API key.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import {
	narrowStanding,
	type KeyLimits,
	type Role,
	type Standing,
	type VendorRole
} from '#lib/domain/access.ts';
import { apikey, member, organization, secondFactors, user } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';
import type { Auth } from './auth.ts';
import { sha256 } from '#server/db/sha256.ts';
import { isSecondRequired } from './second-factor.ts';

export type Membership = { id: string; name: string; role: Role };

export type Person = {
	user: { id: string; email: string; name: string; vendor?: VendorRole };
	customers: Membership[];
	/** A second factor is set, or owed: the vendor asks it of its people. [PE6] */
	second?: 'set' | 'owed';
	/** The session that they ask by; absent where a key asks. */
	sessionId?: string;
	/** They ask by an API key, which may less than they. [PE4] */
	limits?: KeyLimits;
};

/** What somebody is where. */
export function standingOf({ user: { vendor }, customers }: Person): Standing {
	return { vendor, roles: new Map(customers.map(({ id, role }) => [id, role])) };
}

/** Whoever a script's API key belongs to. @returns `undefined` for nobody, sessions included. */
export async function findKeyHolder(
	auth: Auth,
	db: Database,
	headers: Headers
): Promise<Person | undefined> {
	const key = keyIn(headers);
	return key === undefined ? undefined : findHolder(auth, db, key);
}

/** @returns `undefined` for nobody: no session, or one that has ended, or an unknown key. */
export async function findPerson(
	auth: Auth,
	db: Database,
	headers: Headers
): Promise<Person | undefined> {
	const key = keyIn(headers);
	if (key !== undefined) return findHolder(auth, db, key);
	// Without a cookie there is no session, and nothing to ask the database for.
	if (!headers.has('cookie')) return undefined;
	const found = await auth.api.getSession({ headers });
	const person = found ? await findPersonById(db, found.user.id) : undefined;
	if (!person || !found) return undefined;
	const { second, user: own } = person;
	// Until it was shown in this session, whoever has it is nobody. [PE6]
	if (second === 'set' && !found.session.secondAt) return undefined;
	const user = second === 'owed' ? { ...own, vendor: undefined } : own;
	return { ...person, user, sessionId: found.session.id };
}

/** Who a user is and belongs to now. @returns `undefined` for a user that is gone. */
export async function findPersonById(db: Database, userId: string): Promise<Person | undefined> {
	const [found] = await db
		.select({
			id: user.id,
			email: user.email,
			name: user.name,
			secondAt: secondFactors.confirmedAt
		})
		.from(user)
		.leftJoin(secondFactors, eq(secondFactors.userId, user.id))
		.where(eq(user.id, userId));
	if (!found) return undefined;
	const memberships = await db
		.select({
			id: organization.id,
			name: organization.name,
			role: member.role,
			settings: organization.metadata
		})
		.from(member)
		.innerJoin(organization, eq(organization.id, member.organizationId))
		.where(eq(member.userId, userId));
	const customers: Membership[] = [];
	let vendor: VendorRole | undefined;
	let isRequired = false;
	for (const { id, name, role, settings } of memberships)
		if (role === 'staff' || role === 'admin') {
			vendor = role;
			isRequired = isSecondRequired(settings);
		} else customers.push({ id, name, role });
	const { secondAt, ...own } = found;
	const second = secondAt !== null ? 'set' : isRequired ? 'owed' : undefined;
	return { user: { ...own, vendor }, customers, second };
}

function keyIn(headers: Headers): string | undefined {
	return /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(headers.get('authorization') ?? '')?.[1];
}

async function findHolder(auth: Auth, db: Database, key: string): Promise<Person | undefined> {
	const { valid, key: found, error } = await auth.api.verifyApiKey({ body: { key } });
	const { role, customerId, readOnly } = apikey;
	const [known] = await db
		.select({ role, customerId, readOnly })
		.from(apikey)
		.where(eq(apikey.key, sha256(key)));
	if (valid && found && known) {
		const person = await findPersonById(db, found.referenceId);
		return person && narrow(db, person, limitsOf(known));
	}
	// The plugin calls a key invalid where the database fails it: this tells the two apart.
	if (known && error?.code === 'INVALID_API_KEY')
		throw new Error('an API key could not be checked');
	return undefined;
}

/** @returns `undefined` for a key that may all that its owner may. */
export function limitsOf({
	role,
	customerId,
	readOnly
}: Pick<typeof apikey.$inferSelect, 'role' | 'customerId' | 'readOnly'>): KeyLimits | undefined {
	if (role === null && customerId === null && !readOnly) return undefined;
	return { role: role ?? undefined, customerId: customerId ?? undefined, readOnly };
}

/** What a key leaves of its owner, who is asked for as they are now. [PE4] */
async function narrow(
	db: Database,
	person: Person,
	limits: KeyLimits | undefined
): Promise<Person> {
	if (!limits) return person;
	const { vendor, roles } = narrowStanding(standingOf(person), limits);
	const names = new Map(person.customers.map(({ id, name }) => [id, name]));
	const { customerId } = limits;
	if (customerId !== undefined && !names.has(customerId)) {
		const { name } = organization;
		const [place] = await db
			.select({ name })
			.from(organization)
			.where(eq(organization.id, customerId));
		if (place) names.set(customerId, place.name);
	}
	const customers = [...roles].flatMap(([id, role]) => {
		const name = names.get(id);
		return name === undefined ? [] : [{ id, name, role }];
	});
	return { ...person, user: { ...person.user, vendor }, customers, limits };
}
