/**
 * What stores have told of, as the hub lists it to the vendor's people.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { OrderedLicense, OrderEventState } from '#lib/domain/vendor/order.ts';

/** One event of a store, with the purchase that it is about. */
export type ListedOrder = {
	/** `webhook-id`. */
	id: string;
	/** `order.paid`, `order.refunded`, or whatever it calls itself. */
	type: string;
	state: OrderEventState;
	purchase?: string;
	/** Of the purchase, as they are now; absent where it never was carried out. */
	address?: string;
	customer?: { id: string; name: string };
	licenses: OrderedLicense[];
	/** Why it is not done. */
	refusal?: { refused: string; facts: Record<string, unknown> };
	tries: number;
	receivedAt: Seconds;
	triedAt: Seconds;
};

/** With what it said, as it was received. */
export type FoundOrder = ListedOrder & { said: string };

/** Where a page of events ends: the next one follows. */
export type OrderPlace = { state: OrderEventState; receivedAt: Seconds; id: string };

export type OrderPage = { orders: ListedOrder[]; next?: OrderPlace };

export type OrderQuestion = {
	/** A purchase ID or part of one, an address, or the number of a license. */
	search?: string;
	state?: OrderEventState;
	/** The end of the page before. */
	after?: OrderPlace;
	limit?: number;
};

/** A secret that stores sign with; never the secret itself. */
export type ListedStoreSecret = { id: string; name: string; createdAt: Seconds; usedAt?: Seconds };
