/**
 * English: the pages of a site server: its frame, set-up, license and settings.
 *
 * @module
 */
import { list } from '../words/wording.ts';
import { day, many, n } from './phrases.ts';
import { reachEn } from './reach.ts';

type Granted = { clients?: number; entitlements: readonly string[] };

export const siteEn = {
	pages: 'Pages of this server',
	page: {
		license: 'License',
		clients: 'Clients',
		resources: 'Resources',
		usage: 'Usage',
		log: 'Log',
		settings: 'Settings'
	},
	product: 'Site server',
	reading: 'The server is asked.',
	retry: 'Try again',

	closed: {
		title: 'This server is not set up yet',
		truth: 'Whoever started it finds a link on its console. The link opens the set-up, once.',
		how: 'From another machine, forward the port first, or start the server with --host so that this network reaches it.'
	},

	signIn: {
		title: 'Sign in',
		truth: (site: string) => `These pages look after ${site}. Products need no account.`,
		noName: 'this site server',
		name: 'Name',
		password: 'Password',
		needName: 'Enter the name of the account.',
		needPassword: 'Enter the password.',
		submit: 'Sign in',
		forgotten: 'Password forgotten? On the server’s machine:'
	},

	steps: 'Steps',
	progress: (step: number, of: number) => `Step ${step} of ${of}`,
	state: { done: 'done', skipped: 'skipped', open: 'now', later: 'later' },
	step: {
		admin: 'Administrator',
		reach: 'Name and address',
		check: 'Server check',
		license: 'License'
	},
	toNext: 'Back to the open step',

	admin: {
		title: 'Who looks after this server?',
		truth: 'One account, on this server alone. Nothing is sent anywhere.',
		name: 'Name',
		nameHint: 'You sign in with it.',
		password: 'Password',
		passwordHint: 'At least 10 characters, for example four words that do not belong together.',
		needName: 'Enter a name.',
		shortPassword: 'A password has at least 10 characters.',
		save: 'Create account',
		saved: (name: string) => `${name} is signed in.`
	},

	reach: {
		...reachEn,
		title: 'Where do clients reach it?',
		truth: 'Programs on this network are given this address.',
		vendor: 'Name of this site',
		vendorHint: 'Clients and log files show it, for example “Plant 4”.',
		url: 'Address',
		urlHint: 'A name or number that this network knows, with the port.',
		wrongUrl: 'Enter an address such as https://licenses.plant4.example:4870, without a path.',
		onlyHere:
			'This server listens on its own machine alone: no client reaches it from elsewhere. Start it with --host 0.0.0.0, and open these pages again.',
		isLocalhost: 'No other machine reaches an address with localhost.',
		kind: { ...reachEn.kind, none: 'No encryption' },
		about: {
			...reachEn.about,
			none: 'Leases are proven without it. Passwords and names on these pages are not hidden then.'
		},
		localOnly:
			'Without encryption, everybody on this network can read the password that you sign in with, and the camera is not available.'
	},

	check: {
		title: 'Is this machine ready?',
		truth: 'The server looks at its own machine. Nothing is changed.',
		reading: 'The machine is looked at.',
		well: 'Everything is as it should be.',
		notes: (count: number) => `${many(count, 'line')} to look at; none of them stops the server.`,
		bad: (count: number) => `${many(count, 'line')} to mend.`,
		state: { ok: 'in order', note: 'worth knowing', bad: 'to be mended' },
		again: 'Check again',
		next: 'Continue',
		anyway: 'Continue anyway'
	},

	license: {
		title: 'License',
		stepTitle: 'Enter the license key',
		stepTruth: 'One key unlocks this server and all of its clients. Clients are given no key.',
		doneTitle: 'This server is licensed',
		doneTruth: 'Clients can work with it from now on.',
		none: 'This server is not licensed, so no client can work with it.',
		truth: (granted: Granted, inUse: number) =>
			granted.clients === undefined
				? 'Licensed, but for no clients: none can work with this server.'
				: `${n(inUse)} of ${many(granted.clients, 'client')} in use.`,
		until: (name: string, end: number) => `${name}: ends on ${day(end)}.`,
		maintained: (name: string, end: number) => `${name}: maintenance until ${day(end)}.`,
		activated: ({ clients, entitlements }: Granted) =>
			`Activated: ${[
				clients === undefined ? 'no clients' : many(clients, 'client'),
				list(entitlements, 'en')
			]
				.filter((part) => part !== '')
				.join(', ')}`,
		unchanged: 'This file was loaded before: nothing has changed.',
		returned: 'The server has taken the seat back.',
		trust: 'Trust data was updated.',
		elsewhere: 'This file is for another machine.',
		noAnswer:
			'This is a request, a return or a license key. It is carried to the server, not loaded.',
		clients: 'Clients',
		clientsInUse: (inUse: number, clients: number) => `${n(inUse)} in use of ${n(clients)}`,
		noClients: 'serves none',
		functions: 'Functions',
		noFunctions: 'none',
		where: 'Activated on',
		whom: 'For',
		number: 'License',
		state: {
			active: 'Active',
			returning: 'Given back',
			returned: 'Returned',
			expired: 'Expired',
			retired: 'Retired',
			'other-machine': 'Other machine',
			'not-usable': 'Not usable'
		},
		seeClients: 'View clients',
		add: 'Add a license',
		renew: 'Renew',
		upgraded: (number: string) => `License ${number} is for newer versions.`,
		cools: (until: number) => `The seat is free for another machine from ${day(until)} on.`,

		get: 'Get a license online',
		getHint:
			'Where this server reaches the vendor’s server: sign in on any phone and pick the license.',
		byKey: 'With a license key',
		byKeyHint: 'A request goes out, and the answer comes back: as a file, a QR code or online.',

		key: 'License key or number',
		keyHint: 'The text of the key, or a number such as KF-7Q2M-90TK-C4XD.',
		openKey: 'Open key file',
		name: 'Name',
		nameHint: 'Of the person who asks.',
		organization: 'Organization',
		needKey: 'Enter a license key or number.',
		needName: 'Enter a name.',
		make: 'Make request',
		machineIs: (label: string, isVirtual: boolean) =>
			`It is made for this machine, ${label}${isVirtual ? ', which is virtual' : ''}.`,

		carryTitle: 'Carry the request out',
		carryText:
			'Bring it to a device with Keyferry or to the vendor’s server, and bring the answer back. The request stays here until then.',
		sendOnline: 'Send it online',
		sendHint: 'This server sends the request itself and loads the answer.',
		requests: 'Requests',
		waitingSince: (at: number) => `Made on ${day(at)}, not answered yet.`,
		carryAgain: 'Carry it again',
		answerTitle: 'Load the answer',
		answerText: 'The activation file, by file, folder, paste, QR code or picture.',
		later: 'Do this later',
		toOverview: 'Open this server’s pages',

		giveBack: 'Give back',
		giveBackTitle: (title: string) => `Give back ${title}?`,
		giveBackText: (clients: number | undefined) =>
			clients === undefined
				? 'This server stops using the license at once. That cannot be undone here.'
				: `This server stops using the license at once: ${many(clients, 'client')} fewer can work. That cannot be undone here.`,
		giveBackCarry:
			'Then carry the return to a device with Keyferry or to the vendor’s server, and load the receipt that comes back.',
		giveBackDo: 'Give back now',
		returnTitle: 'Carry the return',
		pasted: 'Pasted text',
		scanned: 'Scanned code'
	},

	get: {
		title: 'Get a license',
		truth: 'Nobody’s password is typed here: you sign in on a device of your own.',
		hub: 'Address of the vendor’s server',
		hubHint: 'This server connects to it. Your device has to reach it as well.',
		wrongHub: 'Enter an address such as https://licenses.example.com, without a path.',
		start: 'Show the code',
		open: (address: string) => `On a phone or computer, open ${address}`,
		type: 'and enter this code, or scan the picture:',
		code: 'Code',
		qr: 'Address with the code, as a QR code',
		same: 'There, this server is shown with the machine code',
		copy: 'Copy address with code',
		waiting: 'Waiting until somebody has approved it there.',
		away: 'The vendor’s server does not answer at the moment. This server keeps trying.',
		ends: (time: string) => `The code is valid for ${time}.`,
		cancel: 'Stop',
		again: 'Try again',
		forbidden: 'This server is set to contact no other server. You can allow it in the settings.',
		toSettings: 'Open settings',
		done: 'The license is active.'
	},

	settings: {
		title: 'Settings',
		truth: 'They apply at once.',
		name: 'Name of this site',
		needName: 'Enter a name.',
		hideNames: 'Hide names from other clients',
		hideNamesHint: 'Whoever finds no free client is shown pseudonyms of those who work.',
		announce: 'Let clients find this server in the network',
		announceHint: 'They then need no address, where the network passes multicast on.',
		never: 'Never contact another server',
		neverHint: 'Licenses then come in as files or QR codes only.',
		hub: 'Address of the vendor’s server',
		hubHint: 'For getting licenses online. Leave it empty if there is none.',
		wrongHub: 'Enter an address such as https://licenses.example.com, without a path.',
		save: 'Save',
		saved: 'Saved.',
		address: 'Address',
		addressHint: 'Clients that know another one have to be told.',
		changeAddress: 'Change address or encryption',
		account: 'Account',
		signedInAs: (name: string) => `Signed in as ${name}.`,
		old: 'Present password',
		password: 'New password',
		change: 'Change password',
		changed: 'The password is changed. Other browsers are signed out.',
		signOut: 'Sign out'
	}
};

export type SiteTexts = typeof siteEn;
