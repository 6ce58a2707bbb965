/**
 * English: the Sync screen and the holds of the queue. Loaded with it.
 *
 * @module
 */
import type { CommandType } from '#lib/protocol/commands.ts';
import { day, many, n } from './phrases.ts';

/** Why the queue is held, storage included. */
export type HoldName =
	| 'signed-out'
	| 'old-version'
	| 'forked'
	| 'ended'
	| 'restored'
	| 'hub-fault'
	| 'storage'
	| 'insecure';

export type HoldTexts = { title: string; kept: (unsent: number) => string; next: string };

const what: Record<CommandType, string> = {
	'activation.request': 'Activation request',
	'activation.return': 'Return of a seat',
	'activation.draw': 'Activation issued here',
	'allotment.reserve': 'Reservation of offline seats',
	'allotment.close': 'Return of offline seats',
	'request.wait': 'Wait for a seat',
	'request.withdraw': 'Stop waiting for a seat',
	'license.note': 'Note on a license',
	'machine.label': 'Name of a machine',
	'machine.site': 'Site of a machine',
	'license.allow': 'Feature switched'
};

export const syncEn = {
	title: 'Sync',
	/** How this desk stands with its server, and what comes next. Times are as `clock` says them. */
	state: {
		settled: 'Everything is with the server',
		/** While work of somebody else waits here. */
		settledOwn: 'All your work is with the server',
		/** While texts that somebody else changed meanwhile wait for a decision. */
		undecided: (count: number) =>
			count === 1
				? 'All but 1 changed text is with the server'
				: `All but ${n(count)} changed texts are with the server`,
		waiting: (count: number) =>
			count === 1 ? '1 item waits for the server' : `${n(count)} items wait for the server`,
		fetching: 'Getting what the server has',
		device: 'Nobody is signed in',
		asOf: (when: string) => `As of ${when}.`,
		sending: 'Being sent now.',
		soon: 'Sent with the next sync, within a minute.',
		offline: (is: 'settled' | 'waiting' | 'fetching'): string =>
			is === 'waiting'
				? 'This device is offline. Sending starts as soon as it is back online.'
				: is === 'fetching'
					? 'This device is offline. The first sync goes on as soon as it is back online.'
					: 'This device is offline. What changes on the server meanwhile arrives once it is back online.',
		unreachable: 'The server does not answer.',
		fault: 'The server has a fault.',
		next: (when: string) => `Next try at ${when}.`,
		oldest: (count: number, since: number) =>
			`${count === 1 ? 'It has' : 'The oldest has'} waited since ${day(since)}. Nothing is lost.`,
		partly: 'Until the first sync is done, licenses may be missing here.',
		deviceText:
			'What is done here stays on this device. Sign in to get your licenses and to send requests.'
	},
	/** What came of a sync that somebody asked for. */
	outcome: {
		asking: 'Asking the server…',
		sent: (count: number) => `Done: ${many(count, 'item')} sent.`,
		nothing: 'Done: there was nothing to send, and everything new is here.',
		signedOut: 'Done: nothing here was waiting for the server.',
		offline: 'This device is offline: nothing was sent, and nothing new is here.',
		unreachable: 'The server did not answer: nothing new is here.',
		fault: (detail: string) => `The server could not do it: ${detail}`,
		held: 'Asked. What is on hold is still on hold.',
		storage: 'The storage of this device is full: nothing new could be stored.',
		silent: 'No answer yet. Sync goes on in the background.'
	},
	hold: {
		'signed-out': {
			title: 'Sign in to continue',
			kept: (unsent) =>
				`${many(unsent, 'item')} queued here without an account ${unsent === 1 ? 'is' : 'are'} kept, in order.`,
			next: 'Sign in and take along what is on this device: everything is sent automatically then.'
		},
		'old-version': {
			title: 'This app is too old for its server',
			kept: (unsent) =>
				`${many(unsent, 'unsent item')} ${unsent === 1 ? 'is' : 'are'} kept, after an update too.`,
			next: 'Update this app. If that is not possible, export what is unsent and import it on another device.'
		},
		forked: {
			title: 'The data of this device was copied or restored',
			kept: (unsent) =>
				`Two copies use the same outbox, so the server accepts nothing more from it. ${many(unsent, 'unsent item')} ${unsent === 1 ? 'is kept with its ID' : 'are kept with their IDs'}, so nothing happens twice. Its offline seats can issue no more.`,
			next: 'Start a new outbox here, and do the same on the other copy.'
		},
		ended: {
			title: 'This device was ended',
			kept: (unsent) =>
				`You, an owner of your organization or the vendor ended it, for example because it was lost. What had been done on it counts; what it still asked for was refused. Everything stored here stays readable, and its offline seats can issue no more.${unsent === 0 ? '' : ` ${many(unsent, 'unsent item')} ${unsent === 1 ? 'is' : 'are'} kept.`}`,
			next: 'If it is in good hands, use it again: it then counts as a new device. What was refused is submitted again from Requests.'
		},
		restored: {
			title: 'The server was restored from a backup',
			kept: (unsent) =>
				`What is stored here goes back to the server first. ${unsent === 0 ? 'Nothing is unsent.' : `${many(unsent, 'unsent item')} ${unsent === 1 ? 'waits' : 'wait'} here and ${unsent === 1 ? 'is' : 'are'} sent again.`}`,
			next: 'The licenses below grant nothing until the vendor unfreezes them. There is nothing else to do.'
		},
		'hub-fault': {
			title: 'The server could not record something done here',
			kept: (unsent) =>
				`The fault is on the server; everything else was accepted. ${many(unsent, 'unsent item')} ${unsent === 1 ? 'is' : 'are'} kept here and sent again automatically.`,
			next: 'If this keeps happening, tell whoever runs the server. Its log has the details.'
		},
		storage: {
			title: 'The storage of this device is full',
			kept: (unsent) =>
				`What was stored before is safe. ${unsent === 0 ? 'Nothing is unsent.' : `${many(unsent, 'unsent item')} ${unsent === 1 ? 'is' : 'are'} kept.`} Nothing new can be stored until there is room.`,
			next: 'Export everything to be safe, make room on the device, then sync again.'
		},
		insecure: {
			title: 'This page was opened without HTTPS',
			kept: (unsent) =>
				`The browser blocks signatures and sync here.${unsent === 0 ? '' : ` ${many(unsent, 'unsent item')} ${unsent === 1 ? 'is' : 'are'} kept.`}`,
			next: 'Open it with https://, or as localhost on the server’s own computer.'
		}
	} satisfies Record<HoldName, HoldTexts> as Record<HoldName, HoldTexts>,
	left: {
		title: 'Waiting for someone to sign in',
		text: 'Unsent work of other people on this device. It stays hidden, and is sent when they sign in here.',
		items: (unsent: number) => many(unsent, 'unsent item'),
		ended:
			'This device was ended for this person. What is stored stays here: sign in to read or export it.'
	},
	signInAs: (email: string) => `Sign in as ${email}`,
	signIn: 'Sign in',
	useAgain: 'Use this device again',
	newOutbox: 'Start a new outbox',
	newOutboxDone: 'A new outbox has started. What is unsent goes out with it.',
	update: 'Update now',
	syncNow: 'Sync now',
	exportUnsent: 'Export unsent',
	exportAll: 'Export everything',
	openSync: 'Sync details',
	saved: (fileName: string) => `${fileName} saved`,
	unsent: {
		title: 'Waiting for the server',
		more: (count: number) => `and ${n(count)} more`,
		exportText:
			'The export is a file that another device, or the command line, can submit to the server. This device has signed it, and it takes effect only once, however often it is submitted.'
	},
	what: (type: string) => (type in what ? what[type as CommandType] : type),
	conflicts: {
		title: 'Needs you'
	},
	frozen: {
		title: 'Frozen licenses',
		since: (at: number) => `since ${day(at)}`,
		held: (count: number) =>
			`${many(count, 'signed file')} from this device ${count === 1 ? 'was' : 'were'} sent back to the server.`
	},
	log: {
		title: 'Sync history',
		settled: (count: number) => (count === 0 ? 'Nothing new to send' : `${n(count)} sent`),
		held: 'On hold',
		unreachable: 'Server not reachable',
		fault: (detail: string) => `Fault: ${detail}`,
		times: (times: number) => `${n(times)} times`
	}
};

export type SyncTexts = typeof syncEn;
