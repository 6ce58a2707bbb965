/**
 * English: one license.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const licenseEn = {
	truth: (active: number, seats: number) =>
		active === 0
			? `Not activated on any of ${many(seats, 'machine')} yet.`
			: `Activated on ${n(active)} of ${many(seats, 'machine')}.`,
	maintenanceTruth: (until: number, now: number) =>
		until > now ? `Maintenance until ${day(until)}.` : `Maintenance ended on ${day(until)}.`,
	expiredTruth: (at: number) => `Expired on ${day(at)}.`,
	fullTruth: 'No seat is free.',
	coolingTruth: (count: number, until: number) =>
		count === 1
			? `1 seat cools until ${day(until)}.`
			: `${n(count)} seats cool, the first until ${day(until)}.`,
	movedTruth: (successor: string) =>
		`Moved to another customer, as ${successor}: nothing new is granted here, and what is activated stays so.`,
	suspendedTruth: 'Suspended: nothing new is granted.',
	waitingTruth: (count: number) => `${many(count, 'request')} waiting for the hub.`,
	terms: 'Terms',
	edition: 'Edition',
	versions: 'Versions',
	versionRange: (from: number, to: number) => (from === to ? `${from}.x` : `${from}.x to ${to}.x`),
	entitlements: 'Functions',
	clients: 'Clients per site server',
	virtual: 'Virtual machines',
	allowed: 'allowed',
	notAllowed: 'not allowed',
	given: 'Given fingerprints',
	contact: 'Contact',
	key: 'License key',
	keyText: 'Unlocks nothing alone: it is used to make an activation request.',
	noKey: 'The key is shown to those whose role needs it. The number is enough to make a request.',
	machines: 'Machines',
	noMachines: 'No machine is activated',
	noMachinesText: 'Make a request for the first one. It can be carried in any direction.',
	gone: (count: number) => `No longer here: ${many(count, 'machine')}`,
	machine: 'Machine',
	by: 'Asked by',
	since: 'Since',
	requests: 'Requests from this desk',
	notFound: 'This license is not on this desk',
	notFoundText: 'It may belong to another account, or it has not been synced yet.',
	thisMachine: 'The machine that was meant',
	moreMachines: (count: number) => many(count, 'more machine')
};

export type LicenseTexts = typeof licenseEn;
