import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { emptyTrustState, type TrustState } from '#lib/domain/machines/verification.ts';
import { writeFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { signToken } from '#lib/signing/jws.ts';
import { thumbprint } from '#lib/signing/keys.ts';
import {
	activationClaims,
	makeHub,
	makeKey,
	NOW,
	terms,
	type TestKey
} from '../../../../../tests/fixtures/chain.ts';
import { clientIdOf, makeDhKey, openDhKey, sharedKey } from '../lease-keys.ts';
import { judgeClaimed, type CountedClient } from './claim.ts';
import { newNonce } from './proven-call.ts';
import { judgeSite, type Expecting } from './site.ts';

const address = { origin: 'http://127.0.0.1:9' };
const dh = makeDhKey();
const own = makeDhKey();
const client: CountedClient = { id: clientIdOf(own.x), dh: own.x, key: openDhKey(own) };
const key = sharedKey(client.key, dh.x);
const nonce = newNonce();
const wishes = { user: 'ada' };

let hub: Awaited<ReturnType<typeof makeHub>>;
let machine: TestKey;
let activation: Claims['activation'];

beforeAll(async () => {
	[hub, machine] = [await makeHub(), await makeKey()];
	activation = activationClaims({ cnf: { jkt: machine.signer.kid }, clients: 2 });
});

async function fileOf(claims: Claims['activation'], signedBy = hub): Promise<string> {
	const token = await signToken('activation', claims, signedBy.hub.signer);
	return writeFile([signedBy.hubKey, token], []);
}

function expecting(changes: Partial<Expecting> = {}): Expecting {
	let known: TrustState = emptyTrustState;
	const trust = { read: () => known, keep: (learned: TrustState) => void (known = learned) };
	return { roots: [hub.root.jwk], product: terms.prd, version: '8.2', trust, ...changes };
}

async function siteWith(files: string[], expected = expecting(), signer = machine) {
	const products = [{ product: terms.prd, title: terms.title, clients: 2, inUse: 0, files }];
	const info = { name: 'Site', version: '1.0.0', dh: dh.x, key: signer.jwk.x, products };
	return judgeSite({ address, info }, expected);
}

function leaseClaims(changes: Partial<Claims['lease']> = {}): Claims['lease'] {
	const { act, gen, sub, num, prd, title, ed, ent, ver, contact, pol } = activation;
	const jti = '01999999-0000-7000-8000-000000000001';
	return {
		v: 1,
		jti,
		iat: NOW,
		sub,
		num,
		prd,
		title,
		ed,
		ent,
		ver,
		contact,
		pol,
		act,
		gen,
		nonce,
		cid: client.id,
		dh: dh.x,
		site: 'Site',
		ttl: 60,
		grace: 900,
		used: 1,
		...changes
	};
}

async function judge(claims: Claims['lease'], { signer = machine, wish = wishes } = {}) {
	const expected = expecting();
	const site = await siteWith([await fileOf(activation)], expected);
	const lease = await signToken('lease', claims, signer.signer);
	return judgeClaimed(
		{ state: 'granted', lease },
		{ site, client, wishes: wish, expecting: expected, key, nonce, askedAt: 1000 }
	);
}

describe('[LC1] a lease', () => {
	test('is one where root, hub key, activation, machine key, nonce, client and site agree', async () => {
		const claimed = await judge(leaseClaims());
		expect(claimed).toMatchObject({ lease: { until: 61_000, lease: { cid: client.id } } });
	});

	test('opens what the hub has signed, whatever the site adds of its own', async () => {
		const claimed = await judge(leaseClaims({ ent: [...activation.ent, 'reports'] }));
		if (isRefusal(claimed) || !('lease' in claimed)) throw new Error('no lease');
		expect(claimed.lease.license.activation.ent).toEqual(activation.ent);
	});

	const other = createHash('sha256').update('other').digest('base64url');
	test.each<[string, Partial<Claims['lease']>]>([
		['an older claim', { nonce: newNonce() }],
		['another client', { cid: `key:${other}` }],
		['another key of the site', { dh: makeDhKey().x }],
		['another product', { prd: 'delta' }],
		['another license', { act: 'somebody-elses' }],
		['another generation', { gen: 7 }],
		['a resource that was not asked for', { res: 'payroll' }]
	])('of %s opens nothing', async (_, changes) => {
		expect(await judge(leaseClaims(changes))).toMatchObject({
			refused: 'SITE_NOT_TRUSTED',
			facts: { reason: 'other-lease' }
		});
	});

	test('signed by another machine opens nothing', async () => {
		const claimed = await judge(leaseClaims(), { signer: await makeKey() });
		expect(claimed).toMatchObject({ refused: 'SITE_NOT_TRUSTED' });
	});

	test.each([{}, [], 'granted', { state: 'granted' }, { state: 'granted', lease: 'a.b.c' }, null])(
		'is not %j',
		async (body) => {
			const expected = expecting();
			const site = await siteWith([await fileOf(activation)], expected);
			const asked = { site, client, wishes, expecting: expected, key, nonce, askedAt: 0 };
			expect(await judgeClaimed(body, asked)).toMatchObject({ refused: 'SITE_NOT_TRUSTED' });
		}
	);
});

describe('[LC1] the licenses of a site', () => {
	test('are those of a pinned root that were made for its key', async () => {
		const stranger = await makeHub();
		const files = [
			await fileOf(activation),
			await fileOf(activation, stranger),
			await fileOf(activationClaims({ cnf: { jkt: 'k'.repeat(43) } })),
			'no file'
		];
		const { licenses, jkt } = await siteWith(files);
		expect(jkt).toBe(await thumbprint(machine.jwk));
		expect(licenses.map((license) => license.activation.act)).toEqual([activation.act]);
	});

	test('of a copied state folder without its key are none', async () => {
		const thief = await makeKey();
		const { licenses } = await siteWith([await fileOf(activation)], expecting(), thief);
		expect(licenses).toEqual([]);
	});

	test('[FI1] of an older generation than was seen here open nothing', async () => {
		const expected = expecting();
		await siteWith([await fileOf({ ...activation, gen: 2 })], expected);
		const { licenses } = await siteWith([await fileOf(activation)], expected);
		expect(licenses).toMatchObject([{ reason: { refused: 'GENERATION_SUPERSEDED' } }]);
	});

	test('[LC1] are judged for the version of the client', async () => {
		const { licenses } = await siteWith([await fileOf(activation)], expecting({ version: '10.0' }));
		expect(licenses).toMatchObject([{ reason: { refused: 'VERSION_NOT_COVERED' } }]);
	});
});
