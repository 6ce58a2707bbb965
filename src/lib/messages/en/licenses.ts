/**
 * English: the list of licenses.
 *
 * @module
 */
import * as wording from '../words/wording.ts';
import { day, many, n } from './phrases.ts';

type End = { what: 'expiry' | 'maintenance'; isPast: boolean };

export const licensesEn = {
	title: 'Licenses',
	count: (shown: number, all: number) =>
		shown === all ? many(all, 'license') : `${n(shown)} of ${many(all, 'license')}`,
	search: 'Search licenses',
	summary: 'Summary',
	searchHint: 'Number, product, customer, machine',
	order: {
		urgency: 'Urgency',
		number: 'Number',
		product: 'Product',
		customer: 'Customer',
		edition: 'Edition',
		free: 'Free seats',
		seats: 'Seats',
		next: 'Next date',
		maintenance: 'Maintenance until',
		expiry: 'Expiry',
		activated: 'Activated',
		state: 'Status'
	},
	column: {
		product: 'Product',
		number: 'Number',
		customer: 'Customer',
		edition: 'Edition',
		seats: 'Seats',
		next: 'Next date',
		maintenance: 'Maintenance',
		expiry: 'Expires',
		activated: 'Activated',
		state: 'Status'
	},
	usedSeats: 'Seats in use',
	filter: {
		all: 'All',
		attention: 'Needs attention',
		full: 'Full',
		'ends-30': 'Ends in 30 days',
		'ends-60': '60 days',
		'ends-90': '90 days',
		expired: 'Expired',
		unused: 'Unused',
		'over-limit': 'Over the limit',
		suspended: 'Suspended'
	},
	/** What stands before the day. */
	end: ({ what, isPast }: End): string =>
		what === 'expiry'
			? isPast
				? 'Expired'
				: 'Expires'
			: isPast
				? 'Maintenance ended'
				: 'Maintenance',
	noEnd: 'No end',
	endsSoon: 'Ends soon',
	ends: (at: number, now: number) => `Ends ${wording.relativeDay(at, now, 'en')}`,
	andMore: (count: number) => `+${n(count)}`,
	emptyTitle: 'No licenses yet',
	attach: 'Attach licenses',
	emptySignedOut: 'Sign in to see your organization’s licenses, or import a license key.',
	emptyVendor:
		'Licenses of customers that you keep for offline use are shown here. All licenses are under Vendor.',
	emptySignedIn:
		'This account has no licenses yet. Attach them by purchase ID or number, import a license key, or contact your vendor.',
	noMatch: 'No matching license',
	noMatchText: (text: string) =>
		`Nothing here matches “${text}”. You can leave out KF and the dashes of a number.`,
	noneInFilter: (filter: string) => `No license here is in “${filter}”.`,
	noMatchInFilter: (text: string, filter: string) => `Nothing in “${filter}” matches “${text}”.`,
	oneOff: 'One character is off',
	oneOffText: (text: string) =>
		`“${text}” is not a license number: its check character does not fit.`,
	oneOffNear: 'Here and almost the same:',
	notHere: (number: string) => `${number} is not on this device`,
	notHereSignedIn: 'The number is correct, but none of your organizations’ licenses here has it.',
	notHereSignedOut: 'The number is correct. Sign in to see your organization’s licenses.',
	soFar: 'Not found so far',
	soFarText: 'The first sync is still running: it may still appear.',
	clearFilter: 'Clear filter',
	clear: 'Clear search',
	keysOnly: 'License keys on this device',
	exportCsv: 'Export CSV',
	exported: (count: number) => `${many(count, 'license')} exported.`,
	bulk: {
		renew: 'Renew',
		renewTitle: (count: number) => `Renew ${many(count, 'license')}`,
		suspend: 'Suspend',
		suspendTitle: (count: number) => `Suspend ${many(count, 'license')}`,
		suspendText:
			'New activations and renewals are refused until the licenses are resumed. Activated machines keep working until their files end.',
		resume: 'Resume',
		resumeTitle: (count: number) => `Resume ${many(count, 'license')}`,
		resumeText: 'Activations are granted again.',
		keys: 'Save keys',
		keysTitle: (count: number) => `Save the keys of ${many(count, 'license')}`,
		keysText: 'One .zip with a file for each license, named by its number.',
		keysCount: (count: number) => many(count, 'key'),
		keysDo: 'Save keys',
		which: 'What is renewed',
		ends: {
			both: 'Both ends',
			maintainedUntil: 'Maintenance',
			expiresAt: 'Expiry'
		},
		until: 'Until',
		year: 'One year more each',
		date: 'A day for all',
		day: 'Day',
		dayMissing: 'Choose a day.',
		renewText: 'Each activated machine gets its next file. Ends are made later, never earlier.',
		change: {
			suspend: 'Will be suspended',
			resume: 'Will be resumed',
			keys: 'Key is on this device'
		},
		newEnd: (what: 'maintainedUntil' | 'expiresAt', from: number, to: number) =>
			`${what === 'expiresAt' ? 'Expires' : 'Maintenance until'} ${day(to)} instead of ${day(from)}`,
		skip: {
			mayNot: 'Your role does not allow this.',
			moved: 'Moved to another license.',
			suspended: 'Suspended.',
			notSuspended: 'Not suspended.',
			noEnd: 'Has no such end.',
			longer: 'Runs longer already.',
			noKey: 'Its key is not on this device.',
			keyComing: 'Its key is still being read from the server.'
		}
	}
};

export type LicensesTexts = typeof licensesEn;
