/**
 * English: requests, and what to do next with each.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const requestsEn = {
	title: 'Requests',
	truth: (waiting: number, granted: number, refused: number, forSeat: number) =>
		[
			waiting > 0 && `${many(waiting, 'request')} waiting for the server`,
			granted > 0 && `${n(granted)} granted`,
			refused > 0 && `${n(refused)} refused`,
			forSeat > 0 && `${n(forSeat)} waiting for a seat`
		]
			.filter(Boolean)
			.join(', ') + '.',
	truthDrafts: (count: number) => `${many(count, 'request')} not submitted yet.`,
	emptyTitle: 'No requests yet',
	emptyText: 'Make one for a machine, or import request files that someone brought here.',
	submitAll: (count: number) => `Submit ${n(count)}`,
	imported: 'Imported',
	answered: 'Answered',
	origin: { made: 'Made on this device', taken: 'Imported' },
	fileName: 'File name',
	notFound: 'This request is not on this device',
	notFoundText: 'Import its file to see its status.',
	nextDraft: 'Submit it from here, or carry the file to someone who is online.',
	nextQueued: 'It is sent automatically as soon as there is a connection.',
	nextQueuedSignIn: 'It is sent as soon as you are signed in and online.',
	nextGranted: 'Carry the answer back to the machine and load it there.',
	nextReturned: 'The seat is free. Carry the receipt back and load it on the machine.',
	nextCooling: (until: number) =>
		`The seat is blocked until ${day(until)}. Carry the receipt back and load it on the machine.`,
	nextReceipt: 'The server has recorded it. Carry the receipt back and load it on the machine.',
	nextReturnRefused: 'Nothing was given back.',
	nextReturnHeld:
		'A device holds its machine key, so the seat is blocked for a while before it is free.',
	givenBack: 'The seat of this request was given back.',
	nextRefused: 'Carry the refusal back too, so that nobody there waits for an answer.',
	nextWaiting: 'Refused because no seat is free. It is granted automatically as soon as one is.',
	nextOneFile: 'Carry the file to someone who can reach the server.',
	submitAgain: 'Submit again',
	heldByDesk: 'This device holds the machine key of this request.'
};

export type RequestsTexts = typeof requestsEn;
