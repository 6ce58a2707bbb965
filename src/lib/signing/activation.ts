/**
 * The claims of an activation, whoever signs it: one order for hub and desk, so that what is the same
 * is the same bytes. [FI5, AL3]
 *
 * @module
 */
import type { SignedFile } from '../domain/seats/activation-record.ts';
import { opensUntil, termsInOrder, type Terms } from '../domain/licenses/license.ts';
import { neededMatches } from '../domain/machines/machine.ts';
import type { Seconds } from '../domain/time.ts';
import { FORMAT_VERSION, type Claims } from '../formats/tokens.ts';
import type { VerifiedRequest } from './request.ts';

/** What an activation repeats of the machine's request; its next file repeats it unchanged. */
export type Grantee = Pick<
	Claims['activation'],
	'v' | 'req' | 'name' | 'label' | 'held' | 'fp' | 'cnf'
>;

/** @returns What the answer repeats, in no newer a format than the request's maker reads. [FI7] */
export function granteeOf({
	claims: { v, jti, name, label, held, fp },
	jkt
}: Pick<VerifiedRequest, 'claims' | 'jkt'>): Grantee {
	return { v: Math.min(v, FORMAT_VERSION), req: jti, name, label, held, fp, cnf: { jkt } };
}

/** What is new in each file. */
export type Issuance = {
	jti: string;
	iss: string;
	act: string;
	gen: number;
	iat: Seconds;
	nbf: Seconds;
	exp?: Seconds;
};

export function activationClaims(
	{ v, req, name, label, held, fp, cnf }: Grantee,
	terms: Terms,
	{ jti, iss, act, gen, iat, nbf, exp }: Issuance
): Claims['activation'] {
	return {
		v,
		jti,
		iat,
		iss,
		...termsInOrder(terms),
		act,
		gen,
		req,
		name,
		label,
		held,
		fp,
		k: neededMatches(fp, terms.pol.k),
		nbf,
		exp,
		cnf
	};
}

/** What an activation says to the record that the hub keeps of it. */
export function fileOf(claims: Claims['activation']): SignedFile {
	const { gen, req: request, cnf, held, fp, label, name, exp } = claims;
	const opens = opensUntil(claims);
	return { gen, request, key: cnf.jkt, held, fp, label, name, exp, opensUntil: opens };
}
