/**
 * What the verifier of this machine has learned: trusted time, generations, retirements, voided keys.
 * [FI1, FI8, CL1]
 *
 * Every part only grows and merging is a union, so writers need no lock: each one stores the whole
 * of what it knows under a name of its own, and takes away only what it has taken over. Of two that
 * learn at once neither loses anything.
 *
 * @module
 */
import { emptyTrustState, type TrustState } from '#lib/domain/machines/verification.ts';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';
import { listStateFiles, readStateJson, type StateFolders } from './state-folder.ts';

const FOLDER = 'trust';
const EXTENSION = '.json';

type Holder = { folders: StateFolders };

/** Trust of all folders as one: what is retired in either is retired. */
export function readTrust({ folders }: Holder): TrustState {
	return merge(folders.read.flatMap((folder) => [...readFolder(folder).values()]));
}

export function keepTrust({ folders }: Holder, learned: TrustState): void {
	const kept = readTrust({ folders });
	const after = merge([kept, learned]);
	if (JSON.stringify(after) === JSON.stringify(kept)) return;
	const own = readFolder(folders.write);
	const text = `${JSON.stringify(merge([...own.values(), after]), null, '\t')}\n`;
	const name = `${createHash('sha256').update(text).digest('hex').slice(0, 16)}${EXTENSION}`;
	writeDurably(join(folders.write, FOLDER, name), text);
	for (const taken of own.keys())
		if (taken !== name) rmSync(join(folders.write, FOLDER, taken), { force: true });
}

/** A file that another writer took over while this one read: what it said is in a newer file. */
function readFolder(folder: string): Map<string, Partial<TrustState>> {
	for (;;) {
		const names = listStateFiles(folder, FOLDER, EXTENSION);
		const read = names.map(
			(name) => [name, readStateJson<Partial<TrustState>>(folder, FOLDER, name)] as const
		);
		const whole = read.flatMap(([name, trust]) => (trust ? ([[name, trust]] as const) : []));
		if (whole.length === names.length) return new Map(whole);
		const left = listStateFiles(folder, FOLDER, EXTENSION);
		// Still there and not to be read: not for this user.
		if (names.every((name) => left.includes(name))) return new Map(whole);
	}
}

function merge(states: readonly Partial<TrustState>[]): TrustState {
	return states.reduce<TrustState>((a, b) => {
		const generations = { ...a.generations };
		for (const [act, gen] of Object.entries(b.generations ?? {}))
			generations[act] = Math.max(generations[act] ?? 0, gen);
		return {
			trustedAt: Math.max(a.trustedAt, b.trustedAt ?? 0),
			generations,
			retired: union(a.retired, b.retired),
			voided: union(a.voided, b.voided)
		};
	}, emptyTrustState);
}

function union(a: readonly string[], b: readonly string[] = []): string[] {
	return [...new Set([...a, ...b])];
}
