/**
 * English: one license.
 *
 * @module
 */
import { day, many, n, relative } from './phrases.ts';

export const licenseEn = {
	truth: (active: number, seats: number) =>
		active === 0
			? seats === 1
				? 'Not activated yet.'
				: `Not activated on any of ${many(seats, 'machine')} yet.`
			: `Activated on ${n(active)} of ${many(seats, 'machine')}.`,
	maintenanceTruth: (until: number, now: number) =>
		until > now
			? `Maintenance until ${day(until)}.`
			: `Maintenance ended ${relative(until, now)}, on ${day(until)}: versions released after that day may not be activated.`,
	expiredTruth: (at: number, now: number, worksUntil?: number) =>
		worksUntil !== undefined && worksUntil > now
			? `Ended ${relative(at, now)}, on ${day(at)}; activated machines work until ${day(worksUntil)}, with a warning.`
			: `Expired ${relative(at, now)}, on ${day(at)}.`,
	grace: 'Grace after its end',
	graceDays: (days: number) => many(days, 'day'),
	renew: 'Renew',
	print: 'Print',
	fullTruth: 'No seats are free.',
	coolingTruth: (count: number, until: number) =>
		count === 1
			? `1 seat is blocked until ${day(until)}.`
			: `${n(count)} seats are blocked, the first until ${day(until)}.`,
	movedTruth: (successor: string) =>
		`Moved to another customer as ${successor}. Nothing new is granted here; existing activations stay valid.`,
	trialTruth: (days: number, end: number | undefined, now: number) => {
		if (end === undefined) return `Trial: ${many(days, 'day')} from the first activation on.`;
		const left = Math.ceil((end - now) / 86_400);
		return left > 0 ? `Trial, ${many(left, 'day')} left.` : 'The trial is over.';
	},
	trialBegins: (days: number) => `${many(days, 'day')} after the first activation`,
	upgradedTruth: (number: string) =>
		`Upgraded: license ${number} is for newer versions. This one keeps working for its own.`,
	upgradeTruth: (number: string) => `An upgrade of ${number}.`,
	suspendedTruth: 'Suspended: nothing new is granted.',
	waitingTruth: (count: number) => `${many(count, 'request')} waiting for the server.`,
	terms: 'Terms',
	edition: 'Edition',
	versions: 'Versions',
	versionRange: (from: number, to: number) => (from === to ? `${from}` : `${from} to ${to}`),
	entitlements: 'Features',
	clients: 'Clients per site server',
	virtual: 'Virtual machines',
	allowed: 'allowed',
	notAllowed: 'not allowed',
	given: 'Manual fingerprints',
	contact: 'Contact',
	purchase: 'Purchase ID',
	purchaseLine: 'Order line',
	copyPurchase: 'Copy purchase ID',
	key: 'License key',
	keyText: 'A key alone unlocks nothing. Use it to make an activation request.',
	keyComing: 'The key is still being read from the server.',
	noKey: 'Only roles that need the key can see it. The number is enough to make a request.',
	moveOwn: 'Move to another organization of yours',
	machines: 'Machines',
	downloads: 'Downloads',
	noMachines: 'No machines activated yet',
	noMachinesText:
		'Make a request for the first one, then carry it as a file, as a QR code or by sharing it.',
	searchMachines: 'Search the machines of this license',
	searchMachinesHint: 'Name, site, requested by',
	sortMachines: 'Sort machines by',
	machineOrder: { label: 'Name', newest: 'Newest', site: 'Site' },
	machineCount: (found: number, all: number) =>
		found === all ? many(all, 'machine') : `${n(found)} of ${many(all, 'machine')}`,
	noMachineMatch: (text: string) => `No machine matches “${text}”.`,
	clearSearch: 'Clear search',
	showAll: (count: number) => `Show all ${n(count)}`,
	loadingFirst: 'This license may still be on its way: the first sync is not finished.',
	gone: (count: number) => `No longer active: ${many(count, 'machine')}`,
	machine: 'Machine',
	by: 'Requested by',
	since: 'Since',
	requests: 'Requests from this device',
	notFound: 'This license is not on this device',
	notFoundText: 'It may belong to another account, or may not be synced yet.',
	thisMachine: 'The machine you searched for',
	moreMachines: (count: number) => many(count, 'more machine')
};

export type LicenseTexts = typeof licenseEn;
