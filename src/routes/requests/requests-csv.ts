/**
 * Requests as their list shows them, for a spreadsheet: one line each, with the number and the kind
 * that the list leaves out. [DK7]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import { writeCsv } from '#lib/search/csv.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import { requestChip, type Chipped } from '#lib/ui/request/request-state.ts';

/** What a line shows, and which license it is of. */
type Line = {
	machine?: string;
	product: string;
	customer: string;
	view: Chipped & { number: string; storedAt: Seconds; savedAt?: Seconds; answerSavedAt?: Seconds };
};

type Texts = {
	/** What the columns are called. */
	head: Record<
		'machine' | 'kind' | 'product' | 'number' | 'customer' | 'when' | 'state' | 'saved',
		string
	>;
	kind: Record<'activation-request' | 'return', string>;
	state: Readonly<Record<ChipState, string>>;
};

/** @param now - The desk's own time: a seat may have become free by it. */
export function requestsCsv(lines: readonly Line[], texts: Texts, now: Seconds): string {
	const { machine, kind, product, number, customer, when, state, saved } = texts.head;
	const heads = [machine, kind, product, number, customer, when, state, saved];
	const rows = lines.map(({ view, ...line }) => {
		const savedAt = view.answerSavedAt ?? view.savedAt;
		return [
			line.machine,
			texts.kind[view.kind ?? 'activation-request'],
			line.product,
			view.number,
			line.customer,
			{ day: view.storedAt },
			texts.state[requestChip(view, now)],
			savedAt === undefined ? undefined : { day: savedAt }
		];
	});
	return writeCsv(heads, rows);
}
