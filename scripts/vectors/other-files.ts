/**
 * License keys, refusals, trust files and requests.
 *
 * @module
 */
import { tokenHeader } from '#lib/formats/jws.ts';
import type { PublicJwk, TokenType } from '#lib/formats/tokens.ts';
import { proofOf } from '#lib/signing/request.ts';
import { activation, good, tailBits } from './activation-chain.ts';
import { keys, type TestKey } from './keys.ts';
import {
	DAY,
	encode,
	hashed,
	hubKey,
	hubKeyClaims,
	id,
	licenseClaims,
	NOW,
	rawToken,
	lease,
	refusalClaims,
	requestClaims,
	revocationClaims,
	token,
	trustClaims
} from './tokens.ts';
import { armour, type Expected } from './vector.ts';

/** A file of a hub or a root, and the type that its reader wants. */
export type HubFileVector = {
	name: string;
	why: string;
	file: string;
	type: TokenType;
	expect: Expected;
	roots: PublicJwk[];
	voided: string[];
};

type Named = [name: string, why: string, expect: Expected];

const wants =
	(type: TokenType) =>
	(
		[name, why, expect]: Named,
		file: string,
		known: Partial<HubFileVector> = {}
	): HubFileVector => ({
		name,
		why,
		file,
		type,
		expect,
		roots: [keys.root.jwk],
		voided: [],
		...known
	});

const license = token('license', licenseClaims, keys.hub);
const refusal = token('refusal', refusalClaims, keys.hub);
const trust = token('trust', trustClaims(), keys.root);
const revocation = token('revocation', revocationClaims([id(3)]), keys.hub);
const request = token('activation-request', requestClaims, keys.machine);
const { sec, ...secretless } = licenseClaims;

export function licenseVectors(): HubFileVector[] {
	const as = wants('license');
	const signed = (claims: object) => armour('license', hubKey, token('license', claims, keys.hub));
	const all = {
		...licenseClaims,
		clients: 25,
		mnt: NOW + DAY,
		org: 'Example GmbH',
		exp: NOW + 9,
		x: {}
	};
	return [
		as(['minimal', 'the fewest claims', 'ok'], armour('license', hubKey, license)),
		as(['full', 'every claim; its end is not judged by reading', 'ok'], signed(all)),
		as(['bare tokens', 'accepted wherever a file is', 'ok'], `${hubKey}~${license}`),
		as(
			['with trust and revocation', 'both ride in any file', 'ok'],
			armour('license', trust, hubKey, revocation, hubKey, license)
		),
		as(
			['hub key missing', 'a bare license key, and no hub key known', 'CHAIN_INCOMPLETE'],
			license
		),
		as(
			['an activation', 'what was made from a license key is none', 'TOKEN_TYPE_UNEXPECTED'],
			good
		),
		as(['a lease', 'a type of later versions', 'TOKEN_TYPE_UNEXPECTED'], `${hubKey}~${lease}`),
		as(['unknown root', 'not pinned', 'KEY_UNKNOWN'], armour('license', hubKey, license), {
			roots: [keys.strangeRoot.jwk]
		}),
		as(
			['voided hub key', 'known as voided', 'HUB_KEY_VOIDED'],
			armour('license', hubKey, license),
			{ voided: [keys.hub.kid] }
		),
		as(
			['hub key without use license', 'not allowed to sign it', 'KEY_NOT_ALLOWED'],
			armour(
				'license',
				token('hub-key', { ...hubKeyClaims(), use: ['activation'] }, keys.root),
				license
			)
		),
		as(
			['signature altered', 'the tail of the payload with it', 'SIGNATURE_INVALID'],
			armour(
				'license',
				hubKey,
				license.replace(
					/\.[^.]+\./,
					`.${encode(JSON.stringify({ ...licenseClaims, seats: 999 }))}.`
				)
			)
		),
		as(['sec missing', 'the secret that proofs are made of', 'CLAIMS_INVALID'], signed(secretless)),
		as(
			['sec too short', '128 bits are 22 characters', 'CLAIMS_INVALID'],
			signed({ ...licenseClaims, sec: sec.slice(1) })
		),
		as(['no seats', 'at least one', 'CLAIMS_INVALID'], signed({ ...licenseClaims, seats: 0 })),
		as(['unknown claim', 'outside x', 'CLAIMS_INVALID'], signed({ ...licenseClaims, fp: {} })),
		as(
			['version 2', 'a newer format', 'FORMAT_VERSION_UNSUPPORTED'],
			signed({ ...licenseClaims, v: 2 })
		)
	];
}

