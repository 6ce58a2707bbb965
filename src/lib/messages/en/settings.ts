/**
 * English: the screen Settings.
 *
 * @module
 */
import { many, n } from './phrases.ts';

export const settingsEn = {
	title: 'Settings',
	account: 'Account',
	signedInAs: (email: string) => `Signed in as ${email}.`,
	signedOut: 'Not signed in. Everything except sync works without signing in.',
	customers: 'Organizations',
	signOutTitle: 'Sign out on this device?',
	signOutText:
		'Synced licenses are removed from this device. Requests, answers, keys and whatever is not sent yet stay.',
	appearance: 'Appearance',
	language: 'Language',
	languageAuto: 'Automatic',
	theme: 'Theme',
	themeAuto: 'Automatic',
	themeLight: 'Light',
	themeDark: 'Dark',
	keys: 'Single-letter shortcuts',
	keysHint: 'Turn them off if you use speech input or a screen reader that needs the letters.',
	keysOn: 'On',
	keysOff: 'Off',
	hubAddress: 'Address',
	sync: 'Sync',
	waitingSince: 'Waiting since',
	lastSync: 'Last sync',
	fault: 'Last problem',
	faultText: (fault: string) =>
		fault === 'unreachable'
			? 'The server did not answer. It is tried again automatically.'
			: fault === 'insecure-context'
				? 'This page was opened without HTTPS, so the browser blocks signatures and sync. Open it with https://, or as localhost on the server’s own computer.'
				: `The server reported a fault (${fault}). It is tried again automatically.`,
	sendAsMine: 'Send as mine',
	desk: 'This device',
	deskName: 'Device name',
	deskNameHint:
		'For example “Field team phone”. It is shown next to the offline seats of this device.',
	storage: 'Storage',
	persisted: 'The browser keeps this app’s data until you delete it.',
	notPersisted: 'The browser may delete this app’s data when space runs low.',
	askPersist: 'Keep it permanently',
	persistRefused:
		'The browser did not agree. Installing this app or bookmarking it usually changes that. Until then, export often.',
	used: (megabytes: number) => `${n(megabytes)} MB used.`,
	export: 'Export',
	exportText: 'One file with every request, answer and key on this device.',
	exportOneFile:
		'This app is a single HTML file, and its data is stored in this browser only. Export after every visit and take the exported file with you.',
	exportNow: 'Export everything',
	import: 'Import an export',
	imported: (count: number) => `${many(count, 'item')} imported.`,
	exportedAt: 'Last export',
	changedSince: 'There are changes since the last export.',
	never: 'never',
	trust: 'Trusted root keys',
	noRoots: 'None yet. Import your vendor’s trust file, or connect to the server once.',
	rootFrom: { kit: 'from the kit', hub: 'from the server', file: 'from a file' },
	about: 'About',
	version: 'Version',
	shortcuts: 'Keyboard shortcuts'
};

export type SettingsTexts = typeof settingsEn;
