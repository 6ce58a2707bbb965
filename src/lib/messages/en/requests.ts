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
			waiting > 0 && `${many(waiting, 'request')} waiting for the hub`,
			granted > 0 && `${n(granted)} granted`,
			refused > 0 && `${n(refused)} refused`,
			forSeat > 0 && `${n(forSeat)} waiting for a seat`
		]
			.filter(Boolean)
			.join(', ') + '.',
	truthDrafts: (count: number) => `${many(count, 'request')} not submitted yet.`,
	emptyTitle: 'No requests yet',
	emptyText: 'Make one for a machine, or take in request files that somebody carried here.',
	submitAll: (count: number) => `Submit ${n(count)}`,
	imported: 'Taken in',
	answered: 'Answered',
	origin: { made: 'Made on this desk', taken: 'Carried here' },
	fileName: 'File name',
	notFound: 'This request is not on this desk',
	notFoundText: 'Take in its file to see where it stands.',
	nextDraft: 'Submit it from here, or carry the file to someone who is online.',
	nextQueued: 'It goes to the hub by itself as soon as there is a connection.',
	nextQueuedSignIn: 'It goes to the hub as soon as you are signed in and online.',
	nextGranted: 'Carry the answer back to the machine and load it there.',
	nextReturned: 'The seat is free. Carry the receipt back and load it on the machine.',
	nextCooling: (until: number) =>
		`The seat cools until ${day(until)}. Carry the receipt back and load it on the machine.`,
	nextReceipt: 'The hub has recorded it. Carry the receipt back and load it on the machine.',
	nextReturnRefused: 'Nothing was given back.',
	nextReturnHeld: 'Its machine key is on a desk, so the seat cools before it is free.',
	givenBack: 'The seat of this request was given back.',
	nextRefused: 'Carry the refusal back too, so that nobody inside waits for an answer.',
	nextWaiting: 'Refused for want of a seat; granted by itself as soon as one is free.',
	nextOneFile: 'Carry the file out to someone who reaches the hub.',
	submitAgain: 'Submit again',
	heldByDesk: 'The machine key of this request is on this desk.'
};

export type RequestsTexts = typeof requestsEn;
