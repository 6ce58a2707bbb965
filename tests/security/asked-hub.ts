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
import { openEmbedded, type Database } from '#server/db/store.ts';
import { serve } from '#server/serve.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { makeKey } from '../fixtures/chain.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import type { Demo } from '../fixtures/running-hub.ts';

/** The kinds of asker, from nobody to everybody. The keys are API keys of the person they name. */
export const askers = [
	'signed out',
	'no customer',
	'another customer',
	'technician',
	'manager',
	'staff',
	'key of manager',
	'key of staff'
] as const;
export type AskerKind = (typeof askers)[number];

/** Who is told nothing of the first customer. */
export const strangers = ['signed out', 'no customer', 'another customer'] as const;

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
};

export type AskedHub = {
	url: string;
	db: Database;
	demo: Demo;
	own: Property;
	/** Credentials, as headers. */
	as: Record<AskerKind, Record<string, string>>;
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
	const place = { organizationId: second!.id, userId: person!.id, role: 'manager' };
	await db.insert(member).values({ id: uuidv7(), ...place });

	const manager = await signIn('manager');
	const made = await post('/api-key/create', { name: 'Script' }, manager);
	const { key: managerKey } = (await made.json()) as { key: string };
	return {
		url,
		db,
		demo,
		own: await propertyOf(db, demo, { url, manager }),
		as: {
			'signed out': {},
			'no customer': noCustomer,
			'another customer': other,
			technician: await signIn('technician'),
			manager,
			staff: await signIn('staff'),
			'key of manager': { authorization: `Bearer ${managerKey}` },
			'key of staff': { authorization: `Bearer ${demo.token}` }
		},
		stop: async () => {
			await hub.close();
			rmSync(home, { recursive: true, force: true });
		}
	};
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
	const allotment = await reserve(number, desk);
	return { customerId, licenseId, number, key, act: held!.act, allotment };
}

/** One seat for a desk of the manager's, as a desk asks for it. */
async function reserve(
	number: string,
	{ url, manager }: { url: string; manager: Record<string, string> }
): Promise<string> {
	const { signer, jwk } = await makeKey();
	const [outbox, allotment] = [uuidv7(), uuidv7()];
	const asked = { type: 'allotment.reserve', version: 1, args: { number, seats: 1 } } as const;
	const command = { id: allotment, outbox, n: 1, ...asked, hash: hashOf(asked), createdAt: 1 };
	const body = { protocol: 2, outbox, key: jwk, desk: 'Field phone', commands: [command] };
	const answer = await fetch(`${url}/rpc/sync.push`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-keyferry': '1', ...manager },
		body: JSON.stringify(await signPush(body, { signer, now: 1 }))
	});
	const text = await answer.text();
	if (!text.includes('KEYFERRY ALLOTMENT')) throw new Error(text);
	return allotment;
}
