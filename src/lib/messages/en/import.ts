/**
 * English: the screen Import and its table.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const importEn = {
	title: 'Take in',
	truth:
		'Whatever was carried here: requests, returns, answers, keys. Each is read and shown before anything is done with it.',
	reading: 'Reading files',
	found: (count: number) => `${many(count, 'thing')} came in.`,
	totals: {
		requests: (count: number) => many(count, 'request'),
		activations: (count: number) => many(count, 'activation file'),
		refusals: (count: number) => many(count, 'refusal'),
		returns: (count: number) => many(count, 'return'),
		receipts: (count: number) => many(count, 'receipt'),
		keys: (count: number) => many(count, 'license key'),
		trust: (count: number) => many(count, 'trust file'),
		foreign: (count: number) => `${n(count)} not from Keyferry`,
		known: (count: number) => `${n(count)} here already`,
		others: (count: number) => `${n(count)} other`,
		elsewhere: (count: number) => `${n(count)} for another hub`,
		damaged: (count: number) => `${n(count)} damaged`,
		incomplete: (count: number) => `${n(count)} incomplete`,
		twice: (count: number) => `${n(count)} twice`
	},
	submit: (count: number) => `Submit ${n(count)}`,
	keep: (count: number) => `Keep ${n(count)}`,
	kept: (count: number) => `${many(count, 'file')} kept on this desk.`,
	submitted: (count: number) => `${n(count)} in the queue for the hub.`,
	gives: (label: string) => `Gives back the seat of ${label}.`,
	givesHeld: (label: string) =>
		`Gives back the seat of ${label}. Its key is on a desk, so the seat cools.`,
	seatFree: 'The seat is free.',
	seatCools: (until: number) => `The seat cools until ${day(until)}.`,
	answersTo: (label: string) => `Answers the request for ${label}.`,
	source: 'From',
	pastedText: 'Pasted text',
	machineForget: 'Forget this machine',
	machineKnown: (parts: string) => `Compared with this machine: ${parts}.`,
	submitting: 'Submitting',
	clear: 'Clear the table',
	file: 'File',
	what: 'What it is',
	forWhom: 'For',
	result: 'Result',
	thisMachine: 'this machine',
	otherMachine: 'another machine',
	differ: (components: string) => `Different: ${components}.`,
	same: (components: string) => `The same: ${components}.`,
	keptOn: 'It is kept here to be carried on.',
	compare: 'Is it for this machine?',
	compareHint:
		'Paste the code that “keyferry fingerprint” prints here: the table then says for whom each answer is, and what differs.',
	offlineSubmit: 'Waits here and goes by itself when there is a connection.',
	unverified: 'Its signatures could not be followed to a trusted root.',
	verified: 'Its signatures lead to a trusted root.'
};

export type ImportTexts = typeof importEn;