export function refusalVectors(): HubFileVector[] {
	const as = wants('refusal');
	const signed = (claims: object) => armour('refusal', hubKey, token('refusal', claims, keys.hub));
	return [
		as(
			['no seat', 'what the hub said, ferried back [O11]', 'ok'],
			armour('refusal', hubKey, refusal)
		),
		as(
			['a code of later versions', 'shown by its code and facts', 'ok'],
			signed({ ...refusalClaims, code: 'MOON_NOT_FULL', facts: {} })
		),
		as(
			['no facts', 'facts are an object', 'CLAIMS_INVALID'],
			signed({ ...refusalClaims, facts: undefined })
		),
		as(
			['code in lower case', 'codes are capitals', 'CLAIMS_INVALID'],
			signed({ ...refusalClaims, code: 'no' })
		),
		as(
			['signed by a machine', 'only hubs refuse', 'SIGNATURE_INVALID'],
			armour(
				'refusal',
				hubKey,
				rawToken(tokenHeader('refusal', keys.hub.kid), JSON.stringify(refusalClaims), keys.machine)
			)
		),
		as(['an activation', 'the opposite answer', 'TOKEN_TYPE_UNEXPECTED'], good)
	];
}

export function trustVectors(): HubFileVector[] {
	const [asTrust, asKey, asRevocation] = [wants('trust'), wants('hub-key'), wants('revocation')];
	const trusted = (changes: object, key = keys.root) =>
		armour('trust', token('trust', { ...trustClaims(), ...changes }, key));
	return [
		asTrust(['trust', 'roots and voided hub keys [FI8]', 'ok'], armour('trust', trust)),
		asTrust(
			['trust with voided keys', 'by their thumbprints', 'ok'],
			trusted({ kids: [keys.formerHub.kid] })
		),
		asTrust(['trust by the next root', 'one of two pinned', 'ok'], trusted({}, keys.nextRoot), {
			roots: [keys.root.jwk, keys.nextRoot.jwk]
		}),
		asTrust(
			['trust by a strange root', 'it cannot vouch for itself', 'KEY_UNKNOWN'],
			trusted({ roots: [keys.strangeRoot.jwk] }, keys.strangeRoot)
		),
		asTrust(['trust by a hub', 'only roots sign trust', 'KEY_UNKNOWN'], trusted({}, keys.hub)),
		asTrust(['trust without roots', 'at least one', 'CLAIMS_INVALID'], trusted({ roots: [] })),
		asTrust(
			['trust of version 2', 'a newer format', 'FORMAT_VERSION_UNSUPPORTED'],
			trusted({ v: 2 })
		),
		asTrust(['an activation as trust', 'it teaches no roots', 'TOKEN_TYPE_UNEXPECTED'], good),
		asKey(['hub key', 'a link for chains of bare tokens', 'ok'], armour('hub-key', hubKey)),
		asKey(
			['hub key by a strange root', 'not pinned', 'KEY_UNKNOWN'],
			token('hub-key', hubKeyClaims(), keys.strangeRoot)
		),
		asKey(
			['hub key without use', 'it may sign nothing', 'CLAIMS_INVALID'],
			token('hub-key', { ...hubKeyClaims(), use: [] }, keys.root)
		),
		asRevocation(
			['revocation', 'with its hub key', 'ok'],
			armour('revocation', hubKey, revocation)
		),
		asRevocation(
			['revocation without hub key', 'and no hub key known', 'CHAIN_INCOMPLETE'],
			revocation
		),
		asRevocation(
			['revocation of 350', 'as many as one carries', 'ok'],
			armour('revocation', hubKey, retiring(350))
		),
		asRevocation(
			['revocation of 351', 'one too many', 'CLAIMS_INVALID'],
			armour('revocation', hubKey, retiring(351))
		),
		asRevocation(
			['revocation by a former hub key', 'after that key had ended', 'HUB_KEY_NOT_VALID'],
			armour('revocation', token('hub-key', { ...hubKeyClaims(), exp: NOW }, keys.root), revocation)
		)
	];
}

function retiring(count: number): string {
	const acts = Array.from({ length: count }, (_, n) => id(1000 + n));
	return token('revocation', revocationClaims(acts), keys.hub);
}

export type RequestVector = {
	name: string;
	why: string;
	file: string;
	expect: Expected;
	/** Thumbprint of the machine key that a good request is signed with. */
	jkt?: string;
	/** With the license key's secret: whether `proof` shows that its maker held the key. [RE2] */
	sec?: string;
	proven?: boolean;
};

