/**
 * What is asked of a list of many rows, how it is seen, and what is chosen from it. [DK2, DK3]
 *
 * @module
 */
import { onDestroy, untrack } from 'svelte';
import { Live } from '#lib/desk/store/live.ts';
import { changeListSettings, readListSettings } from '#lib/desk/store/settings.ts';
import type { ListAddress, ListQuery } from '#lib/search/list-query.ts';
import { knownColumns, type ListChange, type ListSettings } from '#lib/search/list-settings.ts';
import type { Sorting } from '#lib/search/row-order.ts';
import type { ListIntent } from '#lib/ui/list/list-keys.ts';
import { nothingSelected } from '#lib/ui/list/selection.ts';
import { keepOrSay } from './keep-setting.ts';
import { AddressQuery } from './address-query.svelte.ts';

/** The room that the bar with actions takes at the end of the list, in pixels. */
const BAR = 72;

type ListKind<F extends string, S extends string, C extends string> = {
	/** What its settings are kept under. */
	name: Parameters<typeof readListSettings>[0];
	address: ListAddress<F, S>;
	/** Those that somebody chooses, one at a time. */
	filters: readonly F[];
	orders: readonly S[];
	columns: readonly C[];
	usualColumns: readonly C[];
	/** Whether a row may be on this desk. What is gone is chosen no longer. */
	mayHold: (id: string) => boolean;
};

/** Rows as they are drawn: `RowList`, and what is made of it. */
type DrawnRows<R> = {
	act: (intent: ListIntent) => boolean;
	walkTo: (row: R) => void;
	current: () => { row: R; place: DOMRect } | undefined;
	seeCursor: () => void;
};

export class ListState<
	R extends { id: string },
	F extends string,
	S extends string,
	C extends string
> {
	readonly kind: ListKind<F, S, C>;
	readonly address: AddressQuery<ListQuery<F, S>>;
	readonly #settings: Live<ListSettings>;
	drawn = $state<DrawnRows<R>>();
	/** There is room for columns. */
	isWide = $state(false);
	selection = $state.raw(nothingSelected);
	/** Boxes are wanted before anything is chosen. */
	#isBegun = $state(false);

	readonly query = $derived.by(() => this.address.current);
	readonly settings = $derived.by(() => this.#settings.current ?? {});
	readonly columns = $derived.by(() =>
		knownColumns(this.kind.columns, this.settings.columns, this.kind.usualColumns)
	);
	readonly isSelecting = $derived.by(() => this.#isBegun || this.selection.ids.size > 0);
	readonly views = $derived.by(() => this.settings.views ?? []);
	/** The view or filter that is shown, by its query or name. */
	readonly pill = $derived.by(() => {
		const { written } = this.address;
		const view = this.views.find(({ query }) => query === written && query !== '');
		return view?.query ?? this.query.filter ?? 'all';
	});

	/** What the rows are told of it. */
	readonly asked = $derived.by(() => ({
		selecting: this.isSelecting,
		sorting: this.query.sorting,
		question: this.address.written,
		coveredBelow: this.selection.ids.size > 0 ? BAR : 0,
		onsort: (sorting: Sorting<S>) => this.address.ask({ ...this.query, sorting })
	}));

	/** To be made while a component is set up. */
	constructor(kind: ListKind<F, S, C>) {
		this.kind = kind;
		this.address = new AddressQuery(kind.address);
		this.#settings = new Live(() => readListSettings(kind.name));
		onDestroy(() => this.address.stop());
		$effect(() => {
			const { ids } = this.selection;
			const left = [...ids].filter((id) => kind.mayHold(id));
			if (left.length < ids.size)
				untrack(() => (this.selection = { ...this.selection, ids: new Set(left) }));
		});
	}

	/** @returns Whether it was kept. */
	change(change: ListChange): Promise<boolean> {
		return keepOrSay(() => changeListSettings(this.kind.name, change));
	}

	choosePill(value: string): void {
		const view = this.views.find(({ query }) => query === value);
		if (view) this.address.ask(this.kind.address.read(new URLSearchParams(view.query)));
		else {
			const { text, sorting } = this.query;
			const filter = this.kind.filters.find((each) => each === value);
			this.address.ask({ text, sorting, ...(filter && { filter }) });
		}
	}

	select(): void {
		this.#isBegun = true;
	}

	/** @returns Whether there was something to let go of. */
	letGo(): boolean {
		if (!this.isSelecting) return false;
		this.selection = nothingSelected;
		this.#isBegun = false;
		return true;
	}
}
