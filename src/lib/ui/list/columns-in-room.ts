/**
 * Which of the columns that were chosen a list has room for: one that is drawn beyond the edge of the
 * window is seen by nobody, and what says how a row stands is the last one.
 *
 * @module
 */

/** How wide a column is: at least so many rem, and its share of what is left. */
export type ColumnWidth = { rem: number; share?: number };

export type ColumnLayout<C extends string> = {
	/** The column that is always there. */
	first: ColumnWidth;
	widths: Record<C, ColumnWidth>;
	/** Those that are given up where there is no room, the first of them first. */
	spare: readonly C[];
};

/** Pixels of a rem, were the texts of their usual size. */
const REM = 16;
/** Between two columns. */
const GAP = 12;

/**
 * @param room - Between the edges of a row, in pixels, were the texts of their usual size.
 * @returns In the order in which they were.
 */
export function columnsInRoom<C extends string>(
	columns: readonly C[],
	{ first, widths, spare }: ColumnLayout<C>,
	room: number
): readonly C[] {
	let shown = columns;
	for (const column of spare) {
		const needed = shown.reduce((sum, each) => sum + GAP + widths[each].rem * REM, first.rem * REM);
		if (needed <= room) break;
		shown = shown.filter((each) => each !== column);
	}
	return shown;
}

/** Tracks of a CSS grid. */
export function tracksOf<C extends string>(
	columns: readonly C[],
	{ first, widths }: ColumnLayout<C>
): string {
	return [first, ...columns.map((column) => widths[column])]
		.map(({ rem, share }) => (share === undefined ? `${rem}rem` : `minmax(${rem}rem, ${share}fr)`))
		.join(' ');
}
