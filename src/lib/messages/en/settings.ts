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
	signedOut: 'Not signed in. Everything but sync works without.',
	customers: 'Organizations',
	signOutTitle: 'Sign out of this desk?',
	signOutText:
		'The mirrored licenses leave this device. Requests, answers, keys and whatever still waits stay.',
	appearance: 'Appearance',
	language: 'Language',
	languageAuto: 'Auto',
	theme: 'Colours',
	themeAuto: 'Auto',
	themeLight: 'Light',
	themeDark: 'Dark',
	keys: 'Single-letter shortcuts',
	keysHint: 'Switch them off where speech input or a screen reader uses letters.',
	keysOn: 'On',
	keysOff: 'Off',
	hubAddress: 'Address',
	sync: 'Sync',
	waitingSince: 'Waiting since',
	lastSync: 'Last sync',
	fault: 'Last fault',
	faultText: (fault: string) =>
		fault === 'unreachable'
			? 'The hub did not answer. It is asked again by itself.'
			: fault === 'insecure-context'
				? 'This page was opened without HTTPS, so the browser allows it neither signatures nor sync. Open it by https://, or as localhost on the hub’s own computer.'
				: `The hub answered with a fault (${fault}). It is asked again by itself.`,
	sendAsMine: 'Send as mine',
	desk: 'This device',
	deskName: 'Name of this device',
	deskNameHint:
		'For example “Phone of the field team”. The hub shows it beside seats that this device holds.',
	storage: 'Storage',
	persisted: 'The browser keeps this desk’s data until you delete it.',
	notPersisted: 'The browser may delete this desk’s data when space is short.',
	askPersist: 'Keep it for good',
	persistRefused:
		'The browser did not agree. Installing the desk, or a bookmark, usually changes that. Until then, export often.',
	used: (megabytes: number) => `${n(megabytes)} MB in use.`,
	export: 'Export',
	exportText: 'One file with every request, answer and key of this desk.',
	exportOneFile:
		'This desk lives in one HTML file; the browser keeps its data only for this browser. The exported file is the truth: export after every visit and take the file along.',
	exportNow: 'Export everything',
	import: 'Import an export',
	imported: (count: number) => `${many(count, 'thing')} taken over.`,
	exportedAt: 'Last export',
	changedSince: 'There are changes since the last export.',
	never: 'never',
	trust: 'Trusted root keys',
	noRoots: 'None yet. Take in the trust file of your vendor, or open the hub once.',
	rootFrom: { kit: 'from the kit', hub: 'from the hub', file: 'from a file' },
	about: 'About',
	version: 'Version',
	shortcuts: 'Keyboard shortcuts'
};

export type SettingsTexts = typeof settingsEn;
