/**
 * English: requests, and what to do next with each.
 *
 * @module
 */
import { day, many, moment, n } from './phrases.ts';

/** Unix seconds: when the answer was saved, until when the seat is blocked. */
export type NextTimes = { saved: number; until: number };

export const requestsEn = {
	title: 'Requests',
	/** What lies where, in one sentence; nothing of what is not there. */
	truth: (counts: Record<'to-submit' | 'waiting' | 'to-carry' | 'refused', number>) =>
		[
			counts['to-carry'] > 0 && `${many(counts['to-carry'], 'answer')} to carry back`,
			counts['to-submit'] > 0 && `${n(counts['to-submit'])} to submit`,
			counts.waiting > 0 && `${n(counts.waiting)} waiting`,
			counts.refused > 0 && `${n(counts.refused)} refused`
		]
			.filter(Boolean)
			.join(' · '),
	group: {
		all: 'All',
		'to-submit': 'To submit',
		waiting: 'Waiting',
		'to-carry': 'To carry back',
		refused: 'Refused',
		done: 'Done'
	},
	/** What an empty pile says. */
	noneIn: {
		'to-submit': 'Nothing to submit',
		waiting: 'Nothing is waiting',
		'to-carry': 'Nothing to carry back',
		refused: 'Nothing was refused',
		done: 'Nothing is done yet'
	},
	noMatch: (text: string) => `No request matches “${text}”`,
	noMatchText: 'Requests are found by machine, product, license number, customer and name.',
	showAll: 'Show all requests',
	search: 'Search requests',
	searchHint: 'Machine, product, customer …',
	column: {
		machine: 'Machine',
		kind: 'Kind',
		product: 'Product',
		number: 'License',
		customer: 'Customer',
		who: 'Requested by',
		system: 'System',
		version: 'Version',
		when: 'Created',
		answered: 'Answered',
		saved: 'Saved',
		state: 'Status'
	},
	saveRequests: (count: number) => `Save ${many(count, 'request')}`,
	savedRequests: (count: number) => `${many(count, 'request')} saved.`,
	submitted: (count: number) => `${n(count)} queued for the server.`,
	elsewhere: {
		title: 'From another device',
		count: (count: number) =>
			count === 1
				? '1 answer in your name came through another device:'
				: `${n(count)} answers in your name came through another device:`,
		more: (count: number) => `${n(count)} more`,
		save: (count: number): string => (count === 1 ? 'Save it here' : 'Save them here'),
		dismiss: 'Not needed here'
	},
	bulk: {
		save: 'Save answers',
		submit: 'Submit',
		remove: 'Remove',
		saveTitle: 'Save answers',
		submitTitle: 'Submit requests',
		removeTitle: 'Remove requests',
		removeText:
			'Requests that were never submitted are removed from this device, with the machine keys that were made for them.',
		saveText: 'All answers are saved as one file, to be carried back.',
		submitText: 'They go to the server now, or as soon as there is a connection.',
		change: { save: 'Is saved', submit: 'Is submitted', remove: 'Is removed' },
		skip: {
			unanswered: 'Not answered yet',
			underway: 'On its way already',
			settled: 'Answered already',
			'sign-in': 'Only after signing in',
			left: 'Has left this device, so it stays'
		},
		undo: 'Undo',
		undone: (count: number) => `${many(count, 'request')} restored.`,
		removed: (count: number) => `${many(count, 'request')} removed.`
	},
	emptyTitle: 'No requests yet',
	emptyText: 'Make one for a machine, or import request files that someone brought here.',
	submitAll: (count: number) => `Submit ${n(count)}`,
	answered: 'Answered',
	savedRequest: 'Request saved',
	savedAnswer: 'Answer saved',
	fileName: 'File name',
	notFound: 'This request is not on this device',
	notFoundText: 'Import its file to see its status.',
	/** What happens next with one of them, or what somebody has to do. */
	next: {
		submit: () => 'Submit it. It is sent at once, or as soon as there is a connection.',
		submitOrSave: () => 'Submit it from here, or carry the file to someone who is online.',
		saveOrWait: () =>
			'Save it and carry the file to someone who is online. Submitted here, it waits for a connection.',
		save: () => 'Save it and carry the file to someone who is signed in, or sign in here.',
		oneFile: () => 'Carry the file to someone who can reach the server.',
		queued: () => 'It is sent automatically, and the answer appears here.',
		queuedSignIn: () => 'It is sent as soon as you are signed in and online.',
		answerComing: () => 'The server has granted it. The answer comes with the next sync.',
		granted: () => 'Carry the answer back to the machine and load it there.',
		saved: ({ saved }: NextTimes) =>
			`The answer was saved here on ${moment(saved)}. Load it on the machine.`,
		seatGone: () => 'Its seat is no longer held: it was given back, or the machine was retired.',
		refused: () => 'Carry the refusal back, so that nobody there waits for an answer.',
		refusedHere: () => 'Nothing was granted.',
		waiting: () => 'No seat is free. It is granted automatically as soon as one is.',
		waitingCarry: () =>
			'No seat is free. It is granted automatically as soon as one is; carry the refusal back, so that nobody there wonders.',
		returned: () => 'The seat is free. Carry the receipt back and load it on the machine.',
		cooling: ({ until }: NextTimes) =>
			`The seat is blocked until ${day(until)}. Carry the receipt back and load it on the machine.`,
		receipt: () => 'The server has recorded it. Carry the receipt back and load it on the machine.',
		returnRefused: () => 'Nothing was given back.'
	},
	nextReturnHeld:
		'A device holds its machine key, so the seat is blocked for a while before it is free.',
	submitAgain: 'Submit again',
	heldByDesk: 'This device holds the machine key of this request.'
};

export type RequestsTexts = typeof requestsEn;
