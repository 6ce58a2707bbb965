/**
 * English: the ends of licenses in a calendar, and where its address is made.
 *
 * @module
 */
import { day } from './phrases.ts';

export const calendarEn = {
	title: 'Calendar',
	file: {
		title: 'As a file',
		text: 'All ends that this device knows, for a calendar program to import. Works offline; imported again, the same entries move.',
		save: 'Save calendar file'
	},
	address: {
		title: 'As an address',
		text: 'A calendar program that subscribes to it follows your licenses by itself. Whoever has the address can read the ends, numbers and customers of your licenses, and nothing else.',
		none: 'No address has been made.',
		since: (at: number) => `An address is in use since ${day(at)}.`,
		once: 'Copy it now: it is shown only once.',
		label: 'Calendar address',
		make: 'Make an address',
		again: 'Make a new address',
		againText: 'The one from before stops working.',
		end: 'Turn off',
		ended: 'Turned off.'
	},
	calendar: {
		name: 'License ends',
		end: {
			expiry: (what: string) => `${what}: the license ends`,
			trial: (what: string) => `${what}: the trial ends`,
			maintenance: (what: string) => `${what}: maintenance ends`
		},
		of: (number: string, customer: string) => `${number}\n${customer}`
	}
};
