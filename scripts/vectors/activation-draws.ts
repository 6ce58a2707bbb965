/**
 * Draws: activation files that a desk signed below an allotment of the hub. [AL2, AL3, FI5]
 *
 * @module
 */
import type { Claims } from '#lib/formats/tokens.ts';
import { activation, fileVector, smallOrderKey } from './activation-chain.ts';
import { keys, type TestKey } from './keys.ts';
import {
	DAY,
	hubKey as plainHubKey,
	hubKeyClaims,
	id,
	ISS,
	minimal,
	NOW,
	revocationClaims,
	terms,
	token
} from './tokens.ts';
import { armour, type Expected, type FileVector } from './vector.ts';

const hubKey = token(
	'hub-key',
	{ ...hubKeyClaims(), jti: id(40), use: ['activation', 'revocation', 'allotment'] },
	keys.root
);

const blockClaims: Claims['allotment'] = {
	v: 1,
	jti: id(41),
	iat: NOW,
	iss: ISS,
	...terms,
	max: 3,
	nbf: NOW,
	exp: NOW + 30 * DAY,
	fexp: NOW + 90 * DAY,
	cnf: { jwk: keys.desk.jwk }
};

const drawClaims: Claims['activation'] = {
	...minimal,
	jti: id(42),
	act: `${id(41)}.3`,
	exp: NOW + 90 * DAY,
	allot: id(41),
	slot: 3
};

const block = (changes: object = {}, key: TestKey = keys.hub) =>
	token('allotment', { ...blockClaims, ...changes }, key);
const draw = (changes: object = {}, key: TestKey = keys.desk) =>
	token('activation', { ...drawClaims, ...changes }, key);

export function drawVectors(): FileVector[] {
	return [...goodDraws(), ...badBlocks(), ...badDraws(), ...otherClaims()];
}

function goodDraws(): FileVector[] {
	return [
		fileVector(
			['draw', 'root, hub key, allotment, activation', 'ok'],
			armour('activation', hubKey, block(), draw())
		),
		fileVector(
			['draw that leaves out x', 'names that a reader may not know are not compared [FI7]', 'ok'],
			armour('activation', hubKey, block({ x: { upgrade: 'KF-3A1R-55GW-08M7' } }), draw())
		),
		fileVector(
			['draw after its allotment ended issuing', '`exp` binds the desk only [AL3]', 'ok'],
			armour('activation', hubKey, block(), draw()),
			{ now: NOW + 60 * DAY }
		),
		fileVector(
			['draw that has ended', 'its files end with `fexp`', 'ACTIVATION_EXPIRED'],
			armour('activation', hubKey, block(), draw()),
			{ now: NOW + 90 * DAY }
		),
		fileVector(
			[
				'draw that gives itself grace',
				'its `x` is the desk’s word alone [GR1]',
				'ACTIVATION_EXPIRED'
			],
			armour('activation', hubKey, block(), draw({ x: { grace: 14 } })),
			{ now: NOW + 90 * DAY }
		),
		fileVector(
			[
				'draw of an allotment with grace',
				'what a desk draws gives none [GR1]',
				'ACTIVATION_EXPIRED'
			],
			armour('activation', hubKey, block({ x: { grace: 14 } }), draw({ x: { grace: 14 } })),
			{ now: NOW + 90 * DAY }
		),
		fileVector(
			['draw of a retired activation', 'the hub retired it since', 'ACTIVATION_RETIRED'],
			armour(
				'activation',
				hubKey,
				token('revocation', revocationClaims([drawClaims.act]), keys.hub),
				hubKey,
				block(),
				draw()
			)
		),
		fileVector(['draw as bare tokens', 'no armour', 'ok'], [hubKey, block(), draw()].join('~'))
	];
}

