/**
 * English: one machine of a license: its seat, its files, giving back and retiring.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const machineEn = {
	active: (since: number) => `Holds a seat since ${day(since)}.`,
	ends: (at: number) => `Its file ends on ${day(at)}.`,
	cooling: (until: number) =>
		`Given back. Its seat cools until ${day(until)}, when its files have ended.`,
	returned: 'Given back. Its seat is free.',
	retired: 'Retired: reported as gone. Its seat is free.',
	coolsUntil: (until: number) => `until ${day(until)}`,
	notFound: 'This machine is not on this desk',
	notFoundText: 'It may belong to another account, or it has not been synced yet.',
	newest: 'Newest file',
	newer: (label: string, generation: number) => `A newer file for ${label} (file ${generation})`,
	newerText: 'The license was renewed. Carry the file to the machine and load it there.',
	newerTitle: 'Newer files',
	newerCount: (count: number) => `${many(count, 'newer file')} to carry to machines.`,
	details: 'What is known of it',
	seat: 'Its seat',
	giveBack: 'Give the seat back',
	giveBackText: 'The machine key is on this desk, so the return can be made here.',
	giveBackTitle: (label: string) => `Give back the seat of ${label}?`,
	giveBackProof:
		'Nobody can prove from here that the machine stopped using it. So the seat is not free at once.',
	coolsTo: (until: number) => `It cools until ${day(until)}, when the file of the machine ends.`,
	coolsDays: (days: number) =>
		`It cools for ${n(days)} days, or as long as your vendor has set, because the file of the machine has no end.`,
	giveBackDo: 'Give back',
	onMachine:
		'To give it back with the seat free at once, run “keyferry return” on the machine, or Return in its product.',
	retire: 'This machine is gone',
	retireText: 'Burnt, lost or stolen: nobody can give its seat back on it.',
	retireTitle: (label: string) => `Retire ${label}?`,
	retireRevoked:
		'Its activation goes on the revocation list, which travels with the next files of this license. This cannot be undone; the machine would need a new request.',
	retireFree: (allowed: number) =>
		`The seat is free at once, as far as the replacements of a year go: usually ${n(allowed)} for this license.`,
	retireBeyondTo: (until: number) => `Beyond that it cools until ${day(until)}.`,
	retireBeyondDays: (days: number) =>
		`Beyond that it cools for ${n(days)} days, or as long as your vendor has set.`,
	reason: 'What happened',
	reasonHint: 'For the audit, for example: disk and board burnt, ticket 4711.',
	needReason: 'Write what happened to the machine.',
	retireDo: (label: string) => `Retire ${label}`,
	retireOffline: 'Only online: the hub decides it at once.',
	retireRole: 'A manager of the organization can retire it.',
	freeNow: (label: string) => `${label} is retired. Its seat is free.`,
	coolsNow: (label: string, until: number) =>
		`${label} is retired. Its seat cools until ${day(until)}.`,
	openReturn: 'Open the return'
};

export type MachineTexts = typeof machineEn;
