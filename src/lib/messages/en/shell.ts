/**
 * English: the frame of every screen: places, connection, banners, faults.
 *
 * @module
 */
import { n } from './phrases.ts';

export const shellEn = {
	/** Before an e-mail address. */
	questions: 'Questions:',
	skip: 'Skip to content',
	going: 'Opening the screen',
	nav: {
		main: 'Main',
		lookup: 'Lookup',
		more: 'More',
		overview: 'Home',
		licenses: 'Licenses',
		activations: 'Activations',
		requests: 'Requests',
		activate: 'Activate',
		import: 'Import',
		allotments: 'Offline seats',
		sync: 'Sync',
		settings: 'Settings',
		attach: 'Attach',
		downloads: 'Downloads',
		device: 'Site server',
		vendor: 'Vendor',
		signIn: 'Sign in'
	},
	hints: {
		overview: 'What needs you, and what is next',
		licenses: 'Search, filter and sort all of them',
		activations: 'Machines of all licenses',
		activate: 'Make a request for a machine',
		allotments: 'Seats to issue without the server',
		requests: 'What was asked, and the answers',
		import: 'Files, codes and text from outside',
		sync: 'What waits for the server',
		attach: 'Licenses bought with another address',
		downloads: 'The versions that your licenses may run',
		device: 'Give a site server its license by code',
		vendor: 'Customers, products and licenses',
		settings: 'Account, people, devices, language',
		signIn: 'To sync with the server'
	},
	downloadsOffline: 'Downloads need the server. Try again when it can be reached.',
	palette: {
		open: 'Search',
		openAll: 'Search everything'
	},
	as: (email: string) => `Signed in as ${email}.`,
	vendor: {
		console: 'Vendor console',
		customers: 'Customers',
		products: 'Products',
		releases: 'Releases',
		licenses: 'Licenses',
		orders: 'Orders',
		audit: 'Audit log',
		webhooks: 'Webhooks',
		server: 'Server',
		signedOut: 'Sign in as one of the vendor’s people to work here.',
		adminsTitle: 'For admins',
		admins:
			'Keys, mail, webhooks and store secrets of the server are looked after by its admins. Ask one of them.',
		notYours:
			'This part is for the vendor’s own people. Your account belongs to a customer, and everything of that customer is in the other places.',
		needsServer: 'This part needs the server',
		needsServerText:
			'Customers, products and new licenses are not stored on this device. Try again when the server can be reached; everything else works without it.'
	},
	connection: {
		online: 'Online',
		offline: 'Offline',
		unreachable: 'Server not reachable',
		fault: 'Server fault',
		syncing: 'Syncing',
		signedOut: 'Not signed in',
		held: 'Needs you',
		oneFile: 'Single file, no server',
		fetched: (done: number, all: number) => `${n(done)} of ${n(all)}`,
		waiting: (count: number) => `${n(count)} waiting`,
		synced: (when: string) => `synced ${when}`
	},
	banner: {
		full: 'This device has no room left, so what you just did was not stored. What was stored before is safe.',
		failed:
			'Something went wrong, so what you just did may not be done. What was stored before is safe.',
		unexported: 'This app is a single file. Its data is only safe once you export it.',
		insecure:
			'Opened without HTTPS, so the browser blocks signatures, the camera and sync. Open this app with an https:// address.',
		unkept:
			'Here the app does not open without the server. Does this browser trust its certificate?',
		replaced: 'A newer version of this app is open in another tab. Reload this one.',
		blocked: 'Another tab is running an older version of this app. Close it.',
		ended: 'This device was ended. What is stored on it stays here.',
		endedNext: 'What to do',
		update: 'A new version is ready.'
	},
	fault: {
		title: 'Something went wrong',
		text: 'Everything you stored is safe. Reload the page. If this keeps happening, export your data in Settings and report this:',
		notFound: 'Page not found',
		notFoundText: 'The address may be out of date. Start again from Home.',
		toOverview: 'Go to Home'
	}
};

export type ShellTexts = typeof shellEn;
