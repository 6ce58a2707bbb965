/**
 * English: what all lists of many rows have in common.
 *
 * @module
 */
import { n } from './phrases.ts';

export const listsEn = {
	number: n,
	filters: 'Filters',
	options: 'View options',
	sort: 'Sort by',
	ascending: 'Ascending',
	descending: 'Descending',
	columns: 'Columns',
	columnsHint: 'As many as there is room for are shown.',
	exportShown: (count: number) => `Export ${n(count)} as CSV`,
	views: 'Saved views',
	saveView: 'Save this view as',
	saveViewDo: 'Save view',
	renameView: (name: string) => `Rename ${name}`,
	removeView: (name: string) => `Remove ${name}`,
	viewName: 'Name of the view',
	select: 'Select rows',
	selected: (count: number) => `${n(count)} selected`,
	unlisted: (count: number) => `${n(count)} of them not shown`,
	selectAll: (count: number) => `Select all ${n(count)}`,
	clearSelection: 'Clear selection',
	selection: 'Selected rows',
	selectRow: (name: string) => `Select ${name}`,
	next: 'Next row',
	previous: 'Previous row',
	extend: 'Select while moving',
	selectThis: 'Select or deselect the row',
	/** How a bulk action went. */
	willChange: (count: number) => `${n(count)} will change`,
	skipped: (count: number) => `${n(count)} skipped`,
	nothing: 'Nothing to do for the selected rows.',
	progress: (done: number, all: number) => `${n(done)} of ${n(all)}`,
	done: (count: number) => `${n(count)} done`,
	refused: (count: number) => `${n(count)} refused`,
	left: (count: number) => `${n(count)} not tried`,
	rowDone: 'Done',
	rowRefused: 'Refused',
	rowLeft: 'Not tried',
	stop: 'Stop',
	resume: (count: number) => `Continue with ${n(count)}`
};

export type ListsTexts = typeof listsEn;
