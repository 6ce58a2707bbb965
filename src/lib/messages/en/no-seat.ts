/**
 * English: what can be done when no seat is free. Loaded with the screens that show it.
 *
 * @module
 */
import { day, moment, n } from './phrases.ts';

/** What the message to whoever manages the seats says. */
export type SeatFacts = {
	product?: string;
	number: string;
	seats: number;
	/** The machine that asks, and for whom. */
	machine?: string;
	name?: string;
	organization?: string;
	/** Who got a seat last, and when. */
	last?: { machine?: string; name: string; at: number };
	/** Of one machine only: it is asked to give its seat back. */
	holder?: { machine?: string; name: string; at: number };
};

export const noSeatEn = {
	title: 'No seat is free',
	/** @param time - `15:16`, of today. */
	lastTook: (machine: string, time: string) => `${machine} took the last one at ${time}`,
	lastTookOn: (machine: string, at: number) => `${machine} took the last one on ${moment(at)}`,
	freeAgain: (count: number) =>
		count === 1 ? 'A seat is free again' : `${n(count)} seats are free again`,
	freeAgainText: 'It was refused when none was free. Submit it again to get one.',
	again: 'Submit again',
	againText: 'Goes out at once, or with the next connection',
	allUsed: (seats: number) =>
		seats === 1
			? 'The only seat is in use.'
			: seats === 2
				? 'Both seats are in use.'
				: `All ${n(seats)} seats are in use.`,
	requestedBy: (name: string) => `Requested by ${name}.`,
	nextFree: (until: number) => `A blocked seat is free on ${day(until)} at the latest.`,
	unknownHolder: 'Members of the organization see who holds the seats once they sign in.',
	asOf: (at: number) => `As of the last sync, ${moment(at)}.`,
	live: 'Live from the server.',
	wait: {
		do: 'Wait for a seat',
		short: 'Granted automatically once one is free, for 30 days',
		withdrawShort: 'The request is refused again',
		signIn: 'Sign in to wait',
		signInText: 'The server keeps requests waiting for people it knows',
		sent: 'It starts waiting once it has reached the server.',
		until: (until: number) =>
			`It waits for a seat until ${day(until)} at most, and is granted automatically as soon as one is free. There is nothing else to do.`,
		withdraw: 'Stop waiting',
		withdrawn: 'It stops waiting once the server has been told.',
		inVain: 'It waited for 30 days and no seat became free. You can let it wait again.'
	},
	free: {
		title: 'Ask a holder',
		text: (count: number) =>
			count === 1 ? '1 machine holds a seat' : `${n(count)} machines hold seats`,
		retire: 'Retire a machine',
		manager: 'One that is gone; the others give their seats back themselves',
		since: (at: number) => `since ${day(at)}`,
		cools: (until: number) => `blocked until ${day(until)}`,
		ask: 'Ask for it back',
		askFor: (machine: string) => `Ask for it back: the seat of ${machine}`,
		more: (count: number) => `See all ${n(count)} machines`
	},
	manager: {
		title: 'Ask the manager',
		text: 'A message with the details, ready to send',
		mail: 'Email',
		share: 'Share',
		copy: 'Copy message',
		show: 'Show the message'
	},
	other: {
		title: 'Use another license of this product',
		free: (count: number) => (count === 1 ? '1 seat free' : `${n(count)} seats free`),
		do: 'Request',
		doWith: (number: string) => `Request with ${number}`,
		carried:
			'The machine signed this request for one license. For another one, it has to make a new request. On the machine, run',
		carriedThen: 'and import the new file here.'
	},
	message: {
		subject: ({ product, number }: SeatFacts) => `No free seat: ${product ?? number}`,
		body: ({ product, number, seats, machine, name, organization, last, holder }: SeatFacts) =>
			[
				holder ? `Hello ${holder.name},` : 'Hello,',
				'',
				holder
					? `${holder.machine ?? 'a machine'} has held a seat of ${product ?? 'a license'} (${number}) since ${day(holder.at)}. If it is no longer needed, please give it back: run “keyferry return” on the machine or use Return in the product; if an app made its request, give it back in that app.`
					: `an activation request found no free seat of ${product ?? 'a license'} (${number}): all ${n(seats)} are in use.`,
				'',
				`Waiting: ${[machine, name, organization].filter(Boolean).join(', ')}`,
				!holder &&
					last &&
					`Last seat: ${last.machine ?? 'a machine'}, ${last.name}, ${moment(last.at)}`,
				!holder && '',
				!holder && 'Can a seat be freed, or one be added?'
			]
				.filter((line) => line !== false && line !== undefined)
				.join('\n')
	}
};

export type NoSeatTexts = typeof noSeatEn;
