/**
 * Rows that somebody has chosen, to do one thing with all of them. What is chosen stays so while other
 * rows are searched for, until it is cleared. [DK3]
 *
 * @module
 */

type Row = { id: string };

export type Selection = {
	readonly ids: ReadonlySet<string>;
	/** Where a range begins: the row that was chosen or let go last. */
	readonly anchor?: string;
};

export const nothingSelected: Selection = { ids: new Set() };

/** Chooses a row, or lets it go. */
export function toggled({ ids }: Selection, id: string): Selection {
	const next = new Set(ids);
	if (!next.delete(id)) next.add(id);
	return { ids: next, anchor: id };
}

/**
 * Chooses all rows from the anchor to this one, as they are listed; the anchor stays. Without an anchor
 * that is listed, this row alone.
 */
export function extended({ ids, anchor }: Selection, rows: readonly Row[], id: string): Selection {
	const to = rows.findIndex((row) => row.id === id);
	const from = rows.findIndex((row) => row.id === anchor);
	if (to < 0) return { ids, ...(anchor !== undefined && { anchor }) };
	if (from < 0 || anchor === undefined) return { ids: new Set([...ids, id]), anchor: id };
	const [first, last] = from < to ? [from, to] : [to, from];
	const range = rows.slice(first, last + 1);
	return { ids: new Set([...ids, ...range.map((row) => row.id)]), anchor };
}

/** Chooses these as well: everything that is listed. */
export function allSelected({ ids }: Selection, rows: readonly Row[]): Selection {
	return { ids: new Set([...ids, ...rows.map(({ id }) => id)]) };
}

/** How many of the chosen are not among the rows that are listed now. */
export function countUnlisted({ ids }: Selection, rows: readonly Row[]): number {
	if (ids.size === 0) return 0;
	return ids.size - rows.reduce((sum, { id }) => (ids.has(id) ? sum + 1 : sum), 0);
}
