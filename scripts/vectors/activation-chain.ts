/**
 * Activation files: who signed what, and were they allowed to.
 *
 * @module
 */
import { tokenHeader } from '#lib/formats/jws.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { keys } from './keys.ts';
import {
	encode,
	full,
	hubKey,
	hubKeyClaims,
	id,
	licenseClaims,
	minimal,
	NOW,
	rawToken,
	lease,
	receipt,
	refusalClaims,
	requestClaims,
	revocationClaims,
	token,
	trustClaims,
	YEAR
} from './tokens.ts';
import { armour, type Expected, type FileVector } from './vector.ts';

type Changes = Partial<Omit<FileVector, 'name' | 'why' | 'file' | 'expect'>>;

export function fileVector(
	[name, why, expect]: [string, string, Expected],
	file: string,
	changes: Changes = {}
): FileVector {
	const asked = { roots: [keys.root.jwk], voided: [], now: NOW + 86_400, ...changes };
	return { name, why, file, expect, ...asked };
}

export const activation = token('activation', minimal, keys.hub);
const fullActivation = token('activation', full, keys.hub);
export const good = armour('activation', hubKey, activation);

const formerHubKey = token(
	'hub-key',
	{ ...hubKeyClaims(keys.formerHub.jwk), jti: id(20), exp: NOW - 10 },
	keys.root
);
const revocation = token('revocation', revocationClaims([id(99)]), keys.hub);
const formerRevocation = token(
	'revocation',
	revocationClaims([id(99)], { iat: NOW - 100 }),
	keys.formerHub
);
const trust = token('trust', trustClaims(), keys.root);

/** An activation below a hub key with these changes. */
const under = (changes: object, claims: object = minimal) =>
	armour(
		'activation',
		token('hub-key', { ...hubKeyClaims(), ...changes }, keys.root),
		token('activation', claims, keys.hub)
	);

const weak = (x: string): PublicJwk => ({ kty: 'OKP', crv: 'Ed25519', x });

