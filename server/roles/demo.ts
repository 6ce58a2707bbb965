/**
 * `serve --demo`: plainly fictional data on the first start, for trying things out.
 *
 * @module
 */
import { VENDOR_ID } from '#lib/domain/access.ts';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { eq } from 'drizzle-orm';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { exportPublicJwk, generateKeyPair, signerOf } from '#lib/signing/keys.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { Auth } from '#server/auth/auth.ts';
import { member, user } from '#server/db/schema/people.ts';
import { products } from '#server/db/schema/catalog.ts';
import { makeHub } from '#server/keys/make-hub.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { addCustomer } from '#server/operations/catalog/add-customer.ts';
import { keepCustomer } from '#server/operations/catalog/keep-customer.ts';
import type { Hub } from '#server/hub/hub.ts';
import { issueLicense } from '#server/operations/licenses/issue-license.ts';
import { receiveFile } from '#server/operations/releases/release-folder.ts';
import { addReleaseFile, saveRelease } from '#server/operations/releases/save-release.ts';
import { demoCustomers, demoLicenses, demoProducts, demoReleases, demoUsers } from './demo-data.ts';

/** `DIR/demo.json` */
type Demo = {
	hub: string;
	/** API key of the demo's member of staff. */
	token: string;
	users: { email: string; password: string; role: string }[];
	licenses: { number: string; key: string; product: string; seats: number; clients?: number }[];
};

/** Makes the hub itself where there is none. The root key lies beside the folder. */
export async function prepareDemo(folder: string): Promise<void> {
	if (existsSync(join(folder, 'secrets.json'))) return;
	const rootFile = `${resolve(folder)}-root.json`;
	await makeHub({ folder, rootFile, iss: 'Example Software', keepRoot: true });
}

/** Fills an empty hub, and says in `demo.json` where it runs now. */
export async function fillDemo({
	hub,
	auth,
	folder,
	url
}: {
	hub: Hub;
	auth: Auth;
	folder: string;
	url: string;
}): Promise<void> {
	const file = join(folder, 'demo.json');
	const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Demo) : undefined;
	if (known?.hub === url) return;
	const demo = known ? { ...known, hub: url } : await fill(hub, auth, url);
	const unfinished = `${file}.new`;
	rmSync(unfinished, { force: true });
	writeFileSync(unfinished, JSON.stringify(demo, undefined, '\t') + '\n', { mode: 0o600 });
	renameSync(unfinished, file);
}

async function fill(hub: Hub, auth: Auth, url: string): Promise<Demo> {
	const customers = new Map<string, string>();
	for (const name of demoCustomers) {
		const added = await addCustomer(hub, { name }, 'hub');
		// A first start that was interrupted had added it.
		customers.set(name, isRefusal(added) ? added.facts.id : added.id);
	}
	await hub.db
		.insert(products)
		.values([...demoProducts])
		.onConflictDoNothing();
	const { users, token } = await addUsers(hub, auth, customers);

	const licenses: Demo['licenses'] = [];
	for (const { customer, machines, ...order } of demoLicenses(hub.now())) {
		const license = await issueLicense(hub, { ...order, customerId: customers.get(customer)! });
		if (isRefusal(license)) throw new Error(`the demo is wrong: ${license.refused}`);
		const { number, key } = license;
		const { product, seats, clients } = order;
		licenses.push({ number, key, product, seats, ...(clients !== undefined && { clients }) });
		for (const label of machines) await activateMachine(hub, number, label);
	}
	await addReleases(hub);
	return { hub: url, token, users, licenses };
}

async function addUsers(hub: Hub, auth: Auth, customers: ReadonlyMap<string, string>) {
	const users: Demo['users'] = [];
	let token = '';
	for (const { email, name, role, customer } of demoUsers) {
		const password = `demo-${randomBytes(6).toString('hex')}`;
		const [old] = await hub.db.select().from(user).where(eq(user.email, email));
		// A first start that was interrupted left a user whose password nobody knows.
		if (old) await hub.db.delete(user).where(eq(user.id, old.id));
		const { user: added } = await auth.api.signUpEmail({ body: { email, password, name } });
		await hub.db.update(user).set({ emailVerified: true }).where(eq(user.id, added.id));
		const organizationId = customer === undefined ? VENDOR_ID : customers.get(customer)!;
		await hub.db.insert(member).values({ id: uuidv7(), organizationId, userId: added.id, role });
		if (customer === undefined)
			for (const customerId of customers.values())
				await keepCustomer(hub, { customerId, keep: true }, added.id);
		if (role === 'staff') {
			const body = { userId: added.id, name: 'Demo' };
			({ key: token } = await auth.api.createApiKey({ body }));
		}
		users.push({ email, password, role });
	}
	return { users, token };
}

/** Their files hold a line of text. */
async function addReleases(hub: Hub): Promise<void> {
	for (const { platforms, ...release } of demoReleases(hub.now())) {
		await saveRelease(hub, release, 'hub');
		for (const platform of platforms) {
			const { product, version } = release;
			const name = `${product}-${version}-${platform}.zip`;
			const bytes = new Blob([`${product} ${version} for ${platform}: a file of the demo.\n`]);
			const sha256 = await receiveFile(hub, bytes.stream(), { name, size: bytes.size });
			if (isRefusal(sha256)) throw new Error(`the demo is wrong: ${sha256.refused}`);
			const file = { product, version, platform, name, size: bytes.size, sha256 };
			await addReleaseFile(hub, file, 'hub');
		}
	}
}

/** A machine that never was asks as any machine does. */
async function activateMachine(hub: Hub, number: string, label: string): Promise<void> {
	const machine = await generateKeyPair(true);
	const hash = () => randomBytes(16).toString('base64url');
	const request = await signToken(
		'activation-request',
		{
			v: 1,
			jti: uuidv7(),
			iat: hub.now(),
			num: number,
			fp: { os: hash(), fs: hash(), board: hash(), disk: hash(), mac: [hash()] },
			vm: false,
			os: 'linux',
			name: 'Erika Example',
			org: 'Example GmbH',
			label,
			cnf: { jwk: await exportPublicJwk(machine.publicKey) }
		},
		await signerOf(machine)
	);
	const asker = { userId: 'demo', vendor: 'staff' as const, roles: new Map() };
	const answer = await activate(hub, request, { asker });
	if (isRefusal(answer) || answer.refusal) throw new Error(`the demo is wrong: ${label}`);
}
