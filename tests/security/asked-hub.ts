/**
 * A real hub over HTTP on the embedded store, and everybody who may ask it something.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signPush } from '#lib/signing/push.ts';
import { member, organization, user } from '#server/db/schema/people.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import type { Database } from '#server/db/database.ts';
import { openEmbedded } from '#server/db/store.ts';
import { serve } from '#server/serve.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { makeKey } from '../fixtures/chain.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import type { Demo } from '../fixtures/running-hub.ts';

/** People, from nobody to everybody. */
export const people = [
	'signed out',
	'no customer',
	'another customer',
	'viewer',
	'technician',
	'manager',
	'owner',
	'staff',
	'admin'
] as const;
export type PersonKind = (typeof people)[number];

/** API keys, and whom each is to be answered as. */
export const keyKinds = {
	'key of viewer': 'viewer',
	'key of technician': 'technician',
	'key of manager': 'manager',
	'key of owner': 'owner',
	'key of staff': 'staff',
	'key of admin': 'admin',
	'technician’s key of an owner': 'technician',
	'key of an owner for another customer': 'another customer',
	'owner’s key of staff for one customer': 'owner',
	'read-only key of owner': 'owner',
	'read-only key of admin': 'admin'
} as const satisfies Record<string, PersonKind>;
export type KeyKind = keyof typeof keyKinds;

/** Everybody who may ask. */
export const askers = [...people, ...(Object.keys(keyKinds) as KeyKind[])] as const;
export type AskerKind = (typeof askers)[number];

/** Keys that may less than whoever made them. */
export const limitedKeys: readonly KeyKind[] = (Object.keys(keyKinds) as KeyKind[]).slice(6);

export const isReadOnly = (asker: AskerKind) => asker.startsWith('read-only');

/** Whom somebody is to be answered as. */
export const personOf = (asker: AskerKind): PersonKind =>
	asker in keyKinds ? keyKinds[asker as KeyKind] : (asker as PersonKind);

/** Who is told nothing of the first customer. */
export const strangers = [
	'signed out',
	'no customer',
	'another customer',
	'key of an owner for another customer'
] as const satisfies AskerKind[];

/** What belongs to the first customer. */
export type Property = {
	customerId: string;
	licenseId: string;
	number: string;
	key: string;
	/** An activation of the license. */
	act: string;
	/** A block of its seats, set aside for the manager's desk. */
	allotment: string;
	/** A device of the customer's manager. */
	device: string;
};

export type AskedHub = {
	url: string;
	db: Database;
	demo: Demo;
	own: Property;
	/** Credentials, as headers. */
	as: Record<AskerKind, Record<string, string>>;
	/** The same of anybody of the demo, by what they are. */
	signIn: (role: string) => Promise<Record<string, string>>;
	stop: () => Promise<void>;
};

const PASSWORD = 'a long enough password';

