/**
 * English: the vendor's console, servers that are told of events.
 *
 * @module
 */
import type { WebhookKind, WebhookState } from '#lib/domain/vendor/webhook.ts';
import { many } from './phrases.ts';

export const vendorWebhooksEn = {
	title: 'Webhooks',
	truth: 'This server tells others what becomes of licenses and activations, signed and once each.',
	empty: 'No webhooks yet',
	emptyText: 'Add the address of a server of yours that wants to know, such as a CRM.',
	add: 'Add webhook',
	addDo: 'Add',
	url: 'Address',
	urlHint: 'It begins with https:// and leads to a server on the internet.',
	needUrl: 'Enter an address that begins with https://.',
	events: 'Events',
	needEvent: 'Choose at least one.',
	kinds: {
		'license.created': 'License created',
		'license.changed': 'License changed',
		'license.suspended': 'License suspended',
		'license.resumed': 'License resumed',
		'license.moved': 'License moved',
		'activation.created': 'Machine activated',
		'activation.renewed': 'Activation renewed',
		'activation.returned': 'Activation returned',
		'activation.retired': 'Activation retired',
		'activation.ended': 'Activation over the limit ended'
	} as Record<WebhookKind, string>,
	all: 'All events',
	some: (count: number) => many(count, 'kind of event', 'kinds of events'),
	madeTitle: 'The secret of this webhook',
	madeText: 'It is shown this once. The other server checks signatures with it.',
	copySecret: 'Copy secret',
	done: 'Done',
	on: 'On',
	off: 'Off',
	turnOn: 'Turn on',
	turnOff: 'Turn off',
	newSecret: 'New secret',
	newSecretTitle: (url: string) => `Make a new secret for ${url}?`,
	newSecretText: 'The old one ends at once. What the other server refuses meanwhile is sent again.',
	remove: 'Remove',
	removeTitle: (url: string) => `Remove ${url}?`,
	removeText: 'It is told nothing any more, and what waits for it is forgotten.',
	removed: 'The webhook is removed.',
	waiting: (count: number) => `${many(count, 'event')} waiting`,
	failed: (count: number) => `${many(count, 'event')} given up`,
	log: 'What was told',
	refresh: 'Refresh',
	failedOnly: 'Given up only',
	nothingTold: 'Nothing was told yet',
	nothingToldText: 'Events appear here as soon as something becomes of a license.',
	states: { waiting: 'Waiting', sent: 'Sent', failed: 'Given up' } as Record<WebhookState, string>,
	tries: (count: number) => many(count, 'try', 'tries'),
	answered: (status: number) => `answered with ${status}`,
	replay: 'Send again',
	replayed: 'It is sent again.'
};

export type VendorWebhooksTexts = typeof vendorWebhooksEn;
