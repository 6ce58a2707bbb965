/**
 * English: the list of licenses.
 *
 * @module
 */
import { many, n } from './phrases.ts';

export const licensesEn = {
	title: 'Licenses',
	count: (shown: number, all: number) =>
		shown === all ? many(all, 'license') : `${n(shown)} of ${many(all, 'license')}`,
	search: 'Search licenses',
	searchHint: 'Number, product, customer',
	sort: 'Sort by',
	sortNumber: 'Number',
	sortProduct: 'Product',
	sortCustomer: 'Customer',
	sortExpiry: 'Expiry',
	sortFree: 'Free seats',
	ascending: 'Ascending',
	descending: 'Descending',
	emptyTitle: 'No licenses yet',
	emptySignedOut: 'Sign in to see your organization’s licenses, or import a license key.',
	emptySignedIn: 'This account has no licenses yet. Import a license key, or contact your vendor.',
	noMatch: 'No matching license',
	noMatchText: (text: string) =>
		`Nothing here matches “${text}”. You can leave out KF and the dashes of a number.`,
	clear: 'Clear search',
	choose: 'Select a license on the left. The arrow keys move through the list.',
	keysOnly: 'License keys on this device'
};

export type LicensesTexts = typeof licensesEn;
