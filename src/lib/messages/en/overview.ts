/**
 * English: the first screen.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const overviewEn = {
	title: 'Home',
	truth: (licenses: number, active: number, seats: number) =>
		licenses === 0
			? 'No licenses yet.'
			: `${many(licenses, 'license')}, activated on ${n(active)} of ${many(seats, 'machine')}.`,
	offlineTruth:
		'This app works without a network. Whatever needs the server waits here until it can be sent.',
	keyEnds: (endsAt: number, hasEnded: boolean) =>
		hasEnded
			? `The key of the server ended on ${day(endsAt)}: it activates nothing and signs nothing.`
			: `The key of the server ends on ${day(endsAt)}. After that it activates nothing and signs nothing.`,
	keyNext:
		'Whoever runs the server makes a new one (keyferry hub-key rotate). What was signed stays valid.',
	find: 'Find a license',
	findHint: 'Number, key, machine',
	scan: 'Scan a code',
	attention: 'Needs attention',
	allWell: 'Nothing needs attention.',
	need: {
		drafts: (count: number) => `${many(count, 'request')} not submitted yet`,
		queued: (count: number) => `${many(count, 'request')} waiting for the server`,
		waiting: (count: number) => `${many(count, 'request')} waiting for a seat`,
		refused: (count: number) => `${many(count, 'request')} refused`,
		suspended: (count: number) => `${many(count, 'license')} suspended`,
		overLimit: (count: number) => `${many(count, 'license')} over the limit`,
		expired: (count: number) => `${many(count, 'license')} expired`,
		ending: (count: number) => `${many(count, 'license')} to renew within 30 days`,
		full: (count: number) => `${many(count, 'license')} with no free seat`
	},
	carry: 'To carry back',
	elsewhere: (count: number) => `${many(count, 'answer')} in your name came through another device`,
	carryAll: (count: number) => `See all ${n(count)}`,
	fullest: 'Fullest licenses',
	seatUse: 'Seats',
	year: {
		title: 'Seats in use at the end of each month',
		most: (count: number) => many(count, 'seat'),
		used: (count: number) => `${many(count, 'seat')} in use`,
		unknown: 'not known',
		since: (at: number) => `The server’s record begins on ${day(at)}.`,
		table: 'Show as a table',
		month: 'Month',
		column: 'Seats in use',
		soFar: (month: string) => `${month} (so far)`
	},
	install: {
		title: 'Keep this app on this device',
		text: 'Installed, it opens like any other app, with or without a network.',
		kept: 'The browser has agreed to keep what is stored here until you delete it.',
		notKept:
			'The browser has not agreed to keep what is stored here. It usually does once the app is installed.',
		close: 'Do not show again'
	},
	latest: 'Recent requests',
	all: 'All licenses',
	welcome: {
		title: 'Activate software on machines without internet',
		steps: 'How it works',
		request: 'Request',
		requestText: 'The machine writes it',
		requestPicture: 'A locked machine writes a request file',
		server: 'Server',
		serverText: 'It grants a seat',
		serverPicture: 'The server sets a free seat aside and signs the answer',
		answer: 'Answer',
		answerText: 'It unlocks the machine',
		answerPicture: 'The answer file opens the lock of the machine'
	},
	firstTitle: 'Ways to start',
	firstSignIn: 'Sign in',
	firstSignInText: 'Your licenses appear here, readable offline too.',
	firstActivate: 'Activate a machine',
	firstActivateText: 'With a key or number, no network needed.',
	firstImport: 'Import files',
	firstImportText: 'Requests, answers, keys: from a stick or the camera.'
};

export type OverviewTexts = typeof overviewEn;
