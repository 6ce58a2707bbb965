/**
 * Returns: a machine gives its seat back, in its own hand. [SE5, MA4]
 *
 * A return file carries the activation that is given back, so that a hub which has forgotten it (or
 * never seen it) can still tell what is returned.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { TokenFile } from '../formats/file.ts';
import type { Claims } from '../formats/tokens.ts';
import { uuidv7 } from '../formats/uuid.ts';
import { verifyFile, type Trust } from './chain.ts';
import { signToken, verifyToken, type VerifiedToken } from './jws.ts';
import { importPublicJwk, type Signer } from './keys.ts';

export type VerifiedReturn = VerifiedToken<'return'> & {
	/** The activation that is given back, verified up to a pinned root. */
	activation: Claims['activation'];
	/** Its token, as it was signed. */
	activationText: string;
	/** Who signed it: a hub key, or the key of a desk. */
	activationKid: string;
	/** The allotment that it was drawn from, where a desk made it. */
	allotment?: VerifiedToken<'allotment'>;
	/** Thumbprint of the key that signed the return: the one that the activation names. */
	jkt: string;
};

/** Signs a return. @param now - Not judged by anyone. */
export async function makeReturn(
	activation: Pick<Claims['activation'], 'act' | 'gen' | 'sub'>,
	{ signer, jwk, now }: { signer: Signer; jwk: Claims['return']['cnf']['jwk']; now: number }
): Promise<string> {
	const { act, gen, sub } = activation;
	return signToken(
		'return',
		{ v: 1, jti: uuidv7(), iat: now, act, gen, sub, cnf: { jwk } },
		signer
	);
}

/**
 * Verifies a return file. Whether the return is proven, by the key of the machine's first request,
 * only the hub can say. [SE5]
 *
 * @returns `MACHINE_KEY_MISMATCH` where the key is not the activation's: a forged return.
 */
export async function verifyReturn(
	file: TokenFile,
	trust: Trust
): Promise<VerifiedReturn | Refusal> {
	const { body, activation } = file;
	if (body.type !== 'return' || !activation)
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['return'], found: body.type });
	const chain = await verifyFile({ ...file, activation: undefined, body: activation }, trust);
	if (isRefusal(chain)) return chain;
	// Sound: verifying does not change the type of the body.
	const given = chain.body.claims as Claims['activation'];

	const claimed = (body.payload as Partial<Claims['return']> | null)?.cnf?.jwk;
	if (typeof claimed?.x !== 'string')
		return refuse('CLAIMS_INVALID', { type: 'return', path: 'cnf', reason: 'missing' });
	const key = await importPublicJwk({ kty: 'OKP', crv: 'Ed25519', x: claimed.x });
	if (isRefusal(key)) return key;
	const verified = await verifyToken({ ...body, type: 'return' }, key);
	if (isRefusal(verified)) return verified;
	const { act, sub } = verified.claims;
	if (key.kid !== given.cnf.jkt || act !== given.act || sub !== given.sub)
		return refuse('MACHINE_KEY_MISMATCH', { act: given.act });
	return {
		...verified,
		activation: given,
		activationText: activation.text,
		activationKid: activation.kid,
		allotment: chain.allotment,
		jkt: key.kid
	};
}
