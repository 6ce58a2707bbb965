/**
 * Walking the rows of whatever screen is in front, where it has no keys of its own for that.
 *
 * @module
 */

/** What can be walked: links that are one whole entry each. */
const ROWS = 'main a.entry';

/** @returns Whether there was a row to go to. */
export function walkRows(step: 1 | -1): boolean {
	const rows = [...document.querySelectorAll<HTMLElement>(ROWS)].filter((row) =>
		row.checkVisibility()
	);
	const at = rows.indexOf(document.activeElement as HTMLElement);
	const next = at < 0 ? rows.at(step > 0 ? 0 : -1) : rows[at + step];
	next?.focus();
	return next !== undefined;
}
