/**
 * English: the Sync screen and the holds of the queue. Loaded with it.
 *
 * @module
 */
import type { CommandType } from '#lib/protocol/commands.ts';
import { day, many, n } from './phrases.ts';

/** Why the queue is held, storage included. */
export type HoldName =
	'signed-out' | 'other-account' | 'old-version' | 'forked' | 'restored' | 'hub-fault' | 'storage';

export type HoldTexts = { title: string; kept: (unsent: number) => string; next: string };

const what: Record<CommandType, string> = {
	'activation.request': 'Activation request',
	'activation.return': 'Return of a seat',
	'activation.draw': 'Activation issued here',
	'allotment.reserve': 'Seats to issue from',
	'allotment.close': 'Seats given back by this desk',
	'request.wait': 'Keep waiting for a seat',
	'request.withdraw': 'Stop waiting for a seat'
};

export const syncEn = {
	title: 'Sync',
	truth: (unsent: number, since: number | undefined) =>
		unsent === 0
			? 'Everything that was done here has reached the hub.'
			: `${many(unsent, 'thing')} done here ${unsent === 1 ? 'has' : 'have'} not reached the hub yet${since === undefined ? '' : `, the oldest since ${day(since)}`}. Nothing of it is lost.`,
	oneFile:
		'This desk is one file and reaches no hub. Carry files out, and export everything after each visit.',
	last: 'Last sync',
	next: 'Next try',
	never: 'never',
	offline: 'Offline',
	hold: {
		'signed-out': {
			title: 'Sign in to go on',
			kept: (unsent) =>
				`The hub no longer knows this session. ${unsent === 0 ? 'Nothing is unsent.' : `${many(unsent, 'thing')} unsent ${unsent === 1 ? 'is' : 'are'} kept here, in order.`}`,
			next: 'Sign in with the same account and it goes out by itself. Issuing from seats set aside works meanwhile.'
		},
		'other-account': {
			title: 'Somebody else’s work is unsent',
			kept: (unsent) =>
				`${many(unsent, 'thing')} queued here by another account ${unsent === 1 ? 'is' : 'are'} kept.`,
			next: 'Sign in with that account, carry it out as a file, or send it as yours: then your rights decide.'
		},
		'old-version': {
			title: 'This desk is too old for its hub',
			kept: (unsent) =>
				`${many(unsent, 'thing')} unsent ${unsent === 1 ? 'is' : 'are'} kept. An update keeps it as well.`,
			next: 'Update this desk. Where that is not possible, export what is unsent and take it in elsewhere.'
		},
		forked: {
			title: 'The data of this desk was copied or restored',
			kept: (unsent) =>
				`Two desks have used one outbox, so the hub takes no more from it. ${many(unsent, 'thing')} unsent ${unsent === 1 ? 'is' : 'are'} kept with ${unsent === 1 ? 'its id' : 'their ids'}: nothing is done twice. Seats that were set aside for it can issue no more.`,
			next: 'Start a new outbox here, and do the same on the other copy.'
		},
		restored: {
			title: 'The hub was restored from a backup',
			kept: (unsent) =>
				`What is here is brought back to the hub first. ${unsent === 0 ? 'Nothing is unsent.' : `${many(unsent, 'thing')} unsent ${unsent === 1 ? 'waits' : 'wait'} here and ${unsent === 1 ? 'is' : 'are'} asked again.`}`,
			next: 'The licenses below grant nothing until the vendor lifts the freeze. You need not do anything.'
		},
		'hub-fault': {
			title: 'The hub could not record something done here',
			kept: (unsent) =>
				`It has a fault of its own; everything else was taken. ${many(unsent, 'thing')} unsent ${unsent === 1 ? 'is' : 'are'} kept here and brought again by itself.`,
			next: 'If it stays so, tell the operator of the hub: its log has the fault.'
		},
		storage: {
			title: 'The storage of this device is full',
			kept: (unsent) =>
				`What was stored before stays. ${unsent === 0 ? 'Nothing is unsent.' : `${many(unsent, 'thing')} unsent ${unsent === 1 ? 'is' : 'are'} kept.`} Nothing new can be stored until there is room.`,
			next: 'Export everything to be safe, make room on the device, then sync again.'
		}
	} satisfies Record<HoldName, HoldTexts> as Record<HoldName, HoldTexts>,
	signInAs: (email: string) => `Sign in as ${email}`,
	signIn: 'Sign in',
	sendAsMine: 'Send as mine',
	newOutbox: 'Start a new outbox',
	newOutboxDone: 'A new outbox has begun. What is unsent goes out with it.',
	update: 'Update now',
	syncNow: 'Sync now',
	exportUnsent: 'Export unsent',
	exportAll: 'Export everything',
	saved: (fileName: string) => `${fileName} saved`,
	unsent: {
		title: 'Unsent',
		none: 'Nothing waits for the hub.',
		more: (count: number) => `and ${n(count)} more`,
		by: (person: string) => `queued by ${person}`,
		unknown: 'another account',
		exportText:
			'A file that another desk, or keyferry, can bring to the hub: signed by this desk, done once, however often it is brought.'
	},
	what: (type: string) => (type in what ? what[type as CommandType] : type),
	conflicts: {
		title: 'To be decided by you',
		none: 'Nothing came back that needs you.',
		waiting: (until: number | undefined) =>
			until === undefined ? 'Waits for a seat' : `Waits for a seat until ${day(until)}`
	},
	frozen: {
		title: 'Licenses that grant nothing yet',
		since: (at: number) => `since ${day(at)}`,
		held: (count: number) =>
			`${many(count, 'signed file')} on this desk ${count === 1 ? 'was' : 'were'} brought back.`
	},
	log: {
		title: 'Last rounds',
		none: 'No round of sync yet.',
		settled: (count: number) => (count === 0 ? 'Nothing new to send' : `${n(count)} settled`),
		held: 'Held',
		unreachable: 'Hub not reachable',
		fault: (detail: string) => `Fault: ${detail}`,
		times: (times: number) => `${n(times)} times`
	}
};

export type SyncTexts = typeof syncEn;
