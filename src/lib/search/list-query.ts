/**
 * What a list of licenses is asked for, as its address says it: `?is=FILTER&q=TEXT&sort=[-]COLUMN`.
 * A link, a named view and the back button mean the same list. [DK2]
 *
 * @module
 */
import { licenseFilters, type LicenseFilter } from './license-filter.ts';
import { sortOrders, type Sorting } from './row-order.ts';

export type ListQuery = {
	/** As it was typed. */
	text: string;
	/** Absent: all licenses. */
	filter?: LicenseFilter;
	sorting: Sorting;
};

/** Without another wish, what is worst comes first. */
export const byUrgency: Sorting = { by: 'urgency', descending: false };

/** Reads any address: what is unknown in it says nothing, as it may be a newer desk's. */
export function readListQuery(params: URLSearchParams): ListQuery {
	const text = params.get('q') ?? '';
	const filter = licenseFilters.find((known) => known === params.get('is'));
	const sort = params.get('sort') ?? '';
	const by = sortOrders.find((known) => known === sort.replace(/^-/, ''));
	const sorting = by === undefined ? byUrgency : { by, descending: sort.startsWith('-') };
	return filter === undefined ? { text, sorting } : { text, filter, sorting };
}

/** @returns What stands behind the path: `?…`, or nothing where nothing is asked for. */
export function writeListQuery({ text, filter, sorting }: ListQuery): string {
	const params = new URLSearchParams();
	if (filter !== undefined) params.set('is', filter);
	if (text !== '') params.set('q', text);
	const { by, descending } = sorting;
	if (by !== byUrgency.by || descending) params.set('sort', `${descending ? '-' : ''}${by}`);
	const written = params.toString();
	return written === '' ? '' : `?${written}`;
}
