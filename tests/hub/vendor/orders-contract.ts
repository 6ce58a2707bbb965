/**
 * What a hub promises about orders of a store, whatever it keeps its tables in.
 *
 * @module
 */
import { describe } from 'vitest';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';
import { makeOrdering } from '../../fixtures/ordering.ts';
import { purchasesContract } from './purchases-contract.ts';
import { paidOrdersContract } from './paid-orders-contract.ts';
import { foundOrdersContract } from './found-orders-contract.ts';
import { refundsContract } from './refunds-contract.ts';

export function ordersContract(name: string, makeStore: MakeStore): void {
	describe(`orders on ${name}`, () => {
		const ordering = makeOrdering(openHub(makeStore));
		purchasesContract(ordering);
		paidOrdersContract(ordering);
		foundOrdersContract(ordering);
		refundsContract(ordering);
	});
}
