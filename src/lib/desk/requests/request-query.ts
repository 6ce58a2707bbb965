/**
 * The list of requests: what it is asked for, as its address says it, and its rows. [DK7]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { ListAddress, type ListQuery } from '#lib/search/list-query.ts';
import type { Sorting } from '#lib/search/row-order.ts';
import { foldText } from '#lib/search/search-text.ts';
import type { LicenseName } from '#lib/desk/mirror/license-names.ts';
import type { RequestView } from './read-requests.ts';
import { groupsOf, requestGroups, type RequestGroup } from './request-groups.ts';

export const requestOrders = [
	'machine',
	'kind',
	'product',
	'number',
	'customer',
	'who',
	'system',
	'version',
	'when',
	'answered',
	'saved',
	'state'
] as const;
export type RequestOrder = (typeof requestOrders)[number];

export type RequestQuery = ListQuery<RequestGroup, RequestOrder>;

/** Without another wish, what came last stands first. */
export const newestFirst: Sorting<RequestOrder> = { by: 'when', descending: true };

export const requestAddress = new ListAddress(requestGroups, requestOrders, newestFirst);

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
	{ text, filter, sorting: { by, descending } }: RequestQuery
): RequestLine[] {
	const found = having(lines, text).filter(({ groups }) => !filter || groups.includes(filter));
	const turn = descending ? -1 : 1;
	return found.sort(
		(one, other) => turn * compare(one, other, by) || other.view.storedAt - one.view.storedAt
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

function compare(one: RequestLine, other: RequestLine, by: RequestOrder): number {
	const [first, second] = [valueOf(one, by), valueOf(other, by)];
	return typeof first === 'number' && typeof second === 'number'
		? first - second
		: collator.compare(String(first), String(second));
}

/** What is not known stands before all that is. */
function valueOf({ view, groups, ...line }: RequestLine, by: RequestOrder): string | Seconds {
	switch (by) {
		case 'kind':
			return view.kind ?? '';
		case 'number':
			return view.number;
		case 'who':
			return view.summary.name ?? '';
		case 'system':
			return view.summary.os ?? '';
		case 'version':
			return view.summary.version ?? '';
		case 'when':
			return view.storedAt;
		case 'answered':
			return view.answeredAt ?? 0;
		case 'saved':
			return view.answerSavedAt ?? view.savedAt ?? 0;
		case 'state':
			// What is to be done with comes before what is done.
			return requestGroups.indexOf(groups[0] ?? 'done');
		default:
			return line[by] ?? '';
	}
}
