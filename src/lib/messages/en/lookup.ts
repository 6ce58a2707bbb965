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
	recent: 'Seen last',
	first: 'Licenses',
	none: 'Nothing is called that here',
	noneText: (text: string) =>
		`Nothing on this desk is called “${text}”. Scan it, or take in its file.`,
	notHere: (number: string) => `${number} is not on this desk`,
	notHereText:
		'It may belong to another customer, or be newer than the last sync. Its file can be taken in.',
	notYet: 'The first sync is still under way: it may come yet.',
	results: (count: number) => many(count, 'license'),
	all: (count: number) => `All ${n(count)} in Licenses`,
	request: (label: string) => `A request for ${label} that is not on this desk yet.`,
	requestUnnamed: 'a machine',
	openRequest: 'Open request',
	clear: 'Clear',
	holds: (count: number) => `This machine holds seats of ${many(count, 'license')}.`
};

export type LookupTexts = typeof lookupEn;
