/**
 * Which of many rows of one height are drawn, and where a list stays when its rows change. [DK3]
 *
 * @module
 */

type Place = {
	/** How far the beginning of the rows lies above the upper edge, in pixels. */
	above: number;
	/** Height of what is seen of them, in pixels. */
	view: number;
	/** Of one row, in pixels. */
	height: number;
	count: number;
};

/** Rows drawn beyond either edge while somebody scrolls, so that a turn of the wheel meets none that is empty. */
const BEYOND = 4;

/**
 * The first row that is drawn, and the one after the last. Changes by steps: not with every pixel.
 *
 * Where nobody scrolls, each letter of a search waits for what is drawn beyond the edge: that is one row.
 */
export function drawnRows({
	above,
	view,
	height,
	count,
	isMoving
}: Place & { isMoving: boolean }): {
	first: number;
	end: number;
} {
	const beyond = isMoving ? BEYOND : 0;
	const seen = Math.floor(above / height);
	const step = (at: number) => Math.floor(at / 2) * 2;
	const end = Math.max(0, step(seen + Math.ceil(view / height) + beyond + 2));
	return {
		first: Math.min(Math.max(0, step(seen - beyond)), Math.max(0, Math.min(count, end) - 1)),
		end
	};
}

/** How far to scroll, so that this row is seen whole. `0` where it is. */
export function scrollToSee(at: number, { above, view, height }: Omit<Place, 'count'>): number {
	const top = at * height - above;
	if (top < 0) return top;
	return Math.max(0, top + height - view);
}

/**
 * The row on the upper edge and how much of it is hidden: what a list is held by when rows come or go
 * above it. Nothing at the very beginning, where new rows are to be seen.
 */
export function heldRow({
	above,
	height,
	count
}: Omit<Place, 'view'>): { at: number; hidden: number } | undefined {
	if (above <= 0 || count === 0) return undefined;
	const at = Math.min(count - 1, Math.floor(above / height));
	return { at, hidden: above - at * height };
}
