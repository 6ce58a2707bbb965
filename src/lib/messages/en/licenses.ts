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
	emptyTitle: 'No licenses here yet',
	emptySignedOut: 'Sign in to see the licenses of your organization, or take in a license key.',
	emptySignedIn: 'This account has no licenses yet. Take in a license key, or ask your vendor.',
	noMatch: 'No license matches',
	noMatchText: (text: string) =>
		`Nothing here is called “${text}”. A number may leave out KF and dashes.`,
	clear: 'Clear search',
	choose: 'Choose a license on the left. The arrow keys walk through the list.',
	keysOnly: 'License keys on this desk'
};

export type LicensesTexts = typeof licensesEn;
