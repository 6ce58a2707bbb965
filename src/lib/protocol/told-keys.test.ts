import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tellKeys, toldKey, type SignedKey } from './told-keys.ts';

const encode = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
const base64url = (length: number) =>
	fc.uint8Array({ minLength: length, maxLength: length }).map(encode);

/** As a hub signs them: the same claims in the same places, of a few products. */
const claims = fc.record(
	{
		jti: fc.uuid({ version: 7 }),
		iat: fc.integer({ min: 1_700_000_000, max: 1_700_000_900 }),
		sub: fc.uuid({ version: 7 }),
		title: fc.constantFrom('Atlas', 'Example Works — ß', '例'),
		ent: fc.array(fc.constantFrom('cluster', 'audit'), { maxLength: 2 }),
		seats: fc.integer({ min: 1, max: 20 }),
		sec: base64url(16),
		x: fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 1 }))
	},
	{ requiredKeys: ['jti', 'sub', 'seats', 'sec'] }
);
const token = fc
	.tuple(claims, base64url(64))
	.map(([said, signature]) => ['header', encode(JSON.stringify(said)), signature].join('.'));

const keys = fc
	.array(
		fc.record<SignedKey>({
			kid: fc.constantFrom('one', 'another'),
			// Whatever a store holds comes back, a token or not.
			token: fc.oneof({ weight: 6, arbitrary: token }, fc.string({ unit: 'binary' }), fc.string())
		}),
		{ maxLength: 300 }
	)
	.map((all) => Object.fromEntries(all.map((key, at) => [`license-${at}`, key])));

test('[SY4] [RE2] license keys come back byte by byte from what they have in common, whatever they say', () => {
	fc.assert(
		fc.property(keys, (all) => {
			const told = JSON.parse(JSON.stringify(tellKeys('customer', all))) as ReturnType<
				typeof tellKeys
			>;
			expect(told.flatMap(({ own }) => Object.keys(own))).toEqual(Object.keys(all));
			for (const some of told)
				for (const id of Object.keys(some.own)) expect(toldKey(some, id)).toEqual(all[id]);
		})
	);
});

test('[SY4] what license keys share is said once, and a license that has none there gets none', () => {
	const common = 'header.claims-that-are-the-same-in-all-of-them.';
	const all = Object.fromEntries(
		['AAAA', 'BBBB', 'CCCC'].map((own) => [own, { kid: 'one', token: `${common}${own}.end` }])
	);
	const [told] = tellKeys('customer', { ...all, odd: { kid: 'one', token: 'odd' } });
	expect(told).toEqual({
		customerId: 'customer',
		forms: [
			{ kid: 'one', parts: [common, '.end'], gaps: [4] },
			{ kid: 'one', parts: ['odd'], gaps: [] }
		],
		own: { AAAA: [0, 'AAAA'], BBBB: [0, 'BBBB'], CCCC: [0, 'CCCC'], odd: [1, ''] }
	});
	expect(toldKey(told!, 'another')).toBeUndefined();
	expect(toldKey(told!, 'constructor')).toBeUndefined();
});
