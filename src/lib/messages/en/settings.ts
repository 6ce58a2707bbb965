/**
 * English: the screen Settings.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

type Held = { requests: number; files: number; keys: number; unsent: readonly string[] };

const held = ({ requests, files, keys }: Omit<Held, 'unsent'>) =>
	[
		requests > 0 && many(requests, 'request'),
		files > 0 && many(files, 'file'),
		keys > 0 && many(keys, 'license key')
	]
		.filter(Boolean)
		.join(', ');

export const settingsEn = {
	title: 'Settings',
	account: 'Account',
	signedInAs: (email: string) => `Signed in as ${email}.`,
	signedOut: 'Not signed in. Everything except sync works without signing in.',
	customers: 'Organizations',
	leaving: {
		title: 'Sign out on this device?',
		stays: ({ requests, files, keys, unsent }: Held) =>
			requests + files + keys === 0
				? 'Synced licenses are removed from this device. You hold nothing else on it.'
				: `Synced licenses are removed from this device. What you hold on it stays, hidden from everyone else until you sign in again: ${held({ requests, files, keys })}.${unsent.length === 0 ? '' : ` ${many(unsent.length, 'item')} ${unsent.length === 1 ? 'has' : 'have'} not been sent and ${unsent.length === 1 ? 'waits' : 'wait'} until then.`}`,
		remove: 'Remove everything of mine from this device',
		removeHint:
			'For a device that others use or that you give away. This cannot be undone here; what the server has stays there.',
		unsent: (count: number) =>
			`${many(count, 'item')} ${count === 1 ? 'has' : 'have'} not been sent to the server. Export ${count === 1 ? 'it' : 'them'} first: any device can submit the file.`,
		seats: (count: number, until: number) =>
			`${many(count, 'offline seat')} can no longer be issued or given back from here, and ${count === 1 ? 'stays' : 'stay'} blocked until ${day(until)}. Give ${count === 1 ? 'it' : 'them'} back first, under Offline seats.`,
		exportFirst: 'Export what is unsent first.',
		signOutAndRemove: 'Sign out and remove'
	},
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
