/**
 * English: the screen Lookup.
 *
 * @module
 */
import { many, n } from './phrases.ts';

export const lookupEn = {
	title: 'Find a license',
	search: 'Number, key, machine …',
	searchLabel: 'Search',
	recent: 'Recently viewed',
	first: 'Licenses',
	none: 'No matches on this device',
	noneText: (text: string) => `Nothing here matches “${text}”. Scan its code or import its file.`,
	notHere: (number: string) => `${number} is not on this device`,
	notHereText:
		'It may belong to another customer, or be newer than the last sync. You can import its file.',
	notYet: 'The first sync is still running, so it may still appear.',
	results: (count: number) => many(count, 'license'),
	all: (count: number) => `Show all ${n(count)} in Licenses`,
	request: (label: string) => `A request for ${label} that is not imported yet.`,
	requestUnnamed: 'a machine',
	openRequest: 'Open request',
	clear: 'Clear',
	holds: (count: number) => `This machine holds seats of ${many(count, 'license')}.`
};

export type LookupTexts = typeof lookupEn;
