/**
 * English: the command palette.
 *
 * @module
 */
import { many, n } from './phrases.ts';

export const paletteEn = {
	title: 'Search everything',
	hint: 'Screen, license, machine or action …',
	recent: 'Recently used',
	commands: 'Screens and actions',
	actions: 'Actions',
	screens: 'Screens',
	machines: 'Machines',
	licenses: 'Licenses',
	nearby: 'One character is off: did you mean this?',
	all: (count: number) => `Show all ${n(count)} in Licenses`,
	results: (count: number) => many(count, 'result'),
	none: (text: string) => `Nothing matches “${text}”`,
	noneText: 'Licenses and machines are found by number, name, customer or key.',
	notHere: (number: string) => `${number} is not on this device`,
	reading: (done: number, all: number) =>
		`${n(done)} of ${n(all)} licenses read. More may still be found.`,
	filling: 'The first sync is still running: what is not here yet cannot be found.',
	wait: 'Searching …',
	choose: 'choose',
	open: 'open',
	close: 'close',
	act: {
		activate: 'Activate a machine',
		import: 'Import files',
		scan: 'Scan a code',
		save: (count: number) => `Save ${many(count, 'answer')} to carry back`,
		sync: 'Sync now',
		issue: 'Issue from offline seats',
		signIn: 'Sign in',
		signOut: 'Sign out',
		light: 'Use light colors',
		dark: 'Use dark colors',
		auto: 'Use the colors of the system',
		language: 'Switch to English',
		lettersOff: 'Turn off single-letter shortcuts',
		lettersOn: 'Turn on single-letter shortcuts',
		help: 'Show keyboard shortcuts',
		issueLicense: 'Issue a license'
	},
	screen: {
		lookup: 'Find a license or machine',
		attention: 'Licenses that need attention',
		full: 'Licenses without a free seat',
		ends: 'Licenses that end within 30 days',
		expired: 'Expired licenses',
		people: 'People',
		ways: 'Ways to sign in',
		devices: 'Devices',
		sessions: 'Sessions',
		reminders: 'Reminders',
		calendar: 'Calendar',
		keys: 'API keys',
		customers: 'Customers',
		products: 'Products',
		issued: 'All issued licenses',
		orders: 'Orders of stores',
		audit: 'Audit log',
		webhooks: 'Webhooks',
		server: 'Server settings'
	},
	/** What else people call these. */
	also: {
		overview: 'overview start dashboard',
		lookup: 'search lookup number key fingerprint',
		activate: 'new request license machine code',
		import: 'open load answer request file zip paste take in',
		scan: 'camera qr',
		save: 'export download stick carry back',
		sync: 'server refresh upload pull push',
		requests: 'answers queue waiting refused',
		allotments: 'reserve seats offline allotment',
		issue: 'allotment draw slot',
		signIn: 'log in login account',
		signOut: 'log out logout leave account',
		theme: 'theme appearance mode',
		language: 'language deutsch german sprache',
		letters: 'keyboard hotkeys accessibility',
		help: 'keyboard hotkeys help',
		settings: 'preferences options account profile export backup',
		attach: 'purchase id order code buy attach add',
		device: 'lan clients code',
		licenses: 'list seats renew maintenance',
		account: 'account settings',
		vendor: 'vendor console'
	}
};

export type PaletteTexts = typeof paletteEn;
