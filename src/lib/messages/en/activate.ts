/**
 * English: the three steps that make a request, and what comes after.
 *
 * @module
 */
import { many, n } from './phrases.ts';

export const activateEn = {
	title: 'Activate a machine',
	truth:
		'Three steps make a request. The server’s answer to it unlocks the product on the machine.',
	startOver: 'Start over',
	change: 'Change',
	goOn: 'Continue',
	goOnAnyway: 'Continue anyway',
	optional: 'optional',
	kept: 'Kept on this device until the request is made.',

	license: 'License',
	licenseLater: 'Which license the machine is to use',
	key: 'License key or number',
	keyHint: 'Search your licenses, type the number, or paste the key. Its file or QR code will do.',
	keyHintAlone: 'Type the number or paste the key. Its file or QR code will do.',
	keyFile: 'Open key file',
	mine: 'Your licenses',
	matching: 'Matching licenses',
	nearby: 'Did you mean this one?',
	more: (count: number) => `${n(count)} more. Type to find one.`,
	noMatch: 'None of your licenses matches. A number or key of another one will do as well.',
	loading: 'Your licenses are still loading. A number or key will do right away.',
	oneOff:
		'One character is off: the last one does not fit the others. Compare the number group by group.',
	keyRead: (product: string) => `Key read: ${product}`,
	numberAlone: 'The number is complete. This device knows nothing else of the license.',
	free: (free: number, seats: number) => `${n(free)} of ${many(seats, 'seat')} free`,
	seatsOf: (seats: number) => `${many(seats, 'seat')}. Only the server knows how many are free.`,
	versions: 'Versions',
	versionsOf: (from: number, to: number) => (from === to ? n(from) : `${n(from)} to ${n(to)}`),
	trial: (days: number) => `trial of ${many(days, 'day')}`,
	full: 'A machine that holds a seat already keeps it. Any other can wait for one.',
	asOfSync: 'As far as this device knows. The server decides.',

	machineLater: 'Which machine is to be activated',
	fromMachine: 'A request from the machine itself',
	recommended: 'Recommended',
	fromMachineText:
		'Run this on the machine, then bring the file that it writes. Its seat can be returned there at any time and is free at once.',
	command: 'Command for the machine',
	copyCommand: 'Copy command',
	byCode: 'Or its machine code',
	codeHint: 'Run “keyferry fingerprint” on the machine, then paste, load or scan what it prints.',
	codeRead: (components: string) => `Machine read: ${components}.`,
	codeVirtual: 'It is a virtual machine.',
	heldHere:
		'The key of this request stays in this app, so only this app can give the seat back. The seat is then blocked until the machine’s file expires, or for months if it never does.',
	given: 'No machine code? Give the machine a name',
	givenName: 'Name given by hand',
	givenHint:
		'For containers and test rigs. It stands for the machine: the product opens wherever KEYFERRY_FINGERPRINT is this name, and two machines with one name share one seat.',
	givenNot: 'A code is entered above. Clear it to use a name instead.',
	label: 'Label',
	labelHint: 'Host name or asset tag that others know this machine by.',
	byCodeOf: (components: string) => `Machine code: ${components}`,
	namedByHand: (name: string) => `Named by hand: ${name}`,
	otherLicense: (number: string, chosen: string) =>
		`This request is for license ${number}, not for ${chosen}.`,
	otherLicenseText: 'A request cannot change its license. Use it as it is, or make another one.',
	useRequest: 'Use this request',

	who: 'Requested by',
	whoLater: 'Who makes this request',

	summary: 'Your request',
	missing: 'not chosen yet',
	make: 'Make request',
	needName: 'Enter the name of the person making the request.',
	needOrganization: 'Enter the organization that holds the license.',
	needKey: 'Choose a license, enter its number, or paste or load the key.',
	needMachine: 'Bring the machine’s request, or enter its machine code.',

	done: 'Request created',
	doneImported: 'Request imported',
	doneTruth: (label: string | undefined) =>
		label === undefined
			? 'The request is stored on this device.'
			: `The request for ${label} is stored on this device.`,
	doneNext: 'Next, it goes to the server.',
	doneNextHere: 'Next, it gets its answer: here, or from the server.',
	doneGone: 'This request is not on this device',
	doneGoneText: 'It may have been discarded, or made under another account.',
	foreseen: 'The server will refuse this, as far as this device knows',
	sendText: 'It goes to the server, and the answer comes back to this app.',
	submitLater: 'Submit when online',
	submitLaterHint: 'It is sent as soon as the server can be reached.',
	signInText: 'Sign in to submit it from here.',
	openMade: 'Open the request',
	another: 'Activate another machine'
};

export type ActivateTexts = typeof activateEn;
