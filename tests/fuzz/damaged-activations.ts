/**
 * Activation files that went wrong, with the code that our own verifier gives: for other verifiers to
 * agree with. The same seed gives the same files.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { tokenHeader } from '#lib/formats/jws.ts';
import { verifyActivation } from '#lib/sdk/verify.ts';
import { keys } from '../../scripts/vectors/keys.ts';
import { full, hubKey, minimal, rawToken } from '../../scripts/vectors/tokens.ts';
import type { FileVector } from '../../scripts/vectors/vector.ts';
import { damaged, oneOf, randomOf } from './inputs.ts';

const odd: unknown[] = [null, true, 0, 1, -1, 6, 1.5, 1e21, 2 ** 53, '', 'x', '0', 'a\nb', 'é'];
odd.push('a'.repeat(201), '🚢'.repeat(150), [], {}, ['x'], { x: 1 }, 'KF-0000-0000-0000', 'desk');

export async function damagedActivations(
	seed: number,
	{ count, from }: { count: number; from: readonly FileVector[] }
): Promise<FileVector[]> {
	const random = randomOf(seed);
	const files = from.map(({ file }) => file).filter((file) => file.length < 9000);
	const made: FileVector[] = [];
	for (let n = 0; n < count; n++) {
		// Half a character does not survive JSON in every language.
		const file = oneOf(random, [
			() => damaged(random, files),
			() => signed(damaged(random, [JSON.stringify(minimal), JSON.stringify(full)])),
			() => signed(JSON.stringify(withOddClaim(random, oneOf(random, [minimal, full]))))
		])().replace(/\p{Surrogate}/gu, '?');
		const { now, product, version, builtAt, machine } = oneOf(random, from);
		const asked = { roots: [keys.root.jwk], now, product, version, builtAt, machine };
		const outcome = await verifyActivation(file, { ...asked, state: emptyTrustState });
		const expect = isRefusal(outcome) ? outcome.refused : 'ok';
		made.push({ name: `damaged ${n}`, why: '', file, voided: [], expect, ...asked });
	}
	return made;
}

function signed(payload: string): string {
	return `${hubKey}~${rawToken(tokenHeader('activation', keys.hub.kid), payload, keys.hub)}`;
}

/** Puts an odd value, or none, in the place of a claim or of a part of one. */
function withOddClaim(random: () => number, claims: object): object {
	const copy = structuredClone(claims);
	let parent = copy as Record<string, unknown>;
	let key = oneOf(random, Object.keys(parent));
	const child = parent[key];
	if (typeof child === 'object' && child !== null && random() < 0.7) {
		parent = child as Record<string, unknown>;
		key = oneOf(random, Object.keys(parent));
	}
	const value = random() < 0.1 ? undefined : oneOf(random, odd);
	if (random() < 0.1) parent.more = value;
	else parent[key] = value;
	return copy;
}
