/**
 * A hub without its HTTP face, on whatever store a test hands in, and machines that ask it.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { createPrivateKey, sign } from 'node:crypto';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import { readFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { exportPrivateJwk, exportPublicJwk, generateKeyPair, signerOf } from '#lib/signing/keys.ts';
import { proofOf } from '#lib/signing/request.ts';
import { makeReturn } from '#lib/signing/return.ts';
import { products } from '#server/db/schema.ts';
import type { Store } from '#server/db/store.ts';
import { sealWith } from '#server/keys/seal.ts';
import { addCustomer } from '#server/operations/people/add-customer.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { issueLicense, type LicenseOrder } from '#server/operations/licenses/issue-license.ts';
import { hashOf } from '#server/operations/push/push.ts';
import { registerHub } from '#server/hub/register-hub.ts';
import { fingerprint, makeKey, type TestKey } from './chain.ts';

export type TestHub = {
	hub: Hub;
	/** What `hub.now()` says; a test moves it. `freeing` stays behind after a leap. [CL3] */
	clock: { now: number; freeing?: number };
	roots: TestKey['jwk'][];
	root: TestKey;
	/** The hub's own key pair. */
	key: CryptoKeyPair;
};

/** @param of - The root of a hub that this one continues, and how that one seals. */
export async function makeTestHub(
	store: Store,
	of: Partial<Pick<TestHub, 'root' | 'key'>> & { seal?: Hub['seal'] } = {}
): Promise<TestHub> {
	const root = of.root ?? (await makeKey());
	const pair = of.key ?? (await generateKeyPair(true));
	const { kid } = await signerOf(pair);
	const key = createPrivateKey({
		key: { ...(await exportPrivateJwk(pair.privateKey)) },
		format: 'jwk'
	});
	const clock: TestHub['clock'] = { now: Math.floor(Date.now() / 1000) };
	const grant = await signToken(
		'hub-key',
		{
			v: 1,
			jti: uuidv7(),
			iat: clock.now,
			nbf: clock.now - 86_400 * 1000,
			exp: clock.now + 86_400 * 10_000,
			cnf: { jwk: await exportPublicJwk(pair.publicKey) },
			use: ['license', 'activation', 'refusal', 'revocation', 'receipt', 'allotment']
		},
		root.signer
	);
	const { epoch, grants } = await registerHub(store.db, [{ kid, token: grant }]);
	const hub: Hub = {
		db: store.db,
		epoch,
		iss: 'Example Software',
		signer: { kid, sign: (bytes) => sign(null, bytes, key) },
		roots: [root.jwk],
		grantOf: (asked) => grants.get(asked)!,
		addGrant: (asked, token) => grants.set(asked, token),
		seal: of.seal ?? sealWith(randomBytes(32)),
		voided: [],
		now: () => clock.now,
		freeingTime: () => clock.freeing ?? clock.now,
		confirmTime: () => Promise.resolve(undefined)
	};
	await store.db
		.insert(products)
		.values({
			slug: 'atlas',
			title: 'Atlas',
			contact: 'licensing@example.com',
			entitlements: ['dataflow']
		})
		.onConflictDoNothing();
	return { hub, clock, roots: [root.jwk], root, key: pair };
}

export type TestLicense = {
	customerId: string;
	licenseId: string;
	number: string;
	/** The key's `sec`. */
	sec: string;
	manager: Asker;
};

/** A license of a customer of its own. */
export async function makeLicense(
	{ hub }: Pick<TestHub, 'hub'>,
	changes: Partial<LicenseOrder> = {}
): Promise<TestLicense> {
	const customerId = changes.customerId ?? (await addCustomer(hub, `Example ${uuidv7()}`));
	const issued = await issueLicense(hub, {
		customerId,
		product: 'atlas',
		edition: 'Standard',
		entitlements: ['dataflow'],
		seats: 2,
		versions: { from: 8, to: 9 },
		virtualMachines: true,
		givenFingerprints: false,
		matches: 2,
		graceMinutes: 15,
		...changes
	});
	if (isRefusal(issued)) throw new Error(issued.refused);
	const { sec } = claimsOf<'license'>(issued.key);
	const roles = new Map([[customerId, 'manager' as const]]);
	const manager = { userId: uuidv7(), staff: false, roles };
	return { customerId, licenseId: issued.id, number: issued.number, sec, manager };
}

/** The claims that a file's last token says, unverified. */
// The caller says which type it expects.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function claimsOf<T extends 'license' | 'activation' | 'refusal' | 'receipt' | 'allotment'>(
	file: string
): Claims[T] {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	return read.body.payload as Claims[T];
}

export type TestMachine = { name: string; key: TestKey };

export async function makeMachine(name: string = randomBytes(4).toString('hex')) {
	return { name, key: await makeKey() } satisfies TestMachine;
}

/** @param license - With its `sec`, the request carries a proof. */
export async function askFor(
	license: { number: string; sec?: string },
	machine: TestMachine,
	changes: Partial<Claims['activation-request']> = {}
): Promise<string> {
	const jti = changes.jti ?? uuidv7();
	const { jwk, signer } = machine.key;
	const proof = license.sec === undefined ? undefined : await proofOf(license.sec, jti, signer.kid);
	return signToken(
		'activation-request',
		{
			v: 1,
			iat: Math.floor(Date.now() / 1000),
			num: license.number,
			proof,
			fp: fingerprint(machine.name),
			vm: false,
			name: 'Site Admin',
			label: machine.name,
			cnf: { jwk },
			...changes,
			jti
		},
		signer
	);
}

/** The return of what a file gave, as the machine makes it: the tokens of a return file. */
export async function returnOf(file: string, { key }: TestMachine): Promise<string> {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	const activation = read.body.payload as Claims['activation'];
	const now = Math.floor(Date.now() / 1000);
	const token = await makeReturn(activation, { ...key, now });
	return [read.key!.text, read.body.text, token].join('~');
}

/** A command as a desk puts it into its outbox. */
export function commandOf(
	outbox: string,
	n: number,
	request: string,
	changes: Partial<Command> = {}
): Command {
	const body = { type: 'activation.request' as const, version: 1, args: { request } };
	return { id: uuidv7(), outbox, n, ...body, hash: hashOf(body), createdAt: 1, ...changes };
}
