/**
 * English: the words of allotments, loaded with the screens that show them.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const allotmentsEn = {
	title: 'Allotments',
	truth: (left: number, until: number) =>
		`This desk can issue ${many(left, 'activation')} without a network, until ${day(until)}.`,
	truthNone:
		'No seats are set aside for this desk: every request waits for the hub. Seats set aside can be issued on the spot.',
	truthSpent: 'Everything set aside for this desk is issued.',
	emptyTitle: 'Issue where there is no network',
	emptyText:
		'The hub sets a few seats of a license aside for this desk. Until they are used up you can issue activation files here, offline, and nobody else gets those seats.',
	emptySignedOut:
		'Sign in once to have seats set aside; issuing then needs neither network nor sign-in.',
	issue: 'Issue from a request',
	issueNow: 'Issue now',
	issueMany: (count: number) => `Issue ${n(count)} now`,
	issued: (count: number) => `${many(count, 'activation')} issued.`,
	coverage: (left: number, until: number) =>
		`${many(left, 'seat')} left on this desk, until ${day(until)}.`,
	reserve: 'Set seats aside',
	reserveTitle: 'Set seats aside for this desk',
	reserveText: (days: number) =>
		`Nobody else gets these seats. You can issue from them for ${many(days, 'day')}, then close what is left.`,
	reserveLicense: 'License',
	reserveSeats: 'Seats',
	reserveHint: (most: number) => `Up to ${n(most)} of this license on one desk.`,
	reserveNone: 'No license here has a free seat that this desk may hold.',
	reserveOffline: 'It is asked as soon as the hub can be reached.',
	reserveDo: (seats: number) => `Set ${many(seats, 'seat')} aside`,
	reserved: (seats: number) =>
		`${many(seats, 'seat')} asked for. They appear here when the hub has set them aside.`,
	waiting: (seats: number) => `${many(seats, 'seat')} asked for, waiting for the hub`,
	proposal: (title: string, seats: number) =>
		`You often activate ${title}. Have ${many(seats, 'seat')} set aside to issue them offline?`,
	noProposal: 'No, thanks',
	left: (left: number, max: number) => `${n(left)} of ${n(max)} left`,
	drawn: (count: number) => `${n(count)} issued`,
	until: (until: number) => `Issues until ${day(until)}`,
	endedAt: (until: number) => `Issued until ${day(until)}`,
	filesUntil: 'Files issued from it end',
	slots: 'Seats',
	slot: (slot: number) => `Seat ${n(slot)}`,
	issuedHere: 'Issued here',
	nothingIssued: 'Nothing was issued from it yet.',
	desk: 'Desk',
	thisDesk: 'This desk',
	user: 'Person',
	ofDesks: 'Set aside for desks',
	ofDesksNone: 'No seats of this license are set aside for a desk.',
	held: (seats: number) => `${many(seats, 'seat')} set aside`,
	policy: (seats: number, days: number) =>
		seats === 0
			? 'Desks may not hold seats of this license.'
			: `One desk may hold ${many(seats, 'seat')}, for ${many(days, 'day')} at a time.`,
	policyChange: 'Change',
	policyTitle: 'What desks may hold',
	policySeats: 'Seats for one desk',
	policyDays: 'Days of issuing',
	policySave: 'Save',
	policySaved: 'Desks may hold that from now on.',
	number: 'Write a whole number.',
	close: 'Give the rest back',
	closeTitle: (product: string) => `Give back what is left of ${product}?`,
	closeText: (left: number) =>
		`${many(left, 'seat')} will be free for others once the hub has heard. This desk issues nothing more from this allotment; what it issued stays valid.`,
	closeDo: 'Give back',
	closed: 'Given back. The hub frees the seats at the next sync.',
	end: 'End this desk’s allotment',
	endText:
		'For a desk that is lost or should issue no more. It gets no new seats. It may not hear of it while it is offline, so its seats stay blocked.',
	endTitle: (desk: string) => `End the allotment of ${desk}?`,
	endBlocked: (seats: number, until: number) =>
		`${seats === 1 ? '1 seat stays' : `${n(seats)} seats stay`} blocked until ${day(until)}, when every file that the desk may have issued has ended; then ${seats === 1 ? 'it is' : 'they are'} free by ${seats === 1 ? 'itself' : 'themselves'}.`,
	endWriteOff: (until: number) => `From ${day(until)} on you can write them off earlier.`,
	endDo: 'End it',
	ended: 'Ended. The desk is told at its next sync.',
	writeOff: 'Write off',
	writeOffTitle: (seats: number) => `Write off ${many(seats, 'seat')}?`,
	writeOffText: (until: number) =>
		`They are free at once. If the desk did issue from them, those machines run uncounted until ${day(until)}; each is counted as over the limit when it becomes known.`,
	writeOffDo: 'Write off',
	writtenOff: 'Written off. The seats are free.',
	reason: 'Why',
	reasonHint: 'For the audit, for example: phone lost, ticket 4711.',
	needReason: 'Write why.',
	onlineOnly: 'Only online: the hub decides it at once.',
	stateText: {
		frozen: 'Its manager ended it, or it was found to be copied. Nothing can be issued from it.',
		closed: 'The rest was given back. Nothing more can be issued from it.',
		expired: 'Every file issued from it has ended, and its seats are free again.',
		'written-off': 'Its manager wrote it off, and its seats are free again.'
	},
	contestedTitle: 'Issued twice',
	contestedText: (slot: number) =>
		`Seat ${n(slot)} of this allotment was issued to two machines: the desk was copied or restored from a backup. Both signatures below prove it. The first that the hub recorded keeps the seat.`,
	signature: (label: string) => `Signature for ${label}`,
	contestedCopy: 'Copy token',
	issueTitle: 'Issue an activation',
	issueTruth:
		'Scan the request of the machine, or load its file. It is issued from the seats set aside for this desk.',
	scanRequest: 'Scan the request',
	loadRequest: 'Load a file',
	readyHere: 'Requests on this desk',
	notRequest: 'That was no activation request.',
	notCovered: (number: string) =>
		`No seats of ${number} are set aside for this desk. The request can wait for the hub instead.`,
	coverageEnded: (number: string, until: number) =>
		`The seats of ${number} set aside for this desk could be issued until ${day(until)}. The request can wait for the hub instead.`,
	queueInstead: 'Queue for the hub',
	issuedTitle: (label: string) => `Issued for ${label}`,
	issuedTruth: (until: number) => `Load it on the machine. It is valid until ${day(until)}.`,
	confirmed: 'The hub has recorded it. Its own file is here too; there is no hurry.',
	unconfirmed: 'The hub is told at the next sync. Its own file follows then.',
	openRequest: 'Open the request',
	another: 'Issue another',
	noHurry: (until: number) =>
		`Signed by the hub. There is no hurry: the file issued here is valid until ${day(until)}.`
};

export type AllotmentTexts = typeof allotmentsEn;
