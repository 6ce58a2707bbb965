/**
 * Returns: a machine gives its seat back, in its own hand. [SE5, MA4]
 *
 * A return file carries the activation that is given back, so that a hub which has forgotten it (or
 * never seen it) can still tell what is returned.
 *
 * @module
 */
import type { Refusal } from '../domain/refusal.ts';
import type { TokenFile } from '../formats/file.ts';
import type { Claims } from '../formats/tokens.ts';
import { uuidv7 } from '../formats/uuid.ts';
import type { Trust } from './chain.ts';
import { signToken } from './jws.ts';
import type { Signer } from './keys.ts';
import { verifyByMachine, type SignedByMachine } from './machine-signed.ts';

export type VerifiedReturn = SignedByMachine<'return'>;

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
	return verifyByMachine('return', file, trust);
}