export async function requestVectors(): Promise<RequestVector[]> {
	const jkt = keys.machine.kid;
	const signed = (changes: object, key: TestKey = keys.machine) =>
		armour(
			'activation-request',
			token('activation-request', { ...requestClaims, ...changes }, key)
		);
	const proof = await proofOf(sec, requestClaims.jti, jkt);
	const bad = (name: string, why: string, file: string, expect: Expected): RequestVector => ({
		name,
		why,
		file,
		expect
	});
	const ok = (
		name: string,
		why: string,
		changes: object,
		more: Partial<RequestVector> = {}
	): RequestVector => ({ name, why, file: signed(changes), expect: 'ok', jkt, ...more });
	const weak = { kty: 'OKP', crv: 'Ed25519', x: encode(Buffer.alloc(32)) };
	const full = {
		proof,
		held: 'desk',
		os: 'linux 6.1',
		pv: '8.2',
		org: 'Example GmbH',
		label: 'rack-07',
		site: 'Plant North',
		x: {}
	};
	return [
		ok('minimal', 'the fewest claims', {}),
		ok('full', 'every claim', full),
		ok('a newer format', 'v is the newest that its maker reads [FI7]', { v: 2 }),
		ok('of the year 2000', 'the iat of a machine is never judged [FI5]', { iat: 946_684_800 }),
		ok('given by hand', 'whether that is allowed is the hub’s to say', {
			fp: { given: hashed('given') }
		}),
		{ ...ok('bare token', 'accepted wherever a file is', {}), file: request },
		ok(
			'proof by the key holder',
			'HMAC of jti and thumbprint [RE2]',
			{ proof },
			{ sec, proven: true }
		),
		ok(
			'proof by another secret',
			'not the key of this license',
			{ proof: await proofOf(hashed('other'), requestClaims.jti, jkt) },
			{ sec, proven: false }
		),
		ok(
			'proof of another request',
			'cannot be carried over',
			{ proof: await proofOf(sec, id(77), jkt) },
			{ sec, proven: false }
		),
		ok(
			'proof of another machine',
			'cannot be carried over',
			{ proof: await proofOf(sec, requestClaims.jti, keys.otherMachine.kid) },
			{ sec, proven: false }
		),
		ok('no proof', 'by number alone', {}, { sec, proven: false }),
		bad(
			'signed by another machine',
			'the key inside is the key that signed',
			signed({}, keys.otherMachine),
			'SIGNATURE_INVALID'
		),
		bad(
			'kid of another key',
			'the header names who signed',
			armour(
				'activation-request',
				rawToken(
					tokenHeader('activation-request', keys.otherMachine.kid),
					JSON.stringify(requestClaims),
					keys.machine
				)
			),
			'SIGNATURE_INVALID'
		),
		bad(
			'payload altered',
			'another number',
			request.replace(
				/\.[^.]+\./,
				`.${encode(JSON.stringify({ ...requestClaims, num: 'KF-0000-0000-0000' }))}.`
			),
			'SIGNATURE_INVALID'
		),
		bad('small-order key', 'anybody could sign', signed({ cnf: { jwk: weak } }), 'KEY_WEAK'),
		bad(
			'key with tail bits',
			'not what encoding gives',
			signed({ cnf: { jwk: { ...keys.machine.jwk, x: tailBits(keys.machine.jwk.x) } } }),
			'KEY_WEAK'
		),
		bad('key missing', 'nobody to check with', signed({ cnf: undefined }), 'CLAIMS_INVALID'),
		bad(
			'private key inside',
			'it would travel with the file',
			signed({ cnf: { jwk: keys.machine.private } }),
			'CLAIMS_INVALID'
		),
		bad('unknown claim', 'outside x', signed({ seats: 9 }), 'CLAIMS_INVALID'),
		bad(
			'unknown component',
			'named ones only',
			signed({ fp: { cpu: hashed('cpu') } }),
			'CLAIMS_INVALID'
		),
		bad('name missing', 'who asks', signed({ name: undefined }), 'CLAIMS_INVALID'),
		bad(
			'number without dashes',
			'files carry the canonical number',
			signed({ num: 'KF7Q2M90TKC4XR' }),
			'CLAIMS_INVALID'
		),
		bad('hub key in front', 'a request stands alone', `${hubKey}~${request}`, 'FILE_MALFORMED'),
		bad('an activation', 'the answer offered as the question', good, 'TOKEN_TYPE_UNEXPECTED'),
		bad('a bare activation', 'the same without its chain', activation, 'TOKEN_TYPE_UNEXPECTED'),
		bad('two requests', 'one file, one request', `${request}~${request}`, 'FILE_MALFORMED')
	];
}
