/**
 * What the screen Import shows of the things that came in.
 *
 * @module
 */
import type { RequestView } from '#lib/desk/requests/read-requests.ts';
import type { ImportBatch, ImportItem } from '#lib/desk/import/import-item.ts';
import type { ImportTexts } from '#lib/messages/en/import.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import type { ImportRow } from '#lib/ui/import/import-row.ts';
import { requestChip } from '#lib/ui/request/request-state.ts';

/** What the desk knows of an item besides what it says of itself. */
type Known = {
	/** The request or return that it is, where the desk holds it. */
	asked?: RequestView;
	/** The product, where its license is known here. */
	title?: string;
	isKept: boolean;
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
			product: summary.product ?? answers?.summary.product ?? known.title
		},
		refusal: item.refusal,
		verified: item.verified,
		answers: answers?.summary.label,
		freed: summary?.freed ?? known.asked?.freed,
		machine: item.machine
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

/** How many of each kind came in, and how many of what is not for this desk. Without zeros. */
export function countImport({
	items,
	counts
}: ImportBatch): [keyof ImportTexts['totals'], number][] {
	const kinds = (...named: string[]) =>
		items.filter(({ kind, state }) => kind && named.includes(kind) && state !== 'damaged').length;
	const totals = {
		requests: kinds('activation-request'),
		activations: kinds('activation'),
		returns: kinds('return'),
		receipts: kinds('receipt'),
		refusals: kinds('refusal'),
		keys: kinds('license'),
		trust: kinds('trust', 'hub-key', 'revocation'),
		known: counts.known,
		elsewhere: counts.elsewhere,
		damaged: counts.damaged,
		incomplete: counts.incomplete,
		twice: counts.twice,
		foreign: counts.foreign
	};
	// Sound: the names are those of the object above.
	const named = Object.entries(totals) as [keyof typeof totals, number][];
	return named.filter(([, count]) => count > 0);
}
