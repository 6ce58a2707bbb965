/**
 * What asks for somebody's attention, the most pressing first, each with the list that shows it.
 * Nothing is said of what is not known yet: an all-clear least of all. [DK5]
 *
 * @module
 */
export type RequestNeeds = { drafts: number; queued: number; refused: number; waiting: number };

export type LicenseNeeds = {
	'over-limit': number;
	suspended: number;
	expired: number;
	'ends-30': number;
	full: number;
};

export type NeedKind =
	| 'refused'
	| 'drafts'
	| 'overLimit'
	| 'expired'
	| 'suspended'
	| 'ending'
	| 'full'
	| 'queued'
	| 'waiting';

export type Need = {
	kind: NeedKind;
	count: number;
	/** Arrives filtered. */
	href: string;
	tone: 'bad' | 'warn' | 'accent';
};

export type Needs = {
	items: Need[];
	/** Nothing needs attention, of all that there is. */
	isClear: boolean;
};

/**
 * @param requests - Of this desk; absent until they were counted.
 * @param licenses - Of all that there are; absent while some may be missing.
 * @param isAll - Whether there is nothing else to be known: nobody is signed in, or all is here.
 */
export function needsOf(
	requests: RequestNeeds | undefined,
	licenses: LicenseNeeds | undefined,
	isAll: boolean
): Needs {
	const inRequests = (state: string) => `#/requests?is=${state}`;
	const inLicenses = (filter: keyof LicenseNeeds) => `#/licenses?is=${filter}`;
	const all: Need[] = [
		{
			kind: 'refused',
			count: requests?.refused ?? 0,
			href: inRequests('refused'),
			tone: 'bad'
		},
		{
			kind: 'drafts',
			count: requests?.drafts ?? 0,
			href: inRequests('to-submit'),
			tone: 'accent'
		},
		{
			kind: 'overLimit',
			count: licenses?.['over-limit'] ?? 0,
			href: inLicenses('over-limit'),
			tone: 'bad'
		},
		{
			kind: 'expired',
			count: licenses?.expired ?? 0,
			href: inLicenses('expired'),
			tone: 'bad'
		},
		{
			kind: 'suspended',
			count: licenses?.suspended ?? 0,
			href: inLicenses('suspended'),
			tone: 'warn'
		},
		{
			kind: 'ending',
			count: licenses?.['ends-30'] ?? 0,
			href: inLicenses('ends-30'),
			tone: 'warn'
		},
		{ kind: 'full', count: licenses?.full ?? 0, href: inLicenses('full'), tone: 'warn' },
		{
			kind: 'queued',
			count: requests?.queued ?? 0,
			href: inRequests('waiting'),
			tone: 'accent'
		},
		{
			kind: 'waiting',
			count: requests?.waiting ?? 0,
			href: inRequests('waiting'),
			tone: 'accent'
		}
	];
	const items = all.filter(({ count }) => count > 0);
	return { items, isClear: items.length === 0 && requests !== undefined && isAll };
}
