/**
 * The token that answers a claim: signed by the machine key of the site, off the thread that serves. [LE5]
 *
 * @module
 */
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { termsInOrder, type Terms } from '#lib/domain/licenses/license.ts';
import { tokenHeader } from '#lib/formats/jws.ts';
import { FORMAT_VERSION, type Claims } from '#lib/formats/tokens.ts';
import type { PrivateJwk } from '#lib/signing/keys.ts';

/** What of a lease is its own; the rest is the license's. */
export type LeaseClaims = Omit<Claims['lease'], 'v' | 'act' | 'gen' | 'exp' | keyof Terms>;

export type LeaseSigner = (
	activation: Claims['activation'],
	claims: LeaseClaims
) => Promise<string>;

/** @param kid - Thumbprint of the machine key. */
export function openLeaseSigner(kid: string, jwk: PrivateJwk): LeaseSigner {
	const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' });
	const header = Buffer.from(tokenHeader('lease', kid)).toString('base64url');
	const terms = new WeakMap<Claims['activation'], string>();
	return async (activation, own) => {
		let said = terms.get(activation);
		if (said === undefined) terms.set(activation, (said = saidOf(activation)));
		const claims = JSON.stringify({ v: FORMAT_VERSION, ...own }).slice(0, -1);
		const input = `${header}.${Buffer.from(`${claims},${said}`).toString('base64url')}`;
		const signature = await signAway(input, key);
		return `${input}.${signature.toString('base64url')}`;
	};
}

/** The same in every lease of an activation, from its first member to the closing bracket. */
function saidOf(activation: Claims['activation']): string {
	const { act, gen, exp } = activation;
	return JSON.stringify({ act, gen, exp, ...termsInOrder(activation) }).slice(1);
}

function signAway(input: string, key: KeyObject): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		sign(null, Buffer.from(input), key, (error, signature) => {
			if (error) reject(error);
			else resolve(signature);
		});
	});
}
