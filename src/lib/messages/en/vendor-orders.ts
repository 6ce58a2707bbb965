/**
 * English: the vendor's console, orders of stores.
 *
 * @module
 */
import { many } from './phrases.ts';
import type { OrderEventState, OrderOutcome } from '#lib/domain/vendor/order.ts';

export const vendorOrdersEn = {
	title: 'Orders',
	count: (count: number, more: boolean) =>
		more ? `The first ${many(count, 'event')} of stores.` : `${many(count, 'event')} of stores.`,
	searchHint: 'Purchase ID, address or license number',
	failedOnly: 'Failed only',
	empty: 'No orders yet',
	emptyText:
		'A store that signs with a secret of this server tells it what was paid and refunded; licenses are made by that.',
	secrets: 'Store secrets',
	types: { 'order.paid': 'Paid', 'order.refunded': 'Refunded' } as Record<string, string>,
	states: { done: 'Done', failed: 'Failed' } as Record<OrderEventState, string>,
	noPurchase: 'No purchase ID',
	event: 'Event',
	facts: {
		purchase: 'Purchase ID',
		address: 'Address',
		customer: 'Customer',
		received: 'Received',
		tried: 'Tried last',
		tries: 'Tries',
		id: 'Event ID'
	},
	lines: 'What it made',
	line: (id: string) => `Line ${id}`,
	outcomes: {
		made: 'License made',
		extended: 'Extended',
		'added-seats': 'Seats added'
	} as Record<OrderOutcome, string>,
	refunded: 'Refunded, suspended',
	said: 'What it said',
	why: 'Carrying out this event',
	replay: 'Replay',
	replayed: 'Carried out.',
	stillFailed: 'It still cannot be carried out. This page says why.',
	secretsTruth:
		'A store signs what it tells with one of these. To change one: make a second, set the store to it, then end the first. Both count until then.',
	make: 'Make a secret',
	makeDo: 'Make',
	name: 'Name of the store',
	nameHint: 'What your people will know it by.',
	needName: 'Enter a name.',
	madeTitle: 'The secret is made',
	madeText: 'It is shown this once. Set the store to it now.',
	copySecret: 'Copy secret',
	done: 'Done',
	made: 'Made',
	used: 'Last used',
	unused: 'never used',
	end: 'End',
	endTitle: (name: string) => `End the secret of ${name}?`,
	endText: 'Nothing that it signs counts from now on.',
	ended: 'The secret is ended.',
	noSecrets: 'No secrets yet',
	noSecretsText: 'Make one for each store, and set the store to it.'
};

export type VendorOrdersTexts = typeof vendorOrdersEn;
