/**
 * English: the words of allotments, loaded with the screens that show them.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const allotmentsEn = {
	title: 'Offline seats',
	truth: (left: number, until: number) =>
		`This device can issue ${many(left, 'activation')} offline, until ${day(until)}.`,
	truthNone:
		'This device has no offline seats, so every request waits for the server. Offline seats can be issued on the spot.',
	truthSpent: 'All offline seats of this device are issued.',
	truthPending: 'Seats were requested. They can be issued here once the server has reserved them.',
	truthEnded: 'The offline seats of this device can no longer be issued.',
	emptyTitle: 'Issue where there is no network',
	emptyText:
		'Reserve a few seats of a license for this device. Until they are used up, you can issue activation files here, offline, and nobody else gets those seats.',
	emptySignedOut:
		'Sign in once to reserve offline seats. Issuing then needs neither a network nor a sign-in.',
	issue: 'Issue from a request',
	issueNow: 'Issue now',
	issueMany: (count: number) => `Issue ${n(count)} now`,
	issued: (count: number) => `${many(count, 'activation')} issued.`,
	coverage: (left: number, until: number) =>
		`${many(left, 'seat')} left on this device, until ${day(until)}.`,
	reserve: 'Reserve offline seats',
	reserveTitle: 'Reserve seats for this device',
	reserveText: (days: number) =>
		`Nobody else gets these seats. You can issue from them for ${many(days, 'day')}, then give back what is left.`,
	reserveLicense: 'License',
	reserveSeats: 'Seats',
	reserveHint: (most: number) => `Up to ${n(most)} of this license for one person.`,
	reserveNone: 'No license here has a free seat that this device may hold.',
	reserveNoneOf: (number: string) =>
		`License ${number} has no free seat that this device may hold.`,
	reserveLoading: 'The licenses of your account are still loading. Try again in a moment.',
	reserveOffline: 'This is sent as soon as the server can be reached.',
	reserveDo: (seats: number) => `Reserve ${many(seats, 'seat')}`,
	reserved: (seats: number) =>
		`${many(seats, 'seat')} requested. They appear here once the server has reserved them.`,
	waiting: (seats: number) => `${many(seats, 'seat')} requested, waiting for the server`,
	proposal: (title: string, seats: number) =>
		`You often activate ${title}. Reserve ${many(seats, 'seat')} to issue offline?`,
	noProposal: 'No, thanks',
	left: (left: number, max: number) => `${n(left)} of ${n(max)} left`,
	drawn: (count: number) => `${n(count)} issued`,
	until: (until: number) => `Can issue until ${day(until)}`,
	endedAt: (until: number) => `Could issue until ${day(until)}`,
	issueUntil: 'Issue until',
	filesUntil: 'Issued files expire',
	slots: 'Seats',
	slot: (slot: number) => `Seat ${n(slot)}`,
	issuedHere: 'Issued here',
	nothingIssued: 'Nothing has been issued yet.',
	remaining: (count: number) => `${n(count)} left`,
	terms: 'Terms',
	license: 'License',
	desk: 'Device',
	thisDesk: 'This device',
	user: 'User',
	ofDesks: 'Offline seats',
	ofDesksNone: 'No device holds offline seats of this license.',
	held: (seats: number) => `${many(seats, 'seat')} reserved`,
	policy: (seats: number, days: number) =>
		seats === 0
			? 'Devices may not hold offline seats of this license.'
			: `One person may hold ${many(seats, 'seat')}, for ${many(days, 'day')} at a time.`,
	policyChange: 'Change',
	policyTitle: 'Offline seats per person',
	policySeats: 'Seats per person',
	policyDays: 'Days to issue them',
	policySave: 'Save',
	policySaved: 'Saved. This applies from now on.',
	number: 'Enter a whole number.',
	close: 'Give back the rest',
	closeTitle: (product: string) => `Give back the unused seats of ${product}?`,
	closeText: (left: number) =>
		`${many(left, 'seat')} will be free for others after the next sync. This device issues nothing more from these offline seats; what it issued stays valid.`,
	closeDo: 'Give back',
	closed: 'Given back. The server frees the seats at the next sync.',
	end: 'Stop this device from issuing',
	endText:
		'For a device that is lost or should issue no more. It gets no new seats. While it is offline it does not know, so its seats stay blocked.',
	endTitle: (desk: string) => `Stop ${desk} from issuing?`,
	endBlocked: (seats: number, until: number) =>
		`${seats === 1 ? '1 seat stays' : `${n(seats)} seats stay`} blocked until ${day(until)}, when every file that the device may have issued has expired. Then ${seats === 1 ? 'it is' : 'they are'} free automatically.`,
	endWriteOff: (until: number) => `From ${day(until)} on, you can write them off with less risk.`,
	endDo: 'Stop issuing',
	ended: 'Stopped. The device learns of it at its next sync.',
	writeOff: 'Write off',
	writeOffTitle: (seats: number) => `Write off ${many(seats, 'seat')}?`,
	writeOffText: (until: number) =>
		`They are free at once. If the device did issue from them, those machines run uncounted until ${day(until)}. Each counts as over the limit once it becomes known.`,
	writeOffEarly: 'Write off now',
	writeOffEarlyText: 'The device can still issue from them while it is offline.',
	writeOffDo: 'Write off',
	writtenOff: 'Written off. The seats are free.',
	reason: 'Reason',
	reasonHint: 'For the audit trail, for example: phone lost, ticket 4711.',
	needReason: 'Enter a reason.',
	onlineOnly: 'Only online, because the server decides it at once.',
	stateText: {
		frozen: 'A manager stopped it, or a copy of it was found. Nothing can be issued from it.',
		closed: 'The unused seats were given back. Nothing more can be issued from it.',
		expired: 'Every file issued from it has expired, and its seats are free again.',
		'written-off': 'A manager wrote it off, and its seats are free again.'
	},
	contestedTitle: 'Issued twice',
	contestedText: (slot: number) =>
		`Seat ${n(slot)} was issued to two machines, because the data of the device was copied or restored from a backup. Both signatures below prove it. The machine that the server recorded first keeps the seat.`,
	signature: (label: string) => `Signature for ${label}`,
	contestedCopy: 'Copy token',
	issueTitle: 'Issue an activation',
	issueTruth:
		'Scan the machine’s request, or load its file. It gets one of the offline seats of this device.',
	scanRequest: 'Scan the request',
	loadRequest: 'Load a file',
	readyHere: 'Requests on this device',
	notRequest: 'This is not an activation request.',
	notCovered: (number: string) =>
		`This device has no offline seats of ${number}. The request can wait for the server instead.`,
	coverageEnded: (number: string, until: number) =>
		`The offline seats of ${number} on this device could be issued until ${day(until)}. The request can wait for the server instead.`,
	queueInstead: 'Queue for the server',
	issuedTitle: (label: string) => `Issued for ${label}`,
	issuedTruth: (until: number) => `Load it on the machine. It is valid until ${day(until)}.`,
	confirmed: 'The server has recorded it. Its own file is here too; there is no hurry.',
	unconfirmed: 'The server is told at the next sync. Its own file follows then.',
	openRequest: 'Open the request',
	another: 'Issue another',
	noHurry: (until: number) =>
		`Signed by the server. There is no hurry: the file issued here is valid until ${day(until)}.`
};

export type AllotmentTexts = typeof allotmentsEn;
