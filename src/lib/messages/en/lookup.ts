/**
 * English: the screen Lookup.
 *
 * @module
 */
import { many, n } from './phrases.ts';

export const lookupEn = {
	title: 'Find a license',
	search: 'Number or machine',
	searchLabel: 'Search',
	recent: 'Recently viewed',
	first: 'Licenses',
	machines: (count: number) => many(count, 'machine'),
	emptyTitle: 'Nothing on this device yet',
	emptySignedOut: 'Sign in to see your organization’s licenses, or import a license key.',
	emptyVendor:
		'Licenses of customers that you keep for offline use are shown here. All licenses are under Vendor.',
	emptySignedIn: 'This account has no licenses yet. Import a license key, or contact your vendor.',
	none: 'No matches on this device',
	noneText: (text: string) => `Nothing here matches “${text}”. Scan its code or import its file.`,
	notHere: (number: string) => `${number} is not on this device`,
	notHereText:
		'It may belong to another customer, or be newer than the last sync. You can import its file.',
	notYet: 'The first sync is still running, so it may still appear.',
	wrong: 'One character is off',
	wrongText: (number: string, near: number) => {
		if (near === 0)
			return `${number} is not a license number: its last character does not fit the others. Compare it with your source.`;
		return `${number} is not a license number. Did you mean ${near === 1 ? 'this one' : 'one of these'}?`;
	},
	results: (count: number) => many(count, 'license'),
	resultsBoth: (machines: number, licenses: number) =>
		[machines && many(machines, 'machine'), licenses && many(licenses, 'license')]
			.filter(Boolean)
			.join(', '),
	all: (count: number) => `Show all ${n(count)} in Licenses`,
	request: (label: string) => `A request for ${label} that is not imported yet.`,
	requestUnnamed: 'a machine',
	openRequest: 'Open request',
	clear: 'Clear',
	holds: (count: number) => `This machine holds seats of ${many(count, 'license')}.`
};

export type LookupTexts = typeof lookupEn;
