/**
 * A customer's activations as one transaction sees them, found by `act` or by what a machine shows.
 *
 * @module
 */
import type { Fingerprint } from '#lib/domain/machines/machine.ts';

/** Five hundred requests of one push would otherwise each be compared with all that came before. */
export class HeldActivations<R extends { act: string; fp: Fingerprint }> extends Map<string, R> {
	readonly #byHash = new Map<string, Set<string>>();

	override set(act: string, row: R): this {
		for (const hash of hashesOf(row.fp)) {
			const known = this.#byHash.get(hash);
			if (known) known.add(act);
			else this.#byHash.set(hash, new Set([act]));
		}
		return super.set(act, row);
	}

	/** Those that share a component with a fingerprint, in the order in which they came. */
	sharing(fp: Fingerprint): R[] {
		const hashes = hashesOf(fp);
		const acts = new Set(hashes.flatMap((hash) => [...(this.#byHash.get(hash) ?? [])]));
		// A machine that changed is still found by what it showed before.
		return [...acts].flatMap((act) => this.get(act) ?? []);
	}
}

/** Each hash with its component's name, so that two kinds of component never look alike. */
export function hashesOf(fp: Fingerprint): string[] {
	return Object.entries(fp).flatMap(([component, value]) =>
		[value].flat().map((hash) => `${component}:${hash}`)
	);
}
