/**
 * English: the screen that attaches licenses.
 *
 * @module
 */
import type { Role } from '#lib/domain/access.ts';
import { many, moment } from './phrases.ts';

export const attachEn = {
	title: 'Attach licenses',
	truth: 'See what was bought with another address, by a code that is mailed to that address.',
	signIn: 'Sign in or register to attach licenses.',
	signInText: 'You come back to this page.',
	ask: '1. Ask for codes',
	things: 'Purchase IDs, license numbers or license keys',
	thingsHint: 'One per line.',
	files: 'Add files',
	needThing: 'Enter at least one.',
	withoutLicense: (file: string) => `There is no license in “${file}”.`,
	tooMany: (limit: number) => `At most ${limit} at once.`,
	send: 'Mail the codes',
	asked: 'If these are known, a code was sent to the address of each.',
	askedUntil: (until: number) =>
		`The mail says who asks. Its code works until ${moment(until)}, in your account alone. An address gets a few codes an hour.`,
	gone: 'Nobody reads that mail any more? Ask the vendor to change the address.',
	yours: (things: string) => `Already yours: ${things}`,
	enter: '2. Enter the codes',
	codes: 'Codes from the mail',
	codesHint: 'Eight digits each, one per line.',
	needCode: 'Enter the eight digits of a code.',
	attach: 'Attach',
	attached: (customers: number) => `${many(customers, 'organization')} attached.`,
	isNew: (role: Role) => `You belong to it now as ${as[role]}. Its owners were told by mail.`,
	isFirst: 'You are its owner now.',
	isOld: (role: Role) => `You belonged to it already, as ${as[role]}.`,
	count: (count: number) => many(count, 'license'),
	open: 'Show licenses',
	move: {
		title: 'Move a license',
		truth: (number: string) =>
			`${number} was never used, so it can go to another organization of yours.`,
		notTwo: 'You own no other organization that it could go to.',
		unknown: 'This device knows no such license.',
		to: 'Organization',
		text: 'It keeps its number and gets a new key: the old key proves nothing any more. People of the other organization see it, those of this one do not.',
		do: 'Move the license',
		done: (number: string, place: string) => `${number} belongs to ${place} now.`
	},
	offline: 'There is no connection right now.'
};

const as: Record<Role, string> = {
	viewer: 'a viewer',
	technician: 'a technician',
	manager: 'a license manager',
	owner: 'an owner'
};

export type AttachTexts = typeof attachEn;
