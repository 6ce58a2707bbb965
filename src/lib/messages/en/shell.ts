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
		import: 'Take in',
		allotments: 'Allotments',
		sync: 'Sync',
		settings: 'Settings',
		signIn: 'Sign in'
	},
	connection: {
		online: 'Online',
		offline: 'Offline',
		syncing: 'Syncing',
		signedOut: 'Not signed in',
		held: 'Waiting for you',
		oneFile: 'One-file desk, no hub',
		waiting: (count: number) => `${n(count)} waiting`,
		synced: (when: string) => `synced ${when}`,
		neverSynced: 'never synced',
		retry: (when: string) => `next try ${when}`
	},
	banner: {
		unexported: 'This desk is one file: its data is only safe in an export.',
		insecure:
			'Opened without HTTPS: the browser allows no signatures, camera or sync here. Open the desk by https://.',
		replaced: 'A newer version of the desk is open in another tab. Reload this one.',
		blocked: 'Another tab holds an older version of the desk. Close it.',
		update: 'A new version is ready.'
	},
	fault: {
		title: 'Something went wrong here',
		text: 'What you stored is safe. Reload the page; if it stays, export your data in Settings and report this:',
		notFound: 'There is no such page',
		notFoundText: 'The address may be old. The overview leads everywhere.',
		toOverview: 'To the overview'
	},
	help: {
		title: 'Keyboard shortcuts',
		search: 'Search',
		go: (where: string) => `Go to ${where}`,
		walk: 'Next and previous row',
		open: 'Open the row',
		help: 'This help',
		close: 'Close',
		then: 'then'
	}
};

export type ShellTexts = typeof shellEn;
