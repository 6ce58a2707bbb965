/**
 * What a list is asked for, as its address says it: `?is=FILTER&q=TEXT&sort=[-]COLUMN`. A link, a named
 * view and the back button mean the same list. [DK2]
 *
 * @module
 */
import type { Sorting } from './row-order.ts';

export type ListQuery<F extends string, S extends string> = {
	/** As it was typed. */
	text: string;
	/** Absent: all rows. */
	filter?: F;
	sorting: Sorting<S>;
};

export class ListAddress<F extends string, S extends string> {
	readonly #filters: readonly F[];
	readonly #orders: readonly S[];
	readonly #first: Sorting<S>;

	/** @param first - Without another wish. */
	constructor(filters: readonly F[], orders: readonly S[], first: Sorting<S>) {
		this.#filters = filters;
		this.#orders = orders;
		this.#first = first;
	}

	/** Reads any address: what is unknown in it says nothing, as it may be a newer desk's. */
	read(params: URLSearchParams): ListQuery<F, S> {
		const text = params.get('q') ?? '';
		const filter = this.#filters.find((known) => known === params.get('is'));
		const sort = params.get('sort') ?? '';
		const by = this.#orders.find((known) => known === sort.replace(/^-/, ''));
		const sorting = by === undefined ? this.#first : { by, descending: sort.startsWith('-') };
		return filter === undefined ? { text, sorting } : { text, filter, sorting };
	}

	/** @returns What stands behind the path: `?…`, or nothing where nothing is asked for. */
	write({ text, filter, sorting: { by, descending } }: ListQuery<F, S>): string {
		const params = new URLSearchParams();
		if (filter !== undefined) params.set('is', filter);
		if (text !== '') params.set('q', text);
		if (by !== this.#first.by || descending !== this.#first.descending)
			params.set('sort', `${descending ? '-' : ''}${by}`);
		const written = params.toString();
		return written === '' ? '' : `?${written}`;
	}
}
