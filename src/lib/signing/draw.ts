/**
 * Draws and closes: what a desk signs below an allotment. [AL2, AL3, AL4]
 *
 * @module
 */
import { actOfDraw } from '../domain/seats/allotment.ts';
import { termsInOrder } from '../domain/licenses/license.ts';
import type { Fingerprint } from '../domain/machines/machine.ts';
import type { Claims } from '../formats/tokens.ts';
import { activationClaims, granteeOf } from './activation.ts';
import { signToken, type VerifiedToken } from './jws.ts';
import type { Signer } from './keys.ts';
import type { VerifiedRequest } from './request.ts';

/**
 * The claims of a draw. The desk stores them before it signs: Ed25519 is deterministic, so the same
 * claims are the same bytes after a crash. Times and terms are the allotment's. [AL2, AL3]
 */
export function claimsOfDraw(
	allotment: Claims['allotment'],
	request: Pick<VerifiedRequest, 'claims' | 'jkt'>,
	{ jti, slot, gen, fp }: { jti: string; slot: number; gen: number; fp: Fingerprint }
): Claims['activation'] {
	const { jti: allot, iss, iat, nbf, fexp: exp } = allotment;
	const act = actOfDraw(allot, slot);
	const claims = activationClaims({ ...granteeOf(request), fp }, allotment, {
		jti,
		iss,
		act,
		gen,
		iat,
		nbf,
		exp
	});
	return { ...claims, allot, slot };
}

/** @param now - The desk's own time, which nobody judges. */
export function signClose(
	{ jti, allot, drawn }: { jti: string; allot: string; drawn: readonly number[] },
	{ signer, now }: { signer: Signer; now: number }
): Promise<string> {
	const slots = [...drawn].sort((a, b) => a - b);
	return signToken('close', { v: 1, jti, iat: now, allot, drawn: slots }, signer);
}

/** @returns The first claim that is not as the allotment says, if any. [FI5, AL3] */
export function foreignClaim(
	token: VerifiedToken<'activation' | 'close'>,
	allotment: Claims['allotment']
): string | undefined {
	if (token.type === 'close') {
		const { allot, drawn } = token.claims;
		if (allot !== allotment.jti) return 'allot';
		const rises = drawn.every((slot, at) => slot > (drawn[at - 1] ?? 0));
		return rises && (drawn.at(-1) ?? 0) <= allotment.max ? undefined : 'drawn';
	}
	const { claims: draw } = token;
	const { slot } = draw;
	if (draw.allot !== allotment.jti) return 'allot';
	if (slot === undefined || slot > allotment.max) return 'slot';
	const wanted = {
		act: actOfDraw(allotment.jti, slot),
		iss: allotment.iss,
		iat: allotment.iat,
		nbf: allotment.nbf,
		exp: allotment.fexp
	};
	for (const [claim, value] of Object.entries(wanted))
		if (draw[claim as keyof typeof wanted] !== value) return claim;
	// What a reader may not know it cannot compare. [FI7]
	const { x: _, ...given } = termsInOrder(allotment);
	const own = termsInOrder(draw);
	for (const claim of Object.keys(given) as (keyof typeof given)[])
		if (JSON.stringify(own[claim]) !== JSON.stringify(given[claim])) return claim;
	return undefined;
}
