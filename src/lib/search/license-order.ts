/**
 * Ordering licenses by any column. [P10, DK2]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { attentionOf, nextEnd, type LicenseStanding } from '#lib/domain/standing.ts';
import { urgencyOf } from './urgency.ts';

export const sortOrders = [
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
	'state'
] as const;
export type SortOrder = (typeof sortOrders)[number];

/** A column and its direction. */
export type Sorting = { by: SortOrder; descending: boolean };

/** The same column again turns it round. */
export function sortBy(before: Sorting, by: SortOrder): Sorting {
	return { by, descending: before.by === by && !before.descending };
}

/** What changes by time alone. */
const timely: readonly SortOrder[] = ['urgency', 'next', 'state'];

/** The order says something else at another time, of the same rows. */
export function isTimely(by: SortOrder): boolean {
	return timely.includes(by);
}

type Sortable = LicenseStanding & { title: string; edition: string; customer: string };

/** Later than any date in a token. */
const NEVER = 2 ** 33;
const attentions = [undefined, 'lapsed', 'overLimit', 'expired', 'suspended', 'moved'] as const;

/**
 * Ascending, what never ends comes last; equal ones stay by number either way.
 *
 * @param byNumber - Positions of all rows, in the order of license numbers.
 * @returns Positions of all rows.
 */
export function orderOf(
	rows: readonly Sortable[],
	byNumber: readonly number[],
	{ by, descending }: Sorting,
	now: Seconds
): Uint32Array {
	const count = byNumber.length;
	if (by === 'number') return Uint32Array.from(descending ? byNumber.toReversed() : byNumber);
	const value = valueOf(rows, by, now);
	// A column's value and the place by number in one number: the platform sorts those fastest.
	const keys = new Float64Array(count);
	for (let place = 0; place < count; place++) {
		const own = value(rows[byNumber[place]!]!);
		keys[place] = (descending ? NEVER - own : own) * count + place;
	}
	keys.sort();
	return Uint32Array.from(keys, (key) => byNumber[key % count]!);
}

/** Whole numbers from 0 to `NEVER`, in the order of the column. */
function valueOf(
	rows: readonly Sortable[],
	by: Exclude<SortOrder, 'number'>,
	now: Seconds
): (row: Sortable) => number {
	switch (by) {
		case 'urgency':
			return (row) => urgencyOf(row, now);
		case 'product': {
			const ranks = ranksOf(rows.map(({ title }) => title));
			return ({ title }) => ranks.get(title)!;
		}
		case 'edition': {
			const ranks = ranksOf(rows.map(({ edition }) => edition));
			return ({ edition }) => ranks.get(edition)!;
		}
		case 'customer': {
			const ranks = ranksOf(rows.map(({ customer }) => customer));
			return ({ customer }) => ranks.get(customer)!;
		}
		case 'free':
			return ({ seats, counts }) => freeSeats(seats, counts);
		case 'seats':
			return ({ seats }) => seats;
		case 'next':
			return (row) => nextEnd(row, now) ?? NEVER;
		case 'maintenance':
			return ({ maintainedUntil }) => maintainedUntil ?? NEVER;
		case 'expiry':
			return ({ expiresAt }) => expiresAt ?? NEVER;
		case 'state':
			return (row) =>
				(row.counts.active > 0 ? 0 : attentions.length) + attentions.indexOf(attentionOf(row, now));
	}
}

/** Many rows share few texts: only those are compared as people read them. */
function ranksOf(texts: readonly string[]): ReadonlyMap<string, number> {
	const { compare } = new Intl.Collator();
	return new Map([...new Set(texts)].sort(compare).map((text, rank) => [text, rank]));
}
