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
import { foreignClaim } from './draw.ts';
import { importPublicJwk, thumbprint } from './keys.ts';

/** What hubs sign directly below their key. */
export type HubSigned =
	'license' | 'activation' | 'refusal' | 'receipt' | 'revocation' | 'allotment';

/** What desks sign below an allotment. */
type DeskSigned = 'activation' | 'close';

/** What a verifier already has. */
export type Trust = {
	/** Pinned root keys: the current one, maybe the next. */
	roots: readonly PublicJwk[];
	/** Thumbprints of hub keys that a root has voided. */
	voided?: readonly string[];
	/** Hub keys met before, to complete the chain of a bare token (QR codes carry one token each). */
	hubKeys?: readonly DecodedToken<'hub-key'>[];
	/** Allotments met before, alike. */
	allotments?: readonly DecodedToken<'allotment'>[];
	/** What was found of allotments under this very trust, by their bytes: many draws share one. */
	judged?: Map<string, Promise<UnderHub<'allotment'> | Refusal>>;
};

type UnderHub<T extends HubSigned> = { token: VerifiedToken<T>; hubKey: VerifiedToken<'hub-key'> };

/** What a verified file teaches its reader, to be kept for the next one. [FI8] */
export type Learned = {
	roots: PublicJwk[];
	voided: string[];
	revocation?: Claims['revocation'];
	/** The newest time that a hub has vouched for. [CL1] */
	trustedAt: number;
};

export type VerifiedFile = {
	body: VerifiedToken<HubSigned | DeskSigned | 'hub-key' | 'trust'>;
	/** The block that a desk drew the activation from, or closes. Absent in what a hub signed. */
	allotment?: VerifiedToken<'allotment'>;
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
	const known: Trust = { ...trust, roots, voided };
	// Under what rides along, more might hold than without it.
	if (ride) delete known.judged;

	const revoked = file.revocation;
	const revocation = revoked && (await verifyByHub(revoked.token, revoked.key, known));
	if (isRefusal(revocation)) return revocation;

	const body = await verifyBody(file, known);
	if (isRefusal(body)) return body;
	// A trust token may ride along, or be the file itself.
	const said = ride ?? (isTrust(body.token) ? body.token : undefined);
	const trustedAt = Math.max(
		body.vouchedAt,
		revocation?.token.claims.iat ?? 0,
		ride?.claims.iat ?? 0
	);
	return {
		body: body.token,
		hubKey: body.hubKey,
		allotment: body.allotment,
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

type VerifiedBody = {
	token: VerifiedFile['body'];
	hubKey?: VerifiedToken<'hub-key'>;
	allotment?: VerifiedToken<'allotment'>;
	/** The newest time in it that a hub or a root, not a desk, has written. [CL1] */
	vouchedAt: number;
};

async function verifyBody(file: TokenFile, trust: Trust): Promise<VerifiedBody | Refusal> {
	const { body, key } = file;
	if (isType(body, 'hub-key') || isType(body, 'trust')) {
		const token = await verifyByRoot(body, trust.roots);
		return isRefusal(token) ? token : { token, vouchedAt: token.claims.iat };
	}
	const block = findAllotment(file, trust);
	if (isType(body, 'close') || (block && isType(body, 'activation')))
		return verifyByDesk(body, { block, key, trust });
	if (!isHubSigned(body))
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: [...hubSigned], found: body.type });
	const verified = await verifyByHub(body, key, trust);
	if (isRefusal(verified)) return verified;
	const { token } = verified;
	// Only a desk draws, and it shows from what.
	if (token.type === 'activation' && token.claims.allot !== undefined)
		return refuse('DRAW_INVALID', { allotment: token.claims.allot, claim: 'allot' });
	return { ...verified, vouchedAt: token.claims.iat };
}

/** The allotment of the file, or the one met before that a scanned draw or close names. */
function findAllotment(
	{ allotment, body }: TokenFile,
	{ allotments = [] }: Trust
): DecodedToken<'allotment'> | undefined {
	if (allotment) return allotment;
	const named = (body.payload as { allot?: unknown } | null)?.allot;
	return allotments.find(({ payload }) => (payload as { jti?: unknown } | null)?.jti === named);
}

/** The hub vouches for the desk's key with an allotment, and the desk signs what it covers. [AL3] */
async function verifyByDesk(
	body: DecodedToken<DeskSigned>,
	{
		block,
		key,
		trust
	}: {
		block: DecodedToken<'allotment'> | undefined;
		key: DecodedToken<'hub-key'> | undefined;
		trust: Trust;
	}
): Promise<VerifiedBody | Refusal> {
	if (!block) return refuse('CHAIN_INCOMPLETE', { kid: body.kid });
	const parent = await verifyBlock(block, key, trust);
	if (isRefusal(parent)) return parent;
	const { token: allotment, hubKey } = parent;
	const deskKey = await importPublicJwk(allotment.claims.cnf.jwk);
	if (isRefusal(deskKey)) return deskKey;
	const token = await verifyToken(body, deskKey);
	if (isRefusal(token)) return token;
	const claim = foreignClaim(token, allotment.claims);
	if (claim !== undefined)
		return refuse('DRAW_INVALID', { allotment: allotment.claims.jti, claim });
	// A draw's `iat` is its allotment's; what a desk wrote of its own is no hub's word.
	return { token, hubKey, allotment, vouchedAt: allotment.claims.iat };
}

function verifyBlock(
	block: DecodedToken<'allotment'>,
	key: DecodedToken<'hub-key'> | undefined,
	trust: Trust
): Promise<UnderHub<'allotment'> | Refusal> {
	const bytes = `${key?.text ?? ''}~${block.text}`;
	const judged = trust.judged?.get(bytes) ?? verifyByHub(block, key, trust);
	trust.judged?.set(bytes, judged);
	return judged;
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
): Promise<UnderHub<T> | Refusal> {
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
	'revocation',
	'allotment'
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
