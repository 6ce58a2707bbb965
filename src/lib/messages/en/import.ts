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
	checking: 'Checking files',
	answering: 'Answers from the server',
	piles: {
		damaged: 'Damaged',
		incomplete: 'Incomplete',
		elsewhere: 'For another server',
		foreign: 'Not from Keyferry',
		requests: 'Requests',
		returns: 'Returns',
		activations: 'Activation files',
		refusals: 'Refusals',
		receipts: 'Receipts',
		keys: 'License keys',
		trust: 'Trust',
		others: 'Other',
		known: 'Already imported',
		twice: 'Duplicates'
	},
	all: 'All',
	pilesLabel: 'Show only',
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
	clear: 'Clear the list',
	from: 'Machine or file',
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
	saveAgain: 'Save answers again',
	signedOut: 'Submitting needs somebody who is signed in. What is imported waits here.',
	offlineSubmit: 'Waits here and is sent automatically when there is a connection.',
	unverified: 'Its signatures do not lead to a trusted root key.',
	verified: 'Its signatures lead to a trusted root key.'
};

export type ImportTexts = typeof importEn;
