/**
 * English: the frame of every screen: places, connection, banners, faults, keyboard help.
 *
 * @module
 */
import { n } from './phrases.ts';

export const shellEn = {
	appName: 'Keyferry',
	skip: 'Skip to content',
	nav: {
		main: 'Main',
		lookup: 'Lookup',
		more: 'More',
		overview: 'Overview',
		licenses: 'Licenses',
		requests: 'Requests',
		activate: 'Activate',
		import: 'Import',
		allotments: 'Offline seats',
		sync: 'Sync',
		settings: 'Settings',
		signIn: 'Sign in'
	},
	connection: {
		online: 'Online',
		offline: 'Offline',
		syncing: 'Syncing',
		signedOut: 'Not signed in',
		held: 'Action needed',
		oneFile: 'Single file, no server',
		waiting: (count: number) => `${n(count)} waiting`,
		synced: (when: string) => `synced ${when}`,
		neverSynced: 'never synced',
		retry: (when: string) => `next try ${when}`
	},
	banner: {
		unexported: 'This app is a single file. Its data is only safe once you export it.',
		insecure:
			'Opened without HTTPS, so the browser blocks signatures, the camera and sync. Open this app with an https:// address.',
		replaced: 'A newer version of this app is open in another tab. Reload this one.',
		blocked: 'Another tab is running an older version of this app. Close it.',
		update: 'A new version is ready.'
	},
	fault: {
		title: 'Something went wrong',
		text: 'Everything you stored is safe. Reload the page. If this keeps happening, export your data in Settings and report this:',
		notFound: 'Page not found',
		notFoundText: 'The address may be out of date. Start again from the overview.',
		toOverview: 'Go to the overview'
	},
	help: {
		title: 'Keyboard shortcuts',
		search: 'Search',
		go: (where: string) => `Go to ${where}`,
		walk: 'Next or previous row',
		open: 'Open the row',
		help: 'Show this help',
		close: 'Close',
		then: 'then'
	}
};

export type ShellTexts = typeof shellEn;