// Points of small order, with a set sign bit and both foldings above the prime among them.
const smallOrder: [string, string][] = [
	['0', '0000000000000000000000000000000000000000000000000000000000000000'],
	['1', '0100000000000000000000000000000000000000000000000000000000000000'],
	['1, sign bit set', '0100000000000000000000000000000000000000000000000000000000000080'],
	['of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
	['of order 8, the other', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
	['p - 1', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
	['p', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
	['p + 1', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f']
];

/** A key under which anything verifies, where keys of small order are let in. */
export const smallOrderKey = weak(encode(Buffer.from(smallOrder[1]![1], 'hex')));

/** The order of the curve: S and S + L verify alike where S is not checked. RFC 8032 section 5.1.7 */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

function plusOrder(text: string): string {
	const [header, payload, signature64 = ''] = text.split('.');
	const signature = Buffer.from(signature64, 'base64url');
	const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + L;
	const bytes = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
	return [header, payload, encode(Buffer.concat([signature.subarray(0, 32), bytes]))].join('.');
}

function flipped(text: string): string {
	const [header, payload, signature64 = ''] = text.split('.');
	const signature = Buffer.from(signature64, 'base64url');
	signature[7]! ^= 1;
	return [header, payload, encode(signature)].join('.');
}

function withPayload(text: string, claims: object): string {
	const [header, , signature] = text.split('.');
	return [header, encode(JSON.stringify(claims)), signature].join('.');
}

export function chainVectors(): FileVector[] {
	return [...goodChains(), ...badRoots(), ...badHubKeys(), ...badSignatures(), ...otherTypes()];
}

function goodChains(): FileVector[] {
	return [
		fileVector(['minimal', 'the fewest claims', 'ok'], good),
		fileVector(
			['full', 'every claim, and all that a product can ask', 'ok'],
			armour('activation', hubKey, fullActivation),
			{
				product: 'atlas-server',
				version: '8.2.1',
				builtAt: NOW,
				machine: { fp: full.fp, vm: false }
			}
		),
		fileVector(
			['with trust', 'a trust token signed by the pinned root rides along [FI8]', 'ok'],
			armour('activation', trust, hubKey, activation)
		),
		fileVector(
			['with revocation', 'the revocation names another activation [FI8]', 'ok'],
			armour('activation', hubKey, revocation, hubKey, activation)
		),
		fileVector(
			['with trust and revocation', 'all that can ride in one file [FI5]', 'ok'],
			armour('activation', trust, hubKey, revocation, hubKey, activation)
		),
		fileVector(
			['revocation by a former hub key', 'each part has its own hub key [FI5]', 'ok'],
			armour('activation', formerHubKey, formerRevocation, hubKey, activation)
		),
		fileVector(
			[
				'next root taught by trust',
				'the pinned root names the next one, which signed the hub key',
				'ok'
			],
			armour('activation', trust, token('hub-key', hubKeyClaims(), keys.nextRoot), activation)
		),
		fileVector(
			['second of two pinned roots', 'a current and a next root can be pinned', 'ok'],
			good,
			{
				roots: [keys.nextRoot.jwk, keys.root.jwk]
			}
		),
		fileVector(
			['hub key ended since', 'a hub key is compared with the iat, never with now [FI5]', 'ok'],
			good,
			{ now: NOW + 5 * YEAR }
		),
		fileVector(
			['hub key begins at iat', 'both ends: the beginning is included', 'ok'],
			under({ nbf: NOW })
		),
		fileVector(
			['one second before the hub key ends', 'the last second', 'ok'],
			under({ exp: NOW + 1 })
		)
	];
}

function badRoots(): FileVector[] {
	return [
		fileVector(['unknown root', 'the root that signed is not pinned', 'KEY_UNKNOWN'], good, {
			roots: [keys.strangeRoot.jwk]
		}),
		fileVector(['no root', 'nothing is pinned, so nothing is believed', 'KEY_UNKNOWN'], good, {
			roots: []
		}),
		fileVector(
			['wrong root', 'the hub key names the pinned root, another root signed', 'SIGNATURE_INVALID'],
			armour(
				'activation',
				rawToken(
					tokenHeader('hub-key', keys.root.kid),
					JSON.stringify(hubKeyClaims()),
					keys.strangeRoot
				),
				activation
			)
		),
		fileVector(
			[
				'trust of a strange root',
				'only pinned roots are believed, never those in the file',
				'KEY_UNKNOWN'
			],
			armour(
				'activation',
				token('trust', trustClaims({ roots: [keys.strangeRoot.jwk] }), keys.strangeRoot),
				token('hub-key', hubKeyClaims(), keys.strangeRoot),
				activation
			)
		),
		fileVector(
			['hub key signed by a hub', 'only roots sign hub keys', 'KEY_UNKNOWN'],
			armour('activation', token('hub-key', hubKeyClaims(), keys.hub), activation)
		),
		fileVector(
			['small-order root', 'verifies anything: refused as a key [FI3]', 'KEY_WEAK'],
			good,
			{
				roots: [smallOrderKey]
			}
		),
		fileVector(
			['hub key missing', 'a bare activation, and no hub key known', 'CHAIN_INCOMPLETE'],
			activation
		)
	];
}

function badHubKeys(): FileVector[] {
	return [
		fileVector(
			[
				'hub key without use activation',
				'a key signs only what its grant names [FI2]',
				'KEY_NOT_ALLOWED'
			],
			under({ use: ['license', 'refusal', 'revocation'] })
		),
		fileVector(
			['revocation without use', 'the hub key may not sign revocations', 'KEY_NOT_ALLOWED'],
			armour(
				'activation',
				token('hub-key', { ...hubKeyClaims(), use: ['activation'] }, keys.root),
				revocation,
				hubKey,
				activation
			)
		),
		fileVector(
			['before the hub key', 'signed one second before the key began', 'HUB_KEY_NOT_VALID'],
			under({ nbf: NOW + 1 })
		),
		fileVector(
			['at the end of the hub key', 'signed at the very second it ended', 'HUB_KEY_NOT_VALID'],
			under({ exp: NOW })
		),
		fileVector(
			['voided hub key', 'the verifier knows it as voided [FI8]', 'HUB_KEY_VOIDED'],
			good,
			{
				voided: [keys.hub.kid]
			}
		),
		fileVector(
			[
				'hub key voided by the file',
				'the trust token in the file voids it [FI8]',
				'HUB_KEY_VOIDED'
			],
			armour(
				'activation',
				token('trust', trustClaims({ kids: [keys.hub.kid] }), keys.root),
				hubKey,
				activation
			)
		),
		...smallOrder.map(([name, hex]) =>
			fileVector(
				[
					`small-order hub key: ${name}`,
					'a signature under it verifies for any message [FI3]',
					'KEY_WEAK'
				],
				under({ cnf: { jwk: weak(encode(Buffer.from(hex, 'hex'))) } })
			)
		),
		fileVector(
			['hub key with tail bits', 'its x is not what encoding would give [FI3]', 'KEY_WEAK'],
			under({ cnf: { jwk: weak(tailBits(keys.hub.jwk.x)) } })
		),
		fileVector(
			['hub key of version 2', 'a newer format [FI7]', 'FORMAT_VERSION_UNSUPPORTED'],
			under({ v: 2 })
		),
		fileVector(
			['hub key with an unknown claim', 'outside x [FI7]', 'CLAIMS_INVALID'],
			under({ ca: true })
		),
		fileVector(
			['hub key with a private half', 'a JWK has exactly kty, crv and x', 'CLAIMS_INVALID'],
			under({ cnf: { jwk: { ...keys.hub.jwk, d: keys.otherMachine.jwk.x } } })
		)
	];
}

/** Sets a bit that decoding throws away. */
export function tailBits(text: string): string {
	const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	return text.slice(0, -1) + signs[signs.indexOf(text.at(-1)!) + 1]!;
}

function badSignatures(): FileVector[] {
	const bad = (name: string, why: string, ...tokens: string[]) =>
		fileVector([name, why, 'SIGNATURE_INVALID'], armour('activation', ...tokens));
	const strange = rawToken(
		tokenHeader('activation', keys.hub.kid),
		JSON.stringify(minimal),
		keys.machine
	);
	return [
		bad('signature altered', 'one bit', hubKey, flipped(activation)),
		bad('hub key signature altered', 'one bit, one step up', flipped(hubKey), activation),
		bad(
			'payload altered',
			'more generations than were signed',
			hubKey,
			withPayload(activation, { ...minimal, gen: 2 })
		),
		bad(
			'hub key payload altered',
			'a longer life',
			withPayload(hubKey, { ...hubKeyClaims(), exp: NOW + 9 * YEAR }),
			activation
		),
		bad('signed by another key', 'the header names the hub key, a machine signed', hubKey, strange),
		bad(
			'kid mismatch',
			'signed by the hub, but the header names another key',
			hubKey,
			rawToken(tokenHeader('activation', keys.machine.kid), JSON.stringify(minimal), keys.hub)
		),
		bad('type changed', 'a license key whose header was changed to activation', hubKey, retyped()),
		bad(
			'S not reduced',
			'S + L would verify where S is not checked (RFC 8032)',
			hubKey,
			plusOrder(activation)
		),
		bad(
			'revocation altered',
			'what rides along is verified too',
			hubKey,
			flipped(revocation),
			hubKey,
			activation
		),
		bad('trust altered', 'what rides along is verified too', flipped(trust), hubKey, activation)
	];
}

function retyped(): string {
	const license = token('license', licenseClaims, keys.hub);
	return license.replace(/^[^.]+/, encode(tokenHeader('activation', keys.hub.kid)));
}

function otherTypes(): FileVector[] {
	const other = (name: string, why: string, file: string) =>
		fileVector([name, why, 'TOKEN_TYPE_UNEXPECTED'], file);
	const license = token('license', licenseClaims, keys.hub);
	const block = (label: string, ...tokens: string[]) =>
		`-----BEGIN KEYFERRY ${label}-----\n${tokens.join('~')}\n-----END KEYFERRY ${label}-----\n`;
	return [
		other(
			'a license key',
			'well signed by the hub, but no activation [FI2]',
			armour('license', hubKey, license)
		),
		other(
			'a license key as bare tokens',
			'without armour there is no label to tell',
			`${hubKey}~${license}`
		),
		other(
			'a receipt',
			'well signed by the hub, but no activation [FI2]',
			block('RECEIPT', hubKey, receipt)
		),
		other(
			'a lease labelled as activation',
			'a type of later versions; the label is not what is verified',
			block('ACTIVATION', hubKey, lease)
		),
		other(
			'a refusal',
			'the hub said no',
			armour('refusal', hubKey, token('refusal', refusalClaims, keys.hub))
		),
		other(
			'a request',
			'the question offered as the answer',
			armour('activation-request', token('activation-request', requestClaims, keys.machine))
		),
		other('a trust file', 'roots activate nothing', armour('trust', trust)),
		other('a hub key', 'a link of the chain alone', armour('hub-key', hubKey)),
		other('a revocation', 'what is retired', armour('revocation', hubKey, revocation))
	];
}
