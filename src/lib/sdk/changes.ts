/**
 * What a newer activation file changes for the person who loads it.
 *
 * @module
 */
import type { Claims } from '#lib/formats/tokens.ts';

type Activation = Claims['activation'];

/** One thing that is different. Times are NumericDate seconds; absent means without end. */
export type Change =
	| { what: 'activated' }
	| { what: 'generation'; from: number; to: number }
	| { what: 'entitlements'; added: string[]; removed: string[] }
	| { what: 'expiry' | 'maintenance' | 'clients'; from?: number; to?: number }
	| { what: 'edition' | 'product'; from: string; to: string }
	| {
			what: 'versions';
			from: Activation['ver'];
			to: Activation['ver'];
	  };

/** @param before - The file of this activation that was loaded here until now. */
export function describeChanges(before: Activation | undefined, after: Activation): Change[] {
	if (!before) return [{ what: 'activated' }];
	const changes: Change[] = [];
	if (before.gen !== after.gen)
		changes.push({ what: 'generation', from: before.gen, to: after.gen });
	const added = after.ent.filter((code) => !before.ent.includes(code));
	const removed = before.ent.filter((code) => !after.ent.includes(code));
	if (added.length + removed.length > 0) changes.push({ what: 'entitlements', added, removed });
	const numbers = { expiry: 'exp', maintenance: 'mnt', clients: 'clients' } as const;
	for (const what of ['expiry', 'maintenance', 'clients'] as const) {
		const [from, to] = [before[numbers[what]], after[numbers[what]]];
		if (from !== to) changes.push({ what, from, to });
	}
	if (before.ed !== after.ed) changes.push({ what: 'edition', from: before.ed, to: after.ed });
	if (before.title !== after.title)
		changes.push({ what: 'product', from: before.title, to: after.title });
	if (before.ver.from !== after.ver.from || before.ver.to !== after.ver.to)
		changes.push({ what: 'versions', from: before.ver, to: after.ver });
	return changes;
}
