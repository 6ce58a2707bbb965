/**
 * English: the list of all activations.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const activationsEn = {
	title: 'Activations',
	count: (shown: number, all: number) =>
		shown === all ? many(all, 'activation') : `${n(shown)} of ${many(all, 'activation')}`,
	search: 'Search activations',
	searchHint: 'Machine, site, person, license',
	activate: 'Activate a machine',
	silence:
		'Machines without a network are silent until something of theirs reaches the server. That is normal.',
	column: {
		machine: 'Machine',
		site: 'Site',
		system: 'System',
		version: 'Version',
		product: 'Product',
		number: 'License',
		customer: 'Customer',
		who: 'Requested by',
		granted: 'Activated',
		by: 'Issued by',
		generation: 'File',
		end: 'File ends',
		heard: 'Last heard',
		state: 'Status'
	},
	by: { server: 'Server', offline: 'Offline' },
	filter: {
		all: 'All',
		active: 'Active',
		blocked: 'Blocked',
		'ends-30': 'Ends in 30 days',
		ended: 'File ended',
		'over-limit': 'Over the limit',
		offline: 'Issued offline',
		past: 'Given back'
	},
	emptyTitle: 'No activations yet',
	emptySignedOut: 'Sign in to see the machines of your organization.',
	emptySignedIn: 'No machine is activated yet.',
	noMatch: 'No matching activation',
	noMatchText: (text: string) => `No activation here matches “${text}”.`,
	noneInFilter: (filter: string) => `No activation here is in “${filter}”.`,
	describe: {
		do: 'Site and name',
		verb: 'Change',
		title: (count: number) => `Change site or name of ${many(count, 'machine')}`,
		text: 'Stored at once, and sent when the server can be reached. No file changes by it.',
		what: 'What changes',
		site: 'Site',
		name: 'Name',
		siteHint: 'Machines of one site are carried on one stick.',
		nameHint: '# is replaced by 1, 2, 3 …, as shown below.',
		numberMissing: 'Put a # into the name, or all of them are called the same.',
		becomes: (from: string, to: string) => `${from || '–'} → ${to || '–'}`,
		same: 'Nothing changes.',
		mayNot: 'Your role does not allow it.'
	},
	renew: {
		do: 'Renew licenses',
		files: (active: number) =>
			`${many(active, 'machine')} get${active === 1 ? 's' : ''} the next file`
	},
	retire: {
		title: (count: number) => `Retire ${many(count, 'machine')}`,
		do: 'Retire',
		text: 'For machines that are destroyed, lost or stolen. This cannot be undone.',
		quota: (number: string, left: number) =>
			`${number}: ${many(left, 'replacement')} left this year. So many seats are free at once.`,
		atOnce: 'Seat free at once',
		blockedUntil: (until: number) => `Seat blocked until ${day(until)}`,
		asking: 'Asking the server what becomes of the seats …',
		notActive: 'Holds no active seat.',
		tooMany: (most: number) => `At most ${n(most)} at a time.`
	}
};

export type ActivationsTexts = typeof activationsEn;
