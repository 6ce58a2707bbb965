/**
 * Signatures that are owed while requests are decided, and made all at once when they have been: on other
 * threads, and none waits for the one before. Until then stand-ins are in their places.
 *
 * @module
 */
import { availableParallelism } from 'node:os';
import { encodeBase64url } from '#lib/formats/base64url.ts';
import type { Hub } from '#server/hub/hub.ts';

export type OwedSignatures = {
	/** Gives stand-ins. */
	signer: Hub['signer'];
	/** Puts each signature where its stand-in is. Nothing with one of them may go anywhere before. */
	pay(holders: Iterable<{ token: string }>): Promise<void>;
};

/** Fewer are made sooner than another thread is woken. */
const FEW = 4;
const SIGNATURE_BYTES = 64;

export function oweSignatures(signer: Hub['signer']): OwedSignatures {
	/** What is to be signed, by its stand-in as it ends a token. */
	const owed = new Map<string, Uint8Array<ArrayBuffer>>();
	const pay: OwedSignatures['pay'] = async (holders) => {
		const isWorthIt = owed.size >= FEW && availableParallelism() > 1;
		const sign = (isWorthIt && signer.signAside) || signer.sign;
		const made = await Promise.all(
			Array.from(owed, async ([standIn, bytes]) => [standIn, await sign(bytes)] as const)
		);
		const signatures = new Map(
			made.map(([standIn, signature]) => [standIn, encodeBase64url(signature)])
		);
		for (const holder of holders) {
			const at = holder.token.lastIndexOf('.') + 1;
			const signature = signatures.get(holder.token.slice(at));
			if (signature !== undefined) holder.token = holder.token.slice(0, at) + signature;
		}
	};
	return {
		signer: {
			...signer,
			sign: (bytes) => {
				// Which one it is, and zeros, as no signature is.
				const standIn = new Uint8Array(SIGNATURE_BYTES);
				new DataView(standIn.buffer).setUint32(0, owed.size);
				owed.set(encodeBase64url(standIn), bytes);
				return standIn;
			}
		},
		pay
	};
}
