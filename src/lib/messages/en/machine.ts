/**
 * English: one machine of a license: its seat, its files, giving back and retiring.
 *
 * @module
 */
import { componentList } from '../words/components.ts';
import { day, many, n } from './phrases.ts';

export const machineEn = {
	active: (since: number) => `Has held a seat since ${day(since)}.`,
	ends: (at: number) => `Its activation file expires on ${day(at)}.`,
	cooling: (until: number) =>
		`Given back. Its seat is blocked until ${day(until)}, when its files expire.`,
	returned: 'Given back. Its seat is free.',
	retired: 'Retired: reported as gone. Its seat is free.',
	coolsUntil: (until: number) => `until ${day(until)}`,
	notFound: 'This machine is not on this device',
	notFoundText: 'It may belong to another account, or may not be synced yet.',
	newest: 'Latest file',
	newer: (label: string, generation: number) => `Newer file for ${label} (file ${generation})`,
	newerText: 'A newer file was signed. Carry it to the machine and load it there.',
	newerTitle: 'Newer files',
	newerCount: (count: number) => `${many(count, 'newer file')} to carry to machines.`,
	details: 'Details',
	changed: 'Changes',
	changedOf: (components: readonly string[]) => `Other ${componentList(components, 'en')}`,
	changedCounted: (at: number) =>
		`Since ${day(at)}. Counted as a replacement: its files name what is there now.`,
	changedUncounted: (at: number) =>
		`Shown on ${day(at)}. Not counted: its files keep what was there before.`,
	changedSome: 'Showed other components',
	twin: (label: string) => `Looks like the same machine as ${label}`,
	twinText: 'If they are one machine, it holds two seats: give one of them back.',
	seat: 'Seat',
	giveBack: 'Give the seat back',
	giveBackText: 'This device holds the machine key, so you can make the return here.',
	giveBackTitle: (label: string) => `Give back the seat of ${label}?`,
	giveBackProof:
		'Nothing here can prove that the machine has stopped using its seat, so the seat is not free at once.',
	coolsTo: (until: number) => `It is blocked until ${day(until)}, when the machine’s file expires.`,
	coolsDays: (days: number) =>
		`It is blocked for ${n(days)} days, or for as long as your vendor has set, because the machine’s file does not expire.`,
	giveBackDo: 'Give back',
	onMachine:
		'To free the seat at once, run “keyferry return” on the machine, or use Return in its product.',
	onMachineIf:
		'If the machine made its own request, run “keyferry return” on it, or use Return in its product: the seat is free at once. If an app made the request, only that app can give the seat back.',
	heldByApp:
		'An app made the request of this machine and holds its key. The seat can only be given back in that app.',
	heldOnly:
		'The machine cannot return it itself, because its key is in this app. If the machine is gone, a manager can retire it instead.',
	retire: 'This machine is gone',
	retireText: 'Destroyed, lost or stolen, so that nobody can give its seat back on it.',
	retireTitle: (label: string) => `Retire ${label}?`,
	retireRevoked:
		'Its activation goes on the revocation list, which travels with the next files of this license. This cannot be undone. To use the machine again, make a new request.',
	retireFree: (allowed: number) =>
		`The seat is free at once, as long as the yearly replacements last: usually ${n(allowed)} for this license.`,
	retireBeyondTo: (until: number) => `After that, it is blocked until ${day(until)}.`,
	retireBeyondDays: (days: number) =>
		`After that, it is blocked for ${n(days)} days, or for as long as your vendor has set.`,
	reason: 'What happened',
	reasonHint: 'For the audit trail, for example: disk and mainboard burnt, ticket 4711.',
	needReason: 'Enter what happened to the machine.',
	retireDo: (label: string) => `Retire ${label}`,
	retireOffline: 'Only online, because the server decides it at once.',
	retireRole: 'Only a manager of the organization can retire it.',
	freeNow: (label: string) => `${label} is retired. Its seat is free.`,
	coolsNow: (label: string, until: number) =>
		`${label} is retired. Its seat is blocked until ${day(until)}.`,
	openReturn: 'Open the return'
};

export type MachineTexts = typeof machineEn;
