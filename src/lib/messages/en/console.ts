/**
 * English: the vendor's console, what was done and how the server stands.
 *
 * @module
 */
import { historyEn } from './history.ts';
import type { AuditAction, AuditNoun } from '#lib/domain/audit/audit.ts';
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
		subject: 'ID',
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
		/** What is said of an entry; what has no word here is for whoever compares ids. */
		facts: {
			name: 'Name',
			title: 'Name',
			product: 'Product',
			version: 'Version',
			file: 'File',
			platform: 'System',
			seats: 'Seats',
			role: 'Role',
			reason: 'Reason',
			value: 'Value',
			entitlement: 'Entitlement',
			purchase: 'Purchase ID',
			reference: 'Reference',
			gen: 'File number',
			url: 'Address',
			expiresAt: 'Expires',
			until: 'Until',
			coolsUntil: 'Blocked until',
			issueUntil: 'Issued until',
			filesUntil: 'Files valid until',
			frozenAt: 'Frozen',
			trialDays: 'Trial days',
			freed: 'Seats freed',
			left: 'Seats left',
			reserved: 'Reserved',
			upgrade: 'Upgrade',
			upgradedFrom: 'Upgrade of',
			successor: 'Successor',
			desks: 'Devices',
			reported: 'Reported'
		} as Record<string, string>,
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
			'hub.face-changed': 'Vendor’s appearance changed',
			'hub.second-factor': 'Second factor for staff',
			'hub-time.confirmed': 'Clock confirmed'
		} as Record<AuditAction, string>
	},
	face: {
		title: 'Your appearance',
		text: 'Name, logo, color and support address stand in the app, on printed sheets and in mail. Desks learn them with their next sync and show them offline too.',
		name: 'Name',
		nameHint: 'Instead of Keyferry.',
		support: 'Support address',
		supportHint: 'Replies to mail of this server go there.',
		wrongSupport: 'Enter an e-mail address, or leave it empty.',
		accent: 'Color',
		accentHint: 'As #1f5fbf, or empty for Keyferry’s own.',
		wrongAccent: 'Write a color as # and six digits from 0 to f.',
		light: 'Light',
		dark: 'Dark',
		sample: 'Activate',
		sampleLink: 'Link',
		asIs: (color: string) => `${color}, as it is`,
		adjusted: (color: string) => `${color}: adjusted so that text is readable (4.5:1)`,
		logo: 'Logo',
		logoHint: 'PNG, at most 512 × 512 pixels and 64 KB. Whatever else is in the file is left out.',
		choose: 'Choose logo',
		removeLogo: 'Remove logo',
		save: 'Save',
		saved: 'Saved. Desks show it after their next sync.'
	},
	server: {
		title: 'Server',
		truth: 'The keys it signs with, the mail it sends, and how you appear.',
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
