/**
 * What the screen Import shows of the things that came in.
 *
 * @module
 */
import type { RequestView } from '#lib/desk/requests/read-requests.ts';
import type { ImportItem, ImportState } from '#lib/desk/import/import-item.ts';
import type { FileKind } from '#lib/desk/store/file-rows.ts';
import type { LicenseName } from '#lib/desk/mirror/license-names.ts';
import type { ImportTexts } from '#lib/messages/en/import.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import type { ImportRow } from '#lib/ui/import/import-row.ts';
import { requestChip } from '#lib/ui/request/request-state.ts';

/** What the desk knows of an item besides what it says of itself. */
type Known = {
	/** The request or return that it is, where the desk holds it. */
	asked?: RequestView;
	/** What its license is called, where it is known here. */
	name?: LicenseName;
	isKept: boolean;
	/** When it, or its answer, was saved to be carried back. */
	savedAt?: number;
	/** Unix seconds. */
	at: number;
};

/** One row of the table. */
export function importRow(item: ImportItem, known: Known): ImportRow {
	const { summary, answers } = item;
	return {
		id: item.id,
		source: item.source,
		chip: chipOf(item, known),
		kind: item.kind ?? 'unreadable',
		// A receipt says little of itself; the return that it answers says the rest.
		summary: summary && {
			...answers?.summary,
			...defined(summary),
			product: summary.product ?? answers?.summary.product ?? known.name?.title,
			organization: known.name?.customer ?? summary.organization
		},
		refusal: item.refusal,
		answered: known.asked?.state === 'refused' ? known.asked.refusal : undefined,
		verified: item.verified,
		answers: answers?.summary.label,
		freed: summary?.freed ?? known.asked?.freed,
		machine: item.machine,
		savedAt: known.savedAt
	};
}

/** Something to be submitted, rather than an answer. */
export function isAsked({ kind }: ImportItem): boolean {
	return kind === 'activation-request' || kind === 'return';
}

function defined(summary: NonNullable<ImportItem['summary']>): NonNullable<ImportItem['summary']> {
	return Object.fromEntries(Object.entries(summary).filter(([, value]) => value !== undefined));
}

function chipOf(item: ImportItem, { asked, isKept, at }: Known): ChipState {
	if (item.state !== 'new' && item.state !== 'known') return item.state;
	const row = isAsked(item) ? asked : undefined;
	if (row && row.state !== 'draft') return requestChip(row, at);
	if (item.state === 'known') return row ? 'ready' : 'known';
	if (isAsked(item)) return __ONE_FILE__ && row ? 'kept' : 'ready';
	return isKept ? 'kept' : 'fresh';
}

/** What the pills above the table are called: what is wrong first, then what came in by kind. */
export type ImportPile = keyof ImportTexts['piles'];

/** What somebody has to look at comes first. */
const RANKS: Record<ImportState, number> = {
	damaged: 0,
	incomplete: 1,
	elsewhere: 2,
	foreign: 3,
	new: 5,
	known: 6,
	twice: 7
};

/** Refused first, else as it came. */
export function inOrder(
	items: readonly ImportItem[],
	isRefused: (item: ImportItem) => boolean
): ImportItem[] {
	const rank = (item: ImportItem) => (isRefused(item) ? 4 : RANKS[item.state]);
	// By hand: equal ones stay as they came in every browser.
	return items
		.map((item, at) => ({ item, at, rank: rank(item) }))
		.sort((one, other) => one.rank - other.rank || one.at - other.at)
		.map(({ item }) => item);
}

const KINDS: Partial<Record<FileKind, ImportPile>> = {
	'activation-request': 'requests',
	return: 'returns',
	activation: 'activations',
	refusal: 'refusals',
	receipt: 'receipts',
	license: 'keys',
	trust: 'trust',
	'hub-key': 'trust',
	revocation: 'trust'
};

/** One pile each, so that the counts add up. */
export function pileOf({ state, kind }: ImportItem): ImportPile {
	if (state !== 'new') return state;
	return (kind && KINDS[kind]) ?? 'others';
}

/** How many lie on each pile, refused ones first. Without empty ones. */
export function countPiles(items: readonly ImportItem[]): [ImportPile, number][] {
	const order: ImportPile[] = [
		...(['damaged', 'incomplete', 'elsewhere', 'foreign', 'requests', 'returns'] as const),
		...([
			'activations',
			'refusals',
			'receipts',
			'keys',
			'trust',
			'others',
			'known',
			'twice'
		] as const)
	];
	const counts = new Map<ImportPile, number>();
	for (const item of items) counts.set(pileOf(item), (counts.get(pileOf(item)) ?? 0) + 1);
	return order.flatMap((pile) => {
		const count = counts.get(pile);
		return count === undefined ? [] : [[pile, count] as [ImportPile, number]];
	});
}
