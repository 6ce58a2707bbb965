/**
 * What licenses are put in order by. [P10, DK2]
 *
 * @module
 */
import { freeSeats } from '#lib/domain/seat.ts';
import { attentionOf, nextEnd } from '#lib/domain/licenses/standing.ts';
import type { LicenseSummary } from './license-summary.ts';
import { NEVER, type Ordering, type Sorting } from '#lib/search/row-order.ts';
import type { SharedTexts } from '#lib/search/search-text.ts';
import { urgencyOf } from './urgency.ts';

export const licenseOrders = [
	'urgency',
	'number',
	'product',
	'edition',
	'customer',
	'seats',
	'free',
	'next',
	'maintenance',
	'expiry',
	'activated',
	'state'
] as const;
export type LicenseSortOrder = (typeof licenseOrders)[number];

/** Without another wish, what is worst comes first. */
export const byUrgency: Sorting<LicenseSortOrder> = { by: 'urgency', descending: false };

const attentions = [undefined, 'lapsed', 'overLimit', 'expired', 'suspended', 'moved'] as const;

/** Texts that many rows share: their number is that of the text, which is put in order when it is asked for. */
const textual: ReadonlySet<LicenseSortOrder> = new Set(['product', 'edition', 'customer']);

/** @param texts - Those that rows share. */
export function licenseOrdering(texts: SharedTexts): Ordering<LicenseSummary, LicenseSortOrder> {
	return {
		first: byUrgency,
		timely: ['urgency', 'next', 'state'],
		tie: 'number',
		tieOf: ({ number }) => halvesOf(number),
		textsOf: (by) => (textual.has(by) ? texts : undefined),
		valueOf: (row, by, now) => {
			switch (by) {
				case 'urgency':
					return urgencyOf(row, now);
				case 'number':
					return 0;
				case 'product':
					return texts.share(row.title).place;
				case 'edition':
					return texts.share(row.edition).place;
				case 'customer':
					return texts.share(row.customer).place;
				case 'seats':
					return row.seats;
				case 'free':
					return freeSeats(row.seats, row.counts);
				case 'next':
					return nextEnd(row, now) ?? NEVER;
				case 'maintenance':
					return row.maintainedUntil ?? NEVER;
				case 'expiry':
					return row.expiresAt ?? NEVER;
				case 'activated':
					return row.counts.active > 0 ? 0 : 1;
				case 'state':
					return attentions.indexOf(attentionOf(row, now));
			}
		}
	};
}

const SYMBOLS = 6;

/** Symbols of a license number as two numbers, which order numbers as their text does. */
function halvesOf(number: string): [number, number] {
	const halves: [number, number] = [0, 0];
	let count = 0;
	for (let at = 2; at < number.length && count < 2 * SYMBOLS; at++) {
		const code = number.charCodeAt(at);
		// A dash.
		if (code < 48) continue;
		const half = count++ < SYMBOLS ? 0 : 1;
		halves[half] = halves[half] * 36 + (code < 58 ? code - 48 : code - 55);
	}
	return halves;
}
