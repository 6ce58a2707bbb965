/**
 * English: the screen Import and its table.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const importEn = {
	title: 'Import',
	truth:
		'Requests, returns, answers and keys that were carried here. You see what each one is before anything is done with it.',
	reading: 'Reading files',
	found: (count: number) => `${many(count, 'item')} found.`,
	totals: {
		requests: (count: number) => many(count, 'request'),
		activations: (count: number) => many(count, 'activation file'),
		refusals: (count: number) => many(count, 'refusal'),
		returns: (count: number) => many(count, 'return'),
		receipts: (count: number) => many(count, 'receipt'),
		keys: (count: number) => many(count, 'license key'),
		trust: (count: number) => many(count, 'trust file'),
		foreign: (count: number) => `${n(count)} not from Keyferry`,
		known: (count: number) => `${n(count)} already imported`,
		others: (count: number) => `${n(count)} other`,
		elsewhere: (count: number) => `${n(count)} for another server`,
		damaged: (count: number) => `${n(count)} damaged`,
		incomplete: (count: number) => `${n(count)} incomplete`,
		twice: (count: number) => many(count, 'duplicate')
	},
	submit: (count: number) => `Submit ${n(count)}`,
	keep: (count: number) => `Import ${n(count)}`,
	kept: (count: number) => `${many(count, 'item')} imported.`,
	submitted: (count: number) => `${n(count)} queued for the server.`,
	gives: (label: string) => `Gives back the seat of ${label}.`,
	givesHeld: (label: string) =>
		`Gives back the seat of ${label}. A device holds its key, so the seat is blocked for a while.`,
	seatFree: 'The seat is free.',
	seatCools: (until: number) => `The seat is blocked until ${day(until)}.`,
	answersTo: (label: string) => `Answers the request for ${label}.`,
	source: 'Source',
	pastedText: 'Pasted text',
	machineForget: 'Forget this machine',
	machineKnown: (parts: string) => `Compared with this machine: ${parts}.`,
	submitting: 'Submitting',
	clear: 'Clear the list',
	file: 'File',
	what: 'Type',
	forWhom: 'For',
	result: 'Result',
	thisMachine: 'this machine',
	otherMachine: 'another machine',
	differ: (components: string) => `Different: ${components}.`,
	same: (components: string) => `The same: ${components}.`,
	keptOn: 'It is stored here so that you can carry it on.',
	compare: 'Is it for this machine?',
	compareHint:
		'Paste the code that “keyferry fingerprint” prints here. The table then says which machine each answer is for, and what differs.',
	offlineSubmit: 'Waits here and is sent automatically when there is a connection.',
	unverified: 'Its signatures do not lead to a trusted root key.',
	verified: 'Its signatures lead to a trusted root key.'
};

export type ImportTexts = typeof importEn;
