/**
 * What an activated machine signs and carries with its activation: the key in it is the one that the
 * activation names. [SE5, US2]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { TokenFile } from '../formats/file.ts';
import type { Claims } from '../formats/tokens.ts';
import { verifyFile, type Trust } from './chain.ts';
import { verifyToken, type VerifiedToken } from './jws.ts';
import { importPublicJwk } from './keys.ts';

export type SignedByMachine<T extends 'return' | 'usage'> = VerifiedToken<T> & {
	/** The activation of the machine, verified up to a pinned root. */
	activation: Claims['activation'];
	/** Its token, as it was signed. */
	activationText: string;
	/** Who signed it: a hub key, or the key of a desk. */
	activationKid: string;
	/** The allotment that it was drawn from, where a desk made it. */
	allotment?: VerifiedToken<'allotment'>;
	/** Thumbprint of the key that signed: the one that the activation names. */
	jkt: string;
};

export async function verifyByMachine<T extends 'return' | 'usage'>(
	type: T,
	file: TokenFile,
	trust: Trust
): Promise<SignedByMachine<T> | Refusal> {
	const { body, activation } = file;
	if (body.type !== type || !activation)
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: [type], found: body.type });
	const chain = await verifyFile({ ...file, activation: undefined, body: activation }, trust);
	if (isRefusal(chain)) return chain;
	// Sound: verifying does not change the type of the body.
	const given = chain.body.claims as Claims['activation'];

	const claimed = (body.payload as Partial<Claims[T]> | null)?.cnf?.jwk;
	if (typeof claimed?.x !== 'string')
		return refuse('CLAIMS_INVALID', { type, path: 'cnf', reason: 'missing' });
	const key = await importPublicJwk({ kty: 'OKP', crv: 'Ed25519', x: claimed.x });
	if (isRefusal(key)) return key;
	const verified = await verifyToken({ ...body, type }, key);
	if (isRefusal(verified)) return verified;
	const { act, sub }: { act: string; sub: string } = verified.claims;
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