export async function startAskedHub(): Promise<AskedHub> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-asked-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	const store = await openEmbedded(data);
	const openStore = () => Promise.resolve(store);
	const hub = await serve({ data, port: 0, demo: true, openStore });
	const { url } = hub;
	const { db } = store;
	const demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;

	const post = (path: string, body: object, headers: Record<string, string> = {}) =>
		fetch(`${url}/auth${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin: url, ...headers },
			body: JSON.stringify(body)
		});
	const cookieOf = (answer: Response) => {
		const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
		if (cookie === undefined) throw new Error(`no session: ${answer.status}`);
		return { cookie };
	};
	const signUp = async (email: string) => {
		await post('/sign-up/email', { email, password: PASSWORD, name: 'Nora New' });
		return cookieOf(await post('/sign-in/email', { email, password: PASSWORD }));
	};
	const signIn = async (role: string) => {
		const { email, password } = demo.users.find((each) => each.role === role)!;
		return cookieOf(await post('/sign-in/email', { email, password }));
	};

	const noCustomer = await signUp('nora@example.com');
	const other = await signUp('other@example.com');
	const [person] = await db.select().from(user).where(eq(user.email, 'other@example.com'));
	const [second] = await db
		.select()
		.from(organization)
		.where(eq(organization.name, 'Sample Works Ltd'));
	const place = { organizationId: second!.id, userId: person!.id, role: 'manager' as const };
	await db.insert(member).values({ id: uuidv7(), ...place });

	const sessions: Record<string, Record<string, string>> = {};
	for (const role of ['viewer', 'technician', 'manager', 'owner', 'staff', 'admin'])
		sessions[role] = await signIn(role);
	const keyOf = async (role: string, limits: object = {}) => {
		const { password } = demo.users.find((each) => each.role === role)!;
		const made = await post(
			'/api-key/create',
			{ name: 'Script', password, ...limits },
			sessions[role]
		);
		const { key } = (await made.json()) as { key?: string };
		if (key === undefined) throw new Error(`no key of ${role}: ${made.status}`);
		return { authorization: `Bearer ${key}` };
	};
	// By a session of its own, which ends with the device.
	const own = await propertyOf(db, demo, { url, manager: await signIn('manager') });
	const keys: Record<KeyKind, Record<string, string>> = {
		'key of viewer': await keyOf('viewer'),
		'key of technician': await keyOf('technician'),
		'key of manager': await keyOf('manager'),
		'key of owner': await keyOf('owner'),
		'key of staff': { authorization: `Bearer ${demo.token}` },
		'key of admin': await keyOf('admin'),
		'technician’s key of an owner': await keyOf('owner', { role: 'technician' }),
		// Made by somebody who belongs to both, whose part in the first it leaves out.
		'key of an owner for another customer': await keyOf('owner', {
			customerId: await joinAlso(db, demo, second!.id)
		}),
		'owner’s key of staff for one customer': await keyOf('staff', { customerId: own.customerId }),
		'read-only key of owner': await keyOf('owner', { readOnly: true }),
		'read-only key of admin': await keyOf('admin', { readOnly: true })
	};
	return {
		url,
		db,
		demo,
		own,
		as: {
			'signed out': {},
			'no customer': noCustomer,
			'another customer': other,
			viewer: sessions.viewer!,
			technician: sessions.technician!,
			manager: sessions.manager!,
			owner: sessions.owner!,
			staff: sessions.staff!,
			admin: sessions.admin!,
			...keys
		},
		signIn,
		stop: async () => {
			await hub.close();
			rmSync(home, { recursive: true, force: true });
		}
	};
}

/** The demo's owner belongs to another customer too. @returns Its id. */
async function joinAlso(db: Database, demo: Demo, organizationId: string): Promise<string> {
	const { email } = demo.users.find(({ role }) => role === 'owner')!;
	const [owner] = await db.select().from(user).where(eq(user.email, email));
	const place = { organizationId, userId: owner!.id, role: 'manager' as const };
	await db
		.insert(member)
		.values({ id: uuidv7(), ...place })
		.onConflictDoNothing();
	return organizationId;
}

async function propertyOf(
	db: Database,
	demo: Demo,
	desk: { url: string; manager: Record<string, string> }
): Promise<Property> {
	const { number, key } = demo.licenses[1]!;
	const [license] = await db.select().from(licenses).where(eq(licenses.number, number));
	const { customerId, licenseId } = license!;
	const [held] = await db.select().from(activations).where(eq(activations.licenseId, licenseId));
	const { allotment } = await reserve(number, desk);
	// Ended by whoever may: another one than holds the seats.
	const { outbox: device } = await reserve(number, desk, 'Second phone');
	return { customerId, licenseId, number, key, act: held!.act, allotment, device };
}

/** One seat for a desk of the manager's, as a desk asks for it. */
async function reserve(
	number: string,
	{ url, manager }: { url: string; manager: Record<string, string> },
	desk = 'Field phone'
): Promise<{ allotment: string; outbox: string }> {
	const { signer, jwk } = await makeKey();
	const [outbox, allotment] = [uuidv7(), uuidv7()];
	const asked = { type: 'allotment.reserve', version: 1, args: { number, seats: 1 } } as const;
	const command = { id: allotment, outbox, n: 1, ...asked, hash: hashOf(asked), createdAt: 1 };
	const body = { protocol: 2, outbox, key: jwk, desk, commands: [command] };
	const answer = await fetch(`${url}/rpc/sync.push`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-keyferry': '1', ...manager },
		body: JSON.stringify(await signPush(body, { signer, now: 1 }))
	});
	const text = await answer.text();
	if (!text.includes('KEYFERRY ALLOTMENT')) throw new Error(text);
	return { allotment, outbox };
}
