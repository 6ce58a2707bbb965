/**
 * From a file to a pinned root: who signed what, and were they allowed to. [FI2, FI5, FI8]
 *
 * Only roots that the caller has pinned are believed, never those in the file. A parent's end is
 * compared with what it signed and never with now, so files outlive the rotation of hub keys. [FI5]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { TokenFile } from '../formats/file.ts';
import type { DecodedToken } from '../formats/jws.ts';
import { parseClaims, type Claims, type PublicJwk } from '../formats/tokens.ts';
import { verifyToken, type VerifiedToken } from './jws.ts';
import { importPublicJwk, thumbprint } from './keys.ts';

/** What hubs sign directly below their key. */
export type HubSigned = 'license' | 'activation' | 'refusal' | 'receipt' | 'revocation';

/** What a verifier already has. */
export type Trust = {
	/** Pinned root keys: the current one, maybe the next. */
	roots: readonly PublicJwk[];
	/** Thumbprints of hub keys that a root has voided. */
	voided?: readonly string[];
	/** Hub keys met before, to complete the chain of a bare token (QR codes carry one token each). */
	hubKeys?: readonly DecodedToken<'hub-key'>[];
};

/** What a verified file teaches its reader, to be kept for the next one. [FI8] */
export type Learned = {
	roots: PublicJwk[];
	voided: string[];
	revocation?: Claims['revocation'];
	/** The newest time that a hub has vouched for. [CL1] */
	trustedAt: number;
};

export type VerifiedFile = {
	body: VerifiedToken<HubSigned | 'hub-key' | 'trust'>;
	/** The hub key that the body was signed with; absent where the body is signed by a root. */
	hubKey?: VerifiedToken<'hub-key'>;
	learned: Learned;
};

/** Verifies a file of a hub. Request files are signed by machines: see `verifyRequest`. */
export async function verifyFile(file: TokenFile, trust: Trust): Promise<VerifiedFile | Refusal> {
	const ride = file.trust && (await verifyByRoot(file.trust, trust.roots));
	if (isRefusal(ride)) return ride;
	const roots = [...trust.roots, ...(ride?.claims.roots ?? [])];
	const voided = [...(trust.voided ?? []), ...(ride?.claims.kids ?? [])];
	const known: Trust = { roots, voided, hubKeys: trust.hubKeys };

	const revoked = file.revocation;
	const revocation = revoked && (await verifyByHub(revoked.token, revoked.key, known));
	if (isRefusal(revocation)) return revocation;

	const body = await verifyBody(file, known);
	if (isRefusal(body)) return body;
	// A trust token may ride along, or be the file itself.
	const said = ride ?? (isTrust(body.token) ? body.token : undefined);
	const trustedAt = Math.max(
		body.token.claims.iat,
		revocation?.token.claims.iat ?? 0,
		ride?.claims.iat ?? 0
	);
	return {
		body: body.token,
		hubKey: body.hubKey,
		learned: {
			roots: said?.claims.roots ?? [],
			voided: said?.claims.kids ?? [],
			revocation: revocation?.token.claims,
			trustedAt
		}
	};
}

function isTrust(token: VerifiedFile['body']): token is VerifiedToken<'trust'> {
	return token.type === 'trust';
}

async function verifyBody(
	{ body, key }: TokenFile,
	trust: Trust
): Promise<{ token: VerifiedFile['body']; hubKey?: VerifiedToken<'hub-key'> } | Refusal> {
	if (isType(body, 'hub-key') || isType(body, 'trust')) {
		const token = await verifyByRoot(body, trust.roots);
		return isRefusal(token) ? token : { token };
	}
	if (isHubSigned(body)) return verifyByHub(body, key, trust);
	return refuse('TOKEN_TYPE_UNEXPECTED', { expected: [...hubSigned], found: body.type });
}

async function verifyByRoot<T extends 'hub-key' | 'trust'>(
	token: DecodedToken<T>,
	roots: readonly PublicJwk[]
): Promise<VerifiedToken<T> | Refusal> {
	for (const root of roots) {
		const key = await importPublicJwk(root);
		if (isRefusal(key)) return key;
		if (key.kid === token.kid) return verifyToken(token, key);
	}
	return refuse('KEY_UNKNOWN', { kid: token.kid });
}

async function verifyByHub<T extends HubSigned>(
	token: DecodedToken<T>,
	key: DecodedToken<'hub-key'> | undefined,
	{ roots, voided, hubKeys }: Trust
): Promise<{ token: VerifiedToken<T>; hubKey: VerifiedToken<'hub-key'> } | Refusal> {
	const parent = key ?? (await findHubKey(token.kid, hubKeys ?? []));
	if (!parent) return refuse('CHAIN_INCOMPLETE', { kid: token.kid });
	// Both signatures are checked at once. Nothing is said of the second before the first holds.
	const [hubKey, verified] = await Promise.all([
		verifyByRoot(parent, roots),
		verifyByClaimedKey(token, parent)
	]);
	if (isRefusal(hubKey)) return hubKey;
	const { kid } = token;
	if (voided?.includes(kid)) return refuse('HUB_KEY_VOIDED', { kid });
	if (!hubKey.claims.use.includes(token.type))
		return refuse('KEY_NOT_ALLOWED', { kid, type: token.type });
	if (isRefusal(verified)) return verified;

	const { nbf: from, exp: to } = hubKey.claims;
	const signedAt = verified.claims.iat;
	if (signedAt < from || signedAt >= to)
		return refuse('HUB_KEY_NOT_VALID', { kid, signedAt, from, to });
	return { token: verified, hubKey };
}

/** The hub key is read from its token before a root has vouched for it: see the caller. */
async function verifyByClaimedKey<T extends HubSigned>(
	token: DecodedToken<T>,
	parent: DecodedToken<'hub-key'>
): Promise<VerifiedToken<T> | Refusal> {
	const claims = parseClaims('hub-key', parent.payload);
	if (isRefusal(claims)) return claims;
	const key = await importPublicJwk(claims.cnf.jwk);
	return isRefusal(key) ? key : verifyToken(token, key);
}

async function findHubKey(kid: string, known: readonly DecodedToken<'hub-key'>[]) {
	for (const token of known) {
		const claims = parseClaims('hub-key', token.payload);
		if (!isRefusal(claims) && (await thumbprint(claims.cnf.jwk)) === kid) return token;
	}
	return undefined;
}

const hubSigned: readonly HubSigned[] = [
	'license',
	'activation',
	'refusal',
	'receipt',
	'revocation'
];

function isHubSigned(token: DecodedToken): token is DecodedToken<HubSigned> {
	return (hubSigned as readonly string[]).includes(token.type);
}

function isType<T extends DecodedToken['type']>(
	token: DecodedToken,
	type: T
): token is DecodedToken<T> {
	return token.type === type;
}
