/**
 * How much was drawn from each allotment, in a second store beside the database.
 *
 * A database that was brought back from a backup knows of less than this: the desk then issues
 * nothing more, because it would issue a slot twice. It catches honest restores only; whoever brings
 * both stores back is found out at sync. [AL6]
 *
 * @module
 */
const KEY = 'keyferry-drawn';

/** Draws that were bound since the allotment was made, as far as this store knows. */
export function drawnBefore(allotment: string): number {
	return read()[allotment] ?? 0;
}

/** Call it after the binding is stored, and before anything is signed. */
export function rememberDrawn(allotment: string, count: number): void {
	const counts = read();
	if ((counts[allotment] ?? 0) >= count) return;
	try {
		localStorage.setItem(KEY, JSON.stringify({ ...counts, [allotment]: count }));
	} catch {
		// Full or switched off: the database alone remembers then.
	}
}

function read(): Record<string, number> {
	try {
		const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
		if (typeof value !== 'object' || value === null) return {};
		return Object.fromEntries(
			Object.entries(value).filter((entry): entry is [string, number] => Number.isInteger(entry[1]))
		);
	} catch {
		return {};
	}
}
