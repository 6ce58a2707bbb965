/**
 * English: what stands on every screen: buttons, fields, states, seats, kinds of files.
 *
 * @module
 */
import { many, n } from './phrases.ts';

type Counts = { active: number; reserved: number; cooling: number };

export const labelsEn = {
	loading: 'Loading',
	oneFile:
		'This desk is one file and reaches no hub: carry files in and out, and export after each visit.',
	details: 'What it says',
	action: {
		activate: 'Activate a machine',
		back: 'Back',
		cancel: 'Cancel',
		chooseFiles: 'Choose files',
		chooseFolder: 'Choose a folder',
		close: 'Close',
		copied: 'Copied',
		copy: 'Copy',
		contact: 'Ask the vendor',
		copyKey: 'Copy key',
		copyNumber: 'Copy number',
		copyText: 'Copy as text',
		next: 'Next',
		openFile: 'Open file',
		openLicense: 'Open license',
		paste: 'Paste',
		pause: 'Pause',
		play: 'Play',
		previous: 'Previous',
		saveFile: 'Save file',
		seeMachines: 'See machines',
		scan: 'Scan',
		share: 'Share',
		showQr: 'Show QR',
		signIn: 'Sign in',
		signOut: 'Sign out',
		submit: 'Submit',
		syncNow: 'Sync now',
		importFiles: 'Take in files',
		tryAgain: 'Try again',
		done: 'Done',
		submitHere: 'Submit from here',
		exportNow: 'Export now',
		reload: 'Reload'
	},
	field: {
		number: 'Number',
		product: 'Product',
		customer: 'Customer',
		seats: 'Seats',
		maintenance: 'Maintenance till',
		expires: 'Expires',
		state: 'State',
		never: 'never',
		none: 'none',
		name: 'Name',
		organization: 'Organization',
		machine: 'Machine',
		code: 'Machine code',
		unnamed: 'unnamed',
		generation: 'File',
		made: 'Made',
		server: 'Hub',
		version: 'Version'
	},
	state: {
		activated: 'Activated',
		notActivated: 'Not activated',
		waiting: 'Waiting for the hub',
		waitingSeat: 'Waiting for a seat',
		notSubmitted: 'Not submitted',
		granted: 'Granted',
		refused: 'Refused',
		moved: 'Moved',
		suspended: 'Suspended',
		expired: 'Expired',
		lapsed: 'Maintenance ended',
		overLimit: 'Over limit',
		ready: 'Ready to submit',
		fresh: 'New',
		foreign: 'Not from Keyferry',
		kept: 'Kept',
		damaged: 'Damaged',
		incomplete: 'Incomplete',
		elsewhere: 'For another hub',
		twice: 'Twice',
		known: 'Here already',
		cooling: 'Cooling',
		returned: 'Returned',
		retired: 'Retired',
		issuing: 'Can issue',
		spent: 'All issued',
		issuingOver: 'Issuing ended',
		allotmentClosed: 'Closed',
		allotmentEnded: 'Ended',
		allotmentOver: 'Over',
		writtenOff: 'Written off'
	},
	seats: {
		heading: 'Seats',
		part: (state: 'active' | 'reserved' | 'cooling' | 'free', count: number) =>
			`${n(count)} ${state}`,
		words: (seats: number, { active, reserved, cooling }: Counts, free: number) =>
			`${many(seats, 'seat')}: ${[
				`${n(active)} active`,
				reserved > 0 && `${n(reserved)} reserved`,
				cooling > 0 && `${n(cooling)} cooling`,
				`${n(free)} free`
			]
				.filter(Boolean)
				.join(', ')}`,
		over: (count: number) => `${many(count, 'seat')} over the limit: nothing new is granted.`
	},
	kind: {
		'activation-request': 'Activation request',
		activation: 'Activation file',
		refusal: 'Refusal',
		license: 'License key',
		trust: 'Trust file',
		'hub-key': 'Hub key',
		revocation: 'Revocation list',
		return: 'Return',
		receipt: 'Receipt',
		allotment: 'Allotment',
		close: 'Allotment, closed',
		push: 'Unsent work',
		unreadable: 'Unreadable'
	},
	firstSync: {
		progress: (done: number, all: number) => `First sync: ${n(done)} of ${n(all)}`,
		text: 'What is not here yet cannot be found. It goes on by itself whenever the hub can be reached.',
		reading: (count: number) => `${n(count)} read so far.`
	}
};

export type LabelsTexts = typeof labelsEn;