function badBlocks(): FileVector[] {
	const bad = (name: string, why: string, expect: Expected, ...tokens: string[]) =>
		fileVector([name, why, expect], armour('activation', ...tokens));
	return [
		bad(
			'allotment without use',
			'the root did not let this hub key sign allotments [FI2]',
			'KEY_NOT_ALLOWED',
			...[plainHubKey, block(), draw()]
		),
		bad(
			'allotment by a stranger',
			'a desk cannot allot seats to itself',
			'SIGNATURE_INVALID',
			...[hubKey, block({}, keys.desk), draw()]
		),
		bad(
			'allotment before its hub key',
			'signed when the hub key was not valid yet',
			'HUB_KEY_NOT_VALID',
			...[hubKey, block({ iat: 1_600_000_000 }), draw()]
		),
		bad(
			'allotment for a weak key',
			'anything verifies under a key of small order [FI3]',
			'KEY_WEAK',
			...[hubKey, block({ cnf: { jwk: smallOrderKey } }), draw()]
		),
		bad(
			'allotment without end',
			'`fexp` is missing',
			'CLAIMS_INVALID',
			...[hubKey, block({ fexp: undefined }), draw()]
		),
		bad(
			'draw without its allotment',
			'nobody vouches for the desk',
			'SIGNATURE_INVALID',
			hubKey,
			draw()
		),
		bad(
			'draw below two allotments',
			'a chain has one',
			'FILE_MALFORMED',
			...[hubKey, block(), block(), draw()]
		)
	];
}

function badDraws(): FileVector[] {
	const bad = (name: string, why: string, expect: Expected, drawn: string) =>
		fileVector([name, why, expect], armour('activation', hubKey, block(), drawn));
	return [
		bad(
			'draw by another desk',
			'the block is for one key',
			'SIGNATURE_INVALID',
			draw({}, keys.machine)
		),
		bad(
			'draw by the hub',
			'below an allotment only the desk signs',
			'SIGNATURE_INVALID',
			draw({}, keys.hub)
		),
		bad(
			'draw without a slot number above zero',
			'slots count from 1',
			'CLAIMS_INVALID',
			draw({ slot: 0 })
		),
		fileVector(
			['the hub says of a draw that it is its own', 'only a desk draws', 'DRAW_INVALID'],
			armour('activation', hubKey, draw({}, keys.hub))
		),
		fileVector(
			[
				'an activation of the hub below an allotment',
				'what a desk draws names its slot',
				'SIGNATURE_INVALID'
			],
			armour('activation', hubKey, block(), activation)
		)
	];
}

/** One claim each that is not as the allotment says. */
function otherClaims(): FileVector[] {
	const changes: [string, object][] = [
		['a slot beyond the block', { slot: 4, act: `${id(41)}.4` }],
		['no slot', { slot: undefined }],
		['no allotment', { allot: undefined }],
		['another allotment', { allot: id(43) }],
		['an activation of another slot', { act: `${id(41)}.1` }],
		['a time of its own', { iat: NOW + 1 }],
		['a beginning of its own', { nbf: NOW - 1 }],
		['a later end', { exp: NOW + 91 * DAY }],
		['an earlier end', { exp: NOW + 89 * DAY }],
		['no end', { exp: undefined }],
		['another issuer', { iss: 'https://other.example.com' }],
		['another license', { sub: id(44) }],
		['another number', { num: 'KF-0000-0000-0000' }],
		['another product', { prd: 'delta-studio' }],
		['another title', { title: 'Atlas Server Plus' }],
		['another edition', { ed: 'enterprise' }],
		['more entitlements', { ent: [...terms.ent, 'subflow'] }],
		['fewer entitlements', { ent: terms.ent.slice(1) }],
		['clients', { clients: 25 }],
		['other versions', { ver: { from: 8, to: 10 } }],
		['maintenance', { mnt: NOW + DAY }],
		['an organization', { org: 'Example GmbH' }],
		['another contact', { contact: 'other@example.com' }],
		['a softer policy', { pol: { ...terms.pol, k: 1 } }]
	];
	return changes.map(([what, change]) =>
		fileVector(
			[`draw with ${what}`, "terms and times are the allotment's [AL3]", 'DRAW_INVALID'],
			armour('activation', hubKey, block(), draw(change))
		)
	);
}
