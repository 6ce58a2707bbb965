/**
 * English: what stands on every screen: buttons, fields, states, seats, kinds of files.
 *
 * @module
 */
import { many, n } from './phrases.ts';

type Counts = { active: number; reserved: number; cooling: number };

export const labelsEn = {
	loading: 'Loading',
	late: 'This part could not be loaded.',
	oneFile:
		'This app is a single file and connects to no server. Carry files in and out, and export after each visit.',
	details: 'Details',
	/** When: `09:41`, `4 Dec, 09:41`. */
	savedAt: (when: string) => `Saved ${when}`,
	action: {
		activate: 'Activate a machine',
		back: 'Back',
		cancel: 'Cancel',
		chooseFiles: 'Choose files',
		chooseFolder: 'Choose a folder',
		close: 'Close',
		copied: 'Copied',
		copy: 'Copy',
		contact: 'Contact the vendor',
		copyKey: 'Copy key',
		copyNumber: 'Copy number',
		copyText: 'Copy as text',
		next: 'Next',
		openFile: 'Open file',
		openLicense: 'Open license',
		openMachine: 'Open machine',
		paste: 'Paste',
		pause: 'Pause',
		play: 'Play',
		previous: 'Previous',
		saveFile: 'Save file',
		seeMachines: 'View machines',
		scan: 'Scan',
		share: 'Share',
		showQr: 'Show QR',
		signIn: 'Sign in',
		signOut: 'Sign out',
		submit: 'Submit',
		syncNow: 'Sync now',
		importFiles: 'Import files',
		tryAgain: 'Try again',
		done: 'Done',
		submitHere: 'Submit now',
		exportNow: 'Export now',
		reload: 'Reload'
	},
	field: {
		number: 'Number',
		product: 'Product',
		customer: 'Customer',
		seats: 'Seats',
		maintenance: 'Maintenance until',
		expires: 'Expires',
		state: 'Status',
		never: 'never',
		none: 'none',
		name: 'Name',
		organization: 'Organization',
		machine: 'Machine',
		site: 'Site',
		code: 'Machine code',
		unnamed: 'Unnamed machine',
		generation: 'File',
		made: 'Created',
		server: 'Server',
		version: 'Version'
	},
	state: {
		activated: 'Activated',
		notActivated: 'Not activated',
		waiting: 'Waiting for the server',
		waitingSeat: 'Waiting for a seat',
		notSubmitted: 'Not submitted',
		granted: 'Granted',
		refused: 'Refused',
		moved: 'Moved',
		suspended: 'Suspended',
		expired: 'Expired',
		lapsed: 'Maintenance ended',
		overLimit: 'Over the limit',
		ready: 'Ready to submit',
		fresh: 'New',
		foreign: 'Not a Keyferry file',
		kept: 'Imported',
		damaged: 'Damaged',
		incomplete: 'Incomplete',
		elsewhere: 'For another server',
		twice: 'Duplicate',
		known: 'Already imported',
		cooling: 'Blocked',
		returned: 'Returned',
		retired: 'Retired',
		issuing: 'Ready to issue',
		spent: 'All issued',
		issuingOver: 'Issuing ended',
		allotmentClosed: 'Given back',
		allotmentEnded: 'Stopped',
		allotmentOver: 'Ended',
		writtenOff: 'Written off',
		own: 'Yours'
	},
	seats: {
		heading: 'Seats',
		part: (state: 'active' | 'reserved' | 'cooling' | 'free', count: number) =>
			`${n(count)} ${state === 'cooling' ? 'blocked' : state}`,
		words: (seats: number, { active, reserved, cooling }: Counts, free: number) =>
			`${many(seats, 'seat')}: ${[
				`${n(active)} active`,
				reserved > 0 && `${n(reserved)} reserved`,
				cooling > 0 && `${n(cooling)} blocked`,
				`${n(free)} free`
			]
				.filter(Boolean)
				.join(', ')}`,
		over: (count: number) =>
			`${many(count, 'seat')} over the limit. Nothing new is granted until seats are freed.`
	},
	kind: {
		'activation-request': 'Activation request',
		activation: 'Activation file',
		refusal: 'Refusal',
		license: 'License key',
		trust: 'Trust file',
		'hub-key': 'Server key',
		revocation: 'Revocation list',
		return: 'Return',
		receipt: 'Receipt',
		allotment: 'Offline seats',
		close: 'Offline seats, given back',
		push: 'Unsent work',
		lease: 'Lease of a client',
		usage: 'Usage report',
		unreadable: 'Unreadable'
	},
	firstSync: {
		begins: 'First sync: waiting for the server’s first answer',
		progress: (done: number, all: number) => `First sync: ${n(done)} of ${n(all)}`,
		text: 'Licenses that are not synced yet cannot be found. Sync continues automatically whenever the server can be reached.',
		reading: (count: number) => `${n(count)} read so far.`
	}
};

export type LabelsTexts = typeof labelsEn;
