/**
 * What the site shares with each client: derived once for a client that comes again. [LE4]
 *
 * @module
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { leaseKey, openDhKey, sharedKey, type DhKey } from '#lib/sdk/node/lease-keys.ts';

export type ClientKeys = (dh: string) => KeyObject | undefined;

/** Deriving takes as long as a signature, and a site has so many clients at most. */
const KEPT = 4_096;

/** @returns `undefined` for what is no key. */
export function openClientKeys(own: DhKey): ClientKeys {
	const key = openDhKey(own);
	const kept = new Map<string, KeyObject>();
	return (dh) => {
		const known = kept.get(dh);
		if (known) return known;
		let made: KeyObject;
		try {
			made = createSecretKey(sharedKey(key, dh));
		} catch {
			return undefined;
		}
		if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
		kept.set(dh, made);
		return made;
	};
}

/** The key of a lease, derived when it is first asked for: many are released and never renewed. */
export function keyOfLease(shared: KeyObject, of: { id: string; nonce: string }): () => KeyObject {
	let made: KeyObject | undefined;
	return () => (made ??= createSecretKey(leaseKey(shared, of)));
}
