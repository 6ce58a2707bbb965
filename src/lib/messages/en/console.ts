/**
 * English: the vendor's console, what was done and how the server stands.
 *
 * @module
 */
import { historyEn } from './history.ts';
import type { AuditAction, AuditNoun } from '#lib/domain/audit.ts';
import { many } from './phrases.ts';

export const consoleEn = {
	audit: {
		title: 'Audit log',
		truth: 'What was done, by whom and when. Entries are never changed or removed.',
		of: 'Of',
		vendor: 'The vendor',
		count: (count: number, more: boolean) =>
			more ? `The newest ${many(count, 'entry', 'entries')}` : many(count, 'entry', 'entries'),
		searchHint: 'License number, machine, person',
		kind: 'Kind',
		anyKind: 'Everything',
		kinds: {
			license: 'Licenses',
			activation: 'Activations',
			seat: 'Seats',
			allotment: 'Offline seats',
			request: 'Requests',
			person: 'People',
			device: 'Devices',
			'site-server': 'Site servers',
			customer: 'Customer',
			product: 'Products',
			release: 'Releases',
			hub: 'Server',
			'hub-time': 'Clock'
		} as Record<AuditNoun, string>,
		from: 'From',
		to: 'To',
		empty: 'Nothing was done yet',
		emptyText: 'Entries appear here as soon as something changes.',
		actors: {
			carrier: 'Whoever brought it',
			hub: 'The server',
			operator: 'The operator'
		} as Record<string, string>,
		actions: {
			...historyEn.actions,
			'customer.added': 'Customer added',
			'customer.purchase-changed': 'Address on a purchase changed',
			'hub.store-secret-added': 'Store secret made',
			'hub.store-secret-ended': 'Store secret ended',
			'hub.webhook-added': 'Webhook added',
			'hub.webhook-changed': 'Webhook changed',
			'hub.webhook-removed': 'Webhook removed',
			'customer.changed': 'Customer changed',
			'product.added': 'Product added',
			'product.changed': 'Product changed',
			'release.added': 'Release added',
			'release.changed': 'Release changed',
			'release.withdrawn': 'Release withdrawn',
			'person.invited': 'Person invited',
			'person.uninvited': 'Invitation withdrawn',
			'person.joined': 'Person joined',
			'person.role-changed': 'Role changed',
			'person.left': 'Person removed',
			'device.ended': 'Device ended',
			'hub.restored': 'Server restored from a backup',
			'hub.second-factor': 'Second factor for staff',
			'hub-time.confirmed': 'Clock confirmed'
		} as Record<AuditAction, string>
	},
	server: {
		title: 'Server',
		truth: 'The keys it signs with, and the mail it sends.',
		keys: 'Keys',
		keysText: 'What was signed by a retired key stays valid for ever.',
		signs: 'Signs',
		retired: 'Retired',
		voided: 'Void',
		until: 'Until',
		from: 'From',
		roots: 'Trusted root keys',
		rotate:
			'A new key is made on the server itself, with the root key brought for this command only:',
		mail: 'Mail',
		noMail: 'No mail was sent yet.',
		states: { waiting: 'Waiting', sent: 'Sent', failed: 'Failed' },
		test: 'Send a test message',
		testTo: 'To',
		wrongTo: 'Enter an e-mail address.',
		testPut: (to: string) => `A test message to ${to} is on its way. It appears below.`
	}
};

export type ConsoleTexts = typeof consoleEn;
