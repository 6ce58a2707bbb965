/**
 * The one place where a hub signs: never after its key has ended. [KE1]
 *
 * Whoever decides asks `ended()` first and says it as a refusal; a signature that is asked for all the
 * same is a fault that undoes its transaction.
 *
 * @module
 */
import { judgeKeyTerm, type KeyTerm } from '#lib/domain/hub/hub-key.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Signer } from '#lib/signing/keys.ts';
import { Fault } from '#server/fault.ts';

export type BoundSigner = Signer &
	KeyTerm & {
		/** Why nothing may be signed now. */
		ended(): Refusal<'HUB_KEY_ENDED'> | undefined;
	};

/** @param now - Hub time, by which files say when they were signed. */
export function bindSigner(signer: Signer & KeyTerm, now: () => Seconds): BoundSigner {
	const ended = () => judgeKeyTerm(signer, now());
	const mustNotHaveEnded = () => {
		const refusal = ended();
		if (!refusal) return;
		throw new Fault(
			'HUB_KEY_ENDED',
			`The hub key ${signer.kid} has ended.`,
			'Make a new one: keyferry hub-key rotate.',
			{ told: refusal }
		);
	};
	const { sign, signAside } = signer;
	return {
		...signer,
		ended,
		sign: (bytes) => {
			mustNotHaveEnded();
			return sign(bytes);
		},
		signAside:
			signAside &&
			((bytes) => {
				mustNotHaveEnded();
				return signAside(bytes);
			})
	};
}
