/**
 * The list of requests: what it is asked for, as its address says it (`?is=GROUP&q=TEXT&sort=[-]COLUMN`),
 * and its rows. [DK7]
 *
 * @module
 */
import { foldText } from '#lib/search/search-text.ts';
import type { LicenseName } from '#lib/desk/store/license-names.ts';
import type { RequestView } from './read-requests.ts';
import { groupsOf, requestGroups, type RequestGroup } from './request-groups.ts';

export const requestColumns = ['machine', 'product', 'customer', 'when', 'state'] as const;
export type RequestColumn = (typeof requestColumns)[number];
export type RequestSorting = { by: RequestColumn; descending: boolean };

export type RequestQuery = {
	/** As it was typed. */
	text: string;
	/** Absent: all of them. */
	group?: RequestGroup;
	sorting: RequestSorting;
};

/** Without another wish, what came last stands first. */
export const newestFirst: RequestSorting = { by: 'when', descending: true };

/** Reads any address: what is unknown in it says nothing, as it may be a newer desk's. */
export function readRequestQuery(params: URLSearchParams): RequestQuery {
	const text = params.get('q') ?? '';
	const group = requestGroups.find((known) => known === params.get('is'));
	const sort = params.get('sort') ?? '';
	const by = requestColumns.find((known) => known === sort.replace(/^-/, ''));
	const sorting = by === undefined ? newestFirst : { by, descending: sort.startsWith('-') };
	return { text, sorting, ...(group && { group }) };
}

/** @returns What stands behind the path: `?…`, or nothing where nothing is asked for. */
export function writeRequestQuery({ text, group, sorting }: RequestQuery): string {
	const params = new URLSearchParams();
	if (group !== undefined) params.set('is', group);
	if (text !== '') params.set('q', text);
	const { by, descending } = sorting;
	if (by !== newestFirst.by || descending !== newestFirst.descending)
		params.set('sort', `${descending ? '-' : ''}${by}`);
	const written = params.toString();
	return written === '' ? '' : `?${written}`;
}

/** One row of the list. */
export type RequestLine = {
	/** `jti`. */
	id: string;
	view: RequestView;
	/** Absent: an unnamed machine. */
	machine?: string;
	product: string;
	customer: string;
	groups: readonly RequestGroup[];
	/** All its texts, folded. */
	texts: string;
};

/** @param names - Of licenses, by number. */
export function requestLines(
	views: readonly RequestView[],
	names: ReadonlyMap<string, LicenseName>
): RequestLine[] {
	return views.map((view) => {
		const { summary, number } = view;
		const known = names.get(number);
		const product = summary.product ?? known?.title ?? number;
		const customer = known?.customer ?? summary.organization ?? '';
		const texts = [summary.label, product, number, customer, summary.name, summary.organization];
		return {
			id: view.jti,
			view,
			product,
			customer,
			...(summary.label !== undefined && { machine: summary.label }),
			groups: groupsOf(view),
			texts: foldText(texts.filter(Boolean).join('\n'))
		};
	});
}

/** Those that are asked for, in order: every word occurs somewhere in the row. */
export function findLines(
	lines: readonly RequestLine[],
	{ text, group, sorting }: RequestQuery
): RequestLine[] {
	const found = having(lines, text).filter(({ groups }) => !group || groups.includes(group));
	const turn = sorting.descending ? -1 : 1;
	return found.sort(
		(one, other) =>
			turn * compare(one, other, sorting.by) || other.view.storedAt - one.view.storedAt
	);
}

/** How many of those that have the text lie on each pile. */
export function countLines(
	lines: readonly RequestLine[],
	text: string
): Record<RequestGroup | 'all', number> {
	const found = having(lines, text);
	const counts = { 'to-submit': 0, waiting: 0, 'to-carry': 0, refused: 0, done: 0 };
	for (const { groups } of found) for (const group of groups) counts[group] += 1;
	return { all: found.length, ...counts };
}

function having(lines: readonly RequestLine[], text: string): RequestLine[] {
	const asked = foldText(text).split(/\s+/).filter(Boolean);
	return lines.filter(({ texts }) => asked.every((word) => texts.includes(word)));
}

const collator = new Intl.Collator(undefined, { numeric: true });

function compare(one: RequestLine, other: RequestLine, by: RequestColumn): number {
	switch (by) {
		case 'machine':
			return collator.compare(one.machine ?? '', other.machine ?? '');
		case 'product':
			return collator.compare(one.product, other.product);
		case 'customer':
			return collator.compare(one.customer, other.customer);
		case 'when':
			return one.view.storedAt - other.view.storedAt;
		case 'state':
			return placeOf(one) - placeOf(other);
	}
}

/** What is to be done with comes before what is done. */
function placeOf({ groups }: RequestLine): number {
	return requestGroups.indexOf(groups[0] ?? 'done');
}
