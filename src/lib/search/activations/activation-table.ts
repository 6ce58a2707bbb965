/**
 * All activations of all licenses in memory. [P11]
 *
 * @module
 */
import {
	activationFiltering,
	activationFilters,
	type ActivationFilter
} from './activation-filter.ts';
import {
	activationOrdering,
	activationOrders,
	byHeard,
	type ActivationOrder
} from './activation-order.ts';
import type { ActivationLine } from './activation-summary.ts';
import { ListAddress } from '#lib/search/list-query.ts';
import { RowTable, type RowKind } from '#lib/search/row-table.ts';
import { foldText, type SharedTexts } from '#lib/search/search-text.ts';

/** Those that somebody chooses; without one, the current ones are shown. */
export const chosenFilters = activationFilters.filter((filter) => filter !== 'current');

export type ChosenFilter = (typeof chosenFilters)[number];

export const activationAddress = new ListAddress(chosenFilters, activationOrders, byHeard);

function activations(
	texts: SharedTexts
): RowKind<ActivationLine, ActivationFilter, ActivationOrder> {
	return {
		filtering: activationFiltering,
		usual: 'current',
		ordering: activationOrdering(texts),
		sharedOf: ({ customer, title, site = '' }) => [customer, title, site],
		saidOf: ({ requestSite = '', name, os = '', version = '' }) =>
			[requestSite, name, os, version].map((text) => texts.share(text)),
		ownTextOf: ({ label, requestLabel, number }) => {
			const own = [label, requestLabel, number].filter((text) => text !== undefined);
			return foldText(own.join(' '));
		}
	};
}

export class ActivationTable extends RowTable<ActivationLine, ActivationFilter, ActivationOrder> {
	constructor() {
		super(activations);
	}
}
