/**
 * English: the words of the desk's screens. Other languages have its shape, so that a missing text
 * does not compile.
 *
 * @module
 */
import * as wording from '../wording.ts';

const n = (value: number) => wording.count(value, 'en');
const many = (value: number, one: string, more = `${one}s`) =>
	value === 1 ? `1 ${one}` : `${n(value)} ${more}`;
const day = (seconds: number) => wording.day(seconds, 'en');

type Counts = { active: number; reserved: number; cooling: number };

export const deskEn = {
	loading: 'Loading',
	appName: 'Keyferry',
	skip: 'Skip to content',
	nav: {
		main: 'Main',
		lookup: 'Lookup',
		more: 'More',
		overview: 'Overview',
		licenses: 'Licenses',
		requests: 'Requests',
		activate: 'Activate',
		import: 'Take in',
		allotments: 'Allotments',
		sync: 'Sync',
		settings: 'Settings',
		signIn: 'Sign in'
	},
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
		tryAgain: 'Try again'
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
	connection: {
		online: 'Online',
		offline: 'Offline',
		syncing: 'Syncing',
		signedOut: 'Not signed in',
		held: 'Waiting for you',
		oneFile: 'One-file desk, no hub',
		waiting: (count: number) => `${n(count)} waiting`,
		synced: (when: string) => `synced ${when}`,
		neverSynced: 'never synced',
		retry: (when: string) => `next try ${when}`
	},
	hold: {
		'signed-out': 'Sign in so that the hub accepts what waits.',
		'other-account':
			'What waits was made under another account. Sign in with that one, or send it as yours.',
		'old-version': 'This desk is older than the hub. Reload it to update; nothing is lost.',
		forked: 'The data of this desk was copied or restored. It starts a new outbox and sends again.',
		restored:
			'The hub was restored from a backup. What waits is granted once the vendor confirms it.',
		'hub-fault': 'The hub could not record what waits. It is brought again by itself.'
	},
	refusal: {
		asked: 'Asked',
		facts: 'Facts',
		next: 'What to do next',
		code: 'Code',
		fact: {
			number: 'License',
			seats: 'Seats',
			used: 'In use',
			contact: 'Contact',
			expiredAt: 'Expired',
			clock: 'Clock here',
			trusted: 'Trusted time',
			version: 'Version',
			from: 'Covered from',
			to: 'Covered to',
			expected: 'Expected',
			found: 'Found',
			matched: 'Matching',
			differ: 'Different',
			needed: 'Needed',
			line: 'Line',
			reason: 'Detail',
			kid: 'Key',
			signedAt: 'Signed',
			maintainedUntil: 'Maintenance till',
			builtAt: 'Built',
			product: 'Product'
		} as Record<string, string>
	},
	carry: {
		heading: 'Carry it',
		save: 'Save file',
		saveHint: 'USB stick or mail',
		qr: 'Show QR',
		qrHint: 'Phone to screen',
		share: 'Share',
		shareHint: 'To another app',
		shareUnavailable: 'Not offered by this browser',
		saved: (name: string) => `Saved ${name}`
	},
	qr: {
		title: 'QR code',
		alt: 'QR code',
		bright: 'Turn the screen up to full brightness.',
		frame: (at: number, of: number) => `Code ${at} of ${of}`,
		loop: 'The codes change by themselves; the scanner collects them in any order.',
		text: 'The same as text'
	},
	scan: {
		title: 'Scan QR codes',
		aim: 'Hold the code into the frame.',
		starting: 'Starting the camera',
		collected: (have: number, of: number) => `${have} of ${of} codes read`,
		torchOn: 'Light on',
		torchOff: 'Light off',
		picture: 'Use a picture',
		noCamera: 'No camera can be used here.',
		noCameraHint:
			'Allow the camera in the browser, open the desk by HTTPS, or use a picture of the code.',
		nothingInPicture: 'No QR code was found in the picture. Crop it closer and try again.'
	},
	overview: {
		title: 'Overview',
		truth: (licenses: number, active: number, seats: number) =>
			licenses === 0
				? 'No licenses are here yet.'
				: `${many(licenses, 'license')}, activated on ${n(active)} of ${many(seats, 'machine')}.`,
		offlineTruth:
			'This desk works without a network. What needs the hub waits here until it can go.',
		oneFileTruth:
			'This desk is one file and reaches no hub: carry files in and out, and export after each visit.',
		attention: 'Needs attention',
		allWell: 'Nothing needs attention.',
		drafts: (count: number) => `${many(count, 'request')} not submitted yet`,
		queued: (count: number) => `${many(count, 'request')} waiting for the hub`,
		granted: (count: number) => `${many(count, 'answer')} to carry back`,
		refused: (count: number) => `${many(count, 'request')} refused`,
		suspended: (count: number) => `${many(count, 'license')} suspended`,
		overLimit: (count: number) => `${many(count, 'license')} over the limit`,
		expired: (count: number) => `${many(count, 'license')} expired`,
		full: (count: number) => `${many(count, 'license')} with no free seat`,
		seatUse: 'Seat use',
		latest: 'Latest requests',
		all: 'All licenses',
		firstTitle: 'Three ways to begin',
		firstSignIn: 'Sign in to the hub',
		firstSignInText: 'Your licenses appear by themselves and stay readable offline.',
		firstActivate: 'Activate a machine',
		firstActivateText: 'With name, organization and key or number. No network needed.',
		firstImport: 'Take in files',
		firstImportText: 'Requests, answers and keys from a stick, a folder, a zip or a camera.'
	},
	lookup: {
		title: 'Find a license',
		search: 'Number, key, machine …',
		searchLabel: 'Search',
		recent: 'Seen last',
		first: 'Licenses',
		none: 'Nothing is called that here',
		noneText: (text: string) =>
			`Nothing on this desk is called “${text}”. Scan it, or take in its file.`,
		notHere: (number: string) => `${number} is not on this desk`,
		notHereText:
			'It may belong to another customer, or be newer than the last sync. Its file can be taken in.',
		notYet: 'The first sync is still under way: it may come yet.',
		firstSync: (done: number, all: number) => `First sync: ${n(done)} of ${n(all)}`,
		firstSyncText:
			'What is not here yet cannot be found. It goes on by itself whenever the hub can be reached.',
		reading: (count: number) => `${n(count)} read so far.`,
		results: (count: number) => many(count, 'license'),
		all: (count: number) => `All ${n(count)} in Licenses`,
		thisMachine: 'The machine that was meant',
		request: (label: string) => `A request for ${label} that is not on this desk yet.`,
		requestUnnamed: 'a machine',
		openRequest: 'Open request',
		clear: 'Clear',
		holds: (count: number) => `This machine holds seats of ${many(count, 'license')}.`,
		moreMachines: (count: number) => many(count, 'more machine')
	},
	licenses: {
		title: 'Licenses',
		count: (shown: number, all: number) =>
			shown === all ? many(all, 'license') : `${n(shown)} of ${many(all, 'license')}`,
		search: 'Search licenses',
		searchHint: 'Number, product, customer',
		sort: 'Sort by',
		sortNumber: 'Number',
		sortProduct: 'Product',
		sortCustomer: 'Customer',
		sortExpiry: 'Expiry',
		sortFree: 'Free seats',
		ascending: 'Ascending',
		descending: 'Descending',
		number: 'Number',
		product: 'Product',
		customer: 'Customer',
		seats: 'Seats',
		maintenance: 'Maintenance till',
		expires: 'Expires',
		state: 'State',
		never: 'never',
		none: 'none',
		emptyTitle: 'No licenses here yet',
		emptySignedOut: 'Sign in to see the licenses of your organization, or take in a license key.',
		emptySignedIn: 'This account has no licenses yet. Take in a license key, or ask your vendor.',
		noMatch: 'No license matches',
		noMatchText: (text: string) =>
			`Nothing here is called “${text}”. A number may leave out KF and dashes.`,
		clear: 'Clear search',
		choose: 'Choose a license on the left. The arrow keys walk through the list.',
		keysOnly: 'License keys on this desk'
	},
	license: {
		truth: (active: number, seats: number) =>
			active === 0
				? `Not activated on any of ${many(seats, 'machine')} yet.`
				: `Activated on ${n(active)} of ${many(seats, 'machine')}.`,
		maintenanceTruth: (until: number, now: number) =>
			until > now ? `Maintenance until ${day(until)}.` : `Maintenance ended on ${day(until)}.`,
		expiredTruth: (at: number) => `Expired on ${day(at)}.`,
		fullTruth: 'No seat is free.',
		coolingTruth: (count: number, until: number) =>
			count === 1
				? `1 seat cools until ${day(until)}.`
				: `${n(count)} seats cool, the first until ${day(until)}.`,
		movedTruth: (successor: string) =>
			`Moved to another customer, as ${successor}: nothing new is granted here, and what is activated stays so.`,
		suspendedTruth: 'Suspended: nothing new is granted.',
		waitingTruth: (count: number) => `${many(count, 'request')} waiting for the hub.`,
		terms: 'Terms',
		edition: 'Edition',
		versions: 'Versions',
		versionRange: (from: number, to: number) =>
			from === to ? `${from}.x` : `${from}.x to ${to}.x`,
		entitlements: 'Functions',
		clients: 'Clients per site server',
		virtual: 'Virtual machines',
		allowed: 'allowed',
		notAllowed: 'not allowed',
		given: 'Given fingerprints',
		contact: 'Contact',
		key: 'License key',
		keyText: 'Unlocks nothing alone: it is used to make an activation request.',
		noKey: 'The key is shown to those whose role needs it. The number is enough to make a request.',
		machines: 'Machines',
		noMachines: 'No machine is activated',
		noMachinesText: 'Make a request for the first one. It can be carried in any direction.',
		gone: (count: number) => `No longer here: ${many(count, 'machine')}`,
		machine: 'Machine',
		by: 'Asked by',
		since: 'Since',
		generation: 'File',
		unnamed: 'unnamed',
		requests: 'Requests from this desk',
		notFound: 'This license is not on this desk',
		notFoundText: 'It may belong to another account, or it has not been synced yet.'
	},
	machine: {
		active: (since: number) => `Holds a seat since ${day(since)}.`,
		ends: (at: number) => `Its file ends on ${day(at)}.`,
		cooling: (until: number) =>
			`Given back. Its seat cools until ${day(until)}, when its files have ended.`,
		returned: 'Given back. Its seat is free.',
		retired: 'Retired: reported as gone. Its seat is free.',
		coolsUntil: (until: number) => `until ${day(until)}`,
		notFound: 'This machine is not on this desk',
		notFoundText: 'It may belong to another account, or it has not been synced yet.',
		newest: 'Newest file',
		newer: (label: string, generation: number) => `A newer file for ${label} (file ${generation})`,
		newerText: 'The license was renewed. Carry the file to the machine and load it there.',
		newerTitle: 'Newer files',
		newerCount: (count: number) => `${many(count, 'newer file')} to carry to machines.`,
		details: 'What is known of it',
		seat: 'Its seat',
		giveBack: 'Give the seat back',
		giveBackText: 'The machine key is on this desk, so the return can be made here.',
		giveBackTitle: (label: string) => `Give back the seat of ${label}?`,
		giveBackProof:
			'Nobody can prove from here that the machine stopped using it. So the seat is not free at once.',
		coolsTo: (until: number) => `It cools until ${day(until)}, when the file of the machine ends.`,
		coolsDays: (days: number) =>
			`It cools for ${n(days)} days, or as long as your vendor has set, because the file of the machine has no end.`,
		giveBackDo: 'Give back',
		onMachine:
			'To give it back with the seat free at once, run “keyferry return” on the machine, or Return in its product.',
		retire: 'This machine is gone',
		retireText: 'Burnt, lost or stolen: nobody can give its seat back on it.',
		retireTitle: (label: string) => `Retire ${label}?`,
		retireRevoked:
			'Its activation goes on the revocation list, which travels with the next files of this license. This cannot be undone; the machine would need a new request.',
		retireFree: (allowed: number) =>
			`The seat is free at once, as far as the replacements of a year go: usually ${n(allowed)} for this license.`,
		retireBeyondTo: (until: number) => `Beyond that it cools until ${day(until)}.`,
		retireBeyondDays: (days: number) =>
			`Beyond that it cools for ${n(days)} days, or as long as your vendor has set.`,
		reason: 'What happened',
		reasonHint: 'For the audit, for example: disk and board burnt, ticket 4711.',
		needReason: 'Write what happened to the machine.',
		retireDo: (label: string) => `Retire ${label}`,
		retireOffline: 'Only online: the hub decides it at once.',
		retireRole: 'A manager of the organization can retire it.',
		freeNow: (label: string) => `${label} is retired. Its seat is free.`,
		coolsNow: (label: string, until: number) =>
			`${label} is retired. Its seat cools until ${day(until)}.`,
		carryReceipt: 'Carry the receipt back',
		carryReceiptText: 'Loaded on the machine, it settles the return there.',
		openReturn: 'Open the return'
	},
	requests: {
		title: 'Requests',
		truth: (waiting: number, granted: number, refused: number, forSeat: number) =>
			[
				waiting > 0 && `${many(waiting, 'request')} waiting for the hub`,
				granted > 0 && `${n(granted)} granted`,
				refused > 0 && `${n(refused)} refused`,
				forSeat > 0 && `${n(forSeat)} waiting for a seat`
			]
				.filter(Boolean)
				.join(', ') + '.',
		truthDrafts: (count: number) => `${many(count, 'request')} not submitted yet.`,
		emptyTitle: 'No requests yet',
		emptyText: 'Make one for a machine, or take in request files that somebody carried here.',
		submitAll: (count: number) => `Submit ${n(count)}`,
		saveAnswers: (count: number) => `Save ${many(count, 'answer')}`,
		made: 'Made',
		imported: 'Taken in',
		answered: 'Answered',
		origin: { made: 'Made on this desk', taken: 'Carried here' },
		fileName: 'File name',
		notFound: 'This request is not on this desk',
		notFoundText: 'Take in its file to see where it stands.',
		nextDraft: 'Submit it from here, or carry the file to someone who is online.',
		nextQueued: 'It goes to the hub by itself as soon as there is a connection.',
		nextQueuedSignIn: 'It goes to the hub as soon as you are signed in and online.',
		nextGranted: 'Carry the answer back to the machine and load it there.',
		nextReturned: 'The seat is free. Carry the receipt back and load it on the machine.',
		nextCooling: (until: number) =>
			`The seat cools until ${day(until)}. Carry the receipt back and load it on the machine.`,
		nextReceipt: 'The hub has recorded it. Carry the receipt back and load it on the machine.',
		nextReturnRefused: 'Nothing was given back.',
		nextReturnHeld: 'Its machine key is on a desk, so the seat cools before it is free.',
		givenBack: 'The seat of this request was given back.',
		nextRefused: 'Carry the refusal back too, so that nobody inside waits for an answer.',
		nextWaiting: 'Refused for want of a seat; granted by itself as soon as one is free.',
		nextOneFile: 'Carry the file out to someone who reaches the hub.',
		carryRequest: 'Carry the request',
		carryReturn: 'Carry the return',
		carryAnswer: 'Carry the answer back',
		carryRefusal: 'Carry the refusal back',
		submitAgain: 'Submit again',
		heldByDesk: 'The machine key of this request is on this desk.'
	},
	activate: {
		title: 'Activate a machine',
		truth: 'Name, organization and key make a request. The hub’s answer to it unlocks the product.',
		who: 'Who asks',
		name: 'Name',
		organization: 'Organization',
		license: 'License',
		key: 'License key or number',
		keyHint:
			'KF-XXXX-XXXX-XXXX, a pasted key, a .kflic file or its QR code. O and 0, I, L and 1 may be mixed up.',
		keyRead: (product: string) => `Key read: ${product}`,
		numberOk: 'The number is complete and its check symbol is right.',
		numberOf: (product: string) => `This is ${product}.`,
		machine: 'Machine',
		code: 'Machine code',
		codeHint: 'Run “keyferry fingerprint” on the machine and paste, load or scan what it prints.',
		codeRead: (components: string) => `Machine read: ${components}.`,
		codeVirtual: 'It is a virtual machine.',
		given: 'A fingerprint given by hand',
		givenHint: 'For containers and test rigs, where the license allows it.',
		codeInstead: 'Machine code',
		label: 'Label',
		labelHint: 'Host name or asset tag, as others will know this machine.',
		optional: 'optional',
		make: 'Make request',
		needName: 'Write the name of the person who asks.',
		needOrganization: 'Write the organization that the license belongs to.',
		needKey: 'Write the number, or paste or load the key.',
		needMachine: 'Paste or load the code of the machine.',
		done: 'The request is made',
		doneTruth: (label: string) =>
			`The request for ${label} is stored on this desk. Now it goes to the hub.`,
		doneTruthPlain: 'The request is stored on this desk. Now it goes to the hub.',
		submitNow: 'Submit from here',
		another: 'Another machine'
	},
	import: {
		title: 'Take in',
		truth:
			'Whatever was carried here: requests, returns, answers, keys. Each is read and shown before anything is done with it.',
		drop: 'Drop files, a folder or a zip here',
		dropActive: 'Let go to take them in',
		pasteHint: 'Or paste a text anywhere on this page.',
		pasteTitle: 'Paste a text',
		pasteLabel: 'Text of a Keyferry file',
		reading: 'Reading files',
		found: (count: number) => `${many(count, 'thing')} came in.`,
		totals: {
			requests: (count: number) => many(count, 'request'),
			activations: (count: number) => many(count, 'activation file'),
			refusals: (count: number) => many(count, 'refusal'),
			returns: (count: number) => many(count, 'return'),
			receipts: (count: number) => many(count, 'receipt'),
			keys: (count: number) => many(count, 'license key'),
			trust: (count: number) => many(count, 'trust file'),
			foreign: (count: number) => `${n(count)} not from Keyferry`,
			known: (count: number) => `${n(count)} here already`,
			others: (count: number) => `${n(count)} other`,
			elsewhere: (count: number) => `${n(count)} for another hub`,
			damaged: (count: number) => `${n(count)} damaged`,
			incomplete: (count: number) => `${n(count)} incomplete`,
			twice: (count: number) => `${n(count)} twice`
		},
		submit: (count: number) => `Submit ${n(count)}`,
		keep: (count: number) => `Keep ${n(count)}`,
		kept: (count: number) => `${many(count, 'file')} kept on this desk.`,
		submitted: (count: number) => `${n(count)} in the queue for the hub.`,
		scanned: (count: number) => `${n(count)} read so far.`,
		done: 'Done',
		gives: (label: string) => `Gives back the seat of ${label}.`,
		givesHeld: (label: string) =>
			`Gives back the seat of ${label}. Its key is on a desk, so the seat cools.`,
		seatFree: 'The seat is free.',
		seatCools: (until: number) => `The seat cools until ${day(until)}.`,
		answersTo: (label: string) => `Answers the request for ${label}.`,
		source: 'From',
		pastedText: 'Pasted text',
		scanName: 'Scan',
		machineForget: 'Forget this machine',
		machineKnown: (parts: string) => `Compared with this machine: ${parts}.`,
		submitting: 'Submitting',
		saveAnswers: (count: number) => `Save ${many(count, 'answer')}`,
		savedAnswers: (count: number) => `${many(count, 'answer')} saved.`,
		clear: 'Clear the table',
		file: 'File',
		what: 'What it is',
		product: 'Product',
		label: 'Machine',
		organization: 'Organization',
		made: 'Made',
		forWhom: 'For',
		result: 'Result',
		thisMachine: 'this machine',
		otherMachine: 'another machine',
		differ: (components: string) => `Different: ${components}.`,
		same: (components: string) => `The same: ${components}.`,
		keptOn: 'It is kept here to be carried on.',
		compare: 'Is it for this machine?',
		compareHint:
			'Paste the code that “keyferry fingerprint” prints here: the table then says for whom each answer is, and what differs.',
		offlineSubmit: 'Waits here and goes by itself when there is a connection.',
		details: 'What it says',
		unverified: 'Its signatures could not be followed to a trusted root.',
		verified: 'Its signatures lead to a trusted root.'
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
	settings: {
		title: 'Settings',
		account: 'Account',
		signedInAs: (email: string) => `Signed in as ${email}.`,
		signedOut: 'Not signed in. Everything but sync works without.',
		customers: 'Organizations',
		signOutTitle: 'Sign out of this desk?',
		signOutText:
			'The mirrored licenses leave this device. Requests, answers, keys and whatever still waits stay.',
		appearance: 'Appearance',
		language: 'Language',
		languageAuto: 'Auto',
		theme: 'Colours',
		themeAuto: 'Auto',
		themeLight: 'Light',
		themeDark: 'Dark',
		keys: 'Single-letter shortcuts',
		keysHint: 'Switch them off where speech input or a screen reader uses letters.',
		keysOn: 'On',
		keysOff: 'Off',
		hub: 'Hub',
		hubAddress: 'Address',
		sync: 'Sync',
		waitingSince: 'Waiting since',
		lastSync: 'Last sync',
		fault: 'Last fault',
		faultText: (fault: string) =>
			fault === 'unreachable'
				? 'The hub did not answer. It is asked again by itself.'
				: fault === 'insecure-context'
					? 'This page was opened without HTTPS, so the browser allows it neither signatures nor sync. Open it by https://, or as localhost on the hub’s own computer.'
					: `The hub answered with a fault (${fault}). It is asked again by itself.`,
		sendAsMine: 'Send as mine',
		desk: 'This device',
		deskName: 'Name of this device',
		deskNameHint:
			'For example “Phone of the field team”. The hub shows it beside seats that this device holds.',
		storage: 'Storage',
		persisted: 'The browser keeps this desk’s data until you delete it.',
		notPersisted: 'The browser may delete this desk’s data when space is short.',
		askPersist: 'Keep it for good',
		persistRefused:
			'The browser did not agree. Installing the desk, or a bookmark, usually changes that. Until then, export often.',
		used: (megabytes: number) => `${n(megabytes)} MB in use.`,
		export: 'Export',
		exportText: 'One file with every request, answer and key of this desk.',
		exportOneFile:
			'This desk lives in one HTML file; the browser keeps its data only for this browser. The exported file is the truth: export after every visit and take the file along.',
		exportNow: 'Export everything',
		import: 'Import an export',
		imported: (count: number) => `${many(count, 'thing')} taken over.`,
		exportedAt: 'Last export',
		changedSince: 'There are changes since the last export.',
		never: 'never',
		trust: 'Trusted root keys',
		noRoots: 'None yet. Take in the trust file of your vendor, or open the hub once.',
		rootFrom: { kit: 'from the kit', hub: 'from the hub', file: 'from a file' },
		about: 'About',
		version: 'Version',
		shortcuts: 'Keyboard shortcuts'
	},
	signIn: {
		title: 'Sign in',
		truth: 'Signing in adds sync. Everything else works without.',
		email: 'E-mail',
		password: 'Password',
		submit: 'Sign in',
		needEmail: 'Write your e-mail address.',
		needPassword: 'Write your password.',
		offline:
			'There is no connection now. The desk works on without; sign in when the hub can be reached.',
		asked: (email: string) => `Sign in as ${email}`
	},
	help: {
		title: 'Keyboard shortcuts',
		search: 'Search',
		go: (where: string) => `Go to ${where}`,
		walk: 'Next and previous row',
		open: 'Open the row',
		help: 'This help',
		close: 'Close',
		then: 'then'
	},
	banner: {
		unexported: 'This desk is one file: its data is only safe in an export.',
		insecure:
			'Opened without HTTPS: the browser allows no signatures, camera or sync here. Open the desk by https://.',
		exportNow: 'Export now',
		replaced: 'A newer version of the desk is open in another tab. Reload this one.',
		blocked: 'Another tab holds an older version of the desk. Close it.',
		update: 'A new version is ready.',
		reload: 'Reload'
	},
	fault: {
		title: 'Something went wrong here',
		text: 'What you stored is safe. Reload the page; if it stays, export your data in Settings and report this:',
		notFound: 'There is no such page',
		notFoundText: 'The address may be old. The overview leads everywhere.',
		toOverview: 'To the overview'
	}
};

export type DeskTexts = typeof deskEn;
