/**
 * English: the vendor's console.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

type Said = {
	edition?: string;
	seats?: number;
	clients?: number;
	versions?: { from: number; to: number };
	maintainedUntil?: number;
	expiresAt?: number;
	trialDays?: number;
	graceDays?: number;
};

export const vendorEn = {
	search: 'Search',
	clearSearch: 'Clear search',
	noMatch: 'Nothing found',
	noMatchText: (text: string) => `Nothing matches “${text}”.`,
	more: 'Show more',
	archived: 'Archived',
	withArchived: 'Include archived',
	archive: 'Archive',
	unarchive: 'Take out of the archive',
	save: 'Save',
	saved: 'Saved.',
	leave: {
		title: 'Leave without saving?',
		text: 'What you entered on this page is not saved and is lost when you leave.',
		stay: 'Stay on this page',
		leave: 'Leave without saving'
	},
	notFound: 'Not found',
	stale: 'This may be out of date: the server did not answer the last time.',

	customers: {
		title: 'Customers',
		count: (count: number, more: boolean) =>
			more ? `The first ${many(count, 'customer')}` : many(count, 'customer'),
		searchHint: 'Part of a name',
		add: 'Add customer',
		addDo: 'Add',
		emptyTitle: 'No customers yet',
		emptyText: 'A customer is an organization that licenses are issued to. Add the first one.',
		licenses: (count: number) => many(count, 'license')
	},
	customer: {
		name: 'Name',
		nameHint: 'It is part of every license key and file that is signed from now on.',
		needName: 'Enter a name.',
		contacts: 'Contacts',
		contactsHint: 'E-mail addresses that you write to, one per line.',
		wrongContact: (text: string) => `${text} is not an e-mail address.`,
		note: 'Note',
		noteHint: 'Only the vendor’s people see it.',
		details: 'Details',
		licenses: 'Licenses',
		noLicenses: 'No licenses yet',
		noLicensesText: 'What this customer has bought is issued as a license with a key.',
		issue: 'Issue license',
		truth: (count: number) =>
			count === 0 ? 'No licenses yet.' : `${many(count, 'license')} issued.`,
		archivedTruth: 'Archived: nothing new is issued, and what was issued stays valid.',
		archiveText: (name: string) =>
			`Nothing new is issued to ${name}. Its licenses, keys and activations stay valid, and you can take it out of the archive at any time.`,
		archiveTitle: (name: string) => `Archive ${name}?`,
		keepText:
			'Its licenses and machines are synced to the devices you sign in on, so that you find them offline.',
		kept: 'Kept: its licenses and machines are synced to the devices you sign in on.',
		keepDo: 'Keep for offline use',
		unkeepDo: 'Stop keeping',
		use: 'Use at site servers',
		useText: 'In the 30 days before the end of what each site has reported.',
		useSite: 'Site',
		useUntil: 'reported until',
		usePeak: 'Most at once',
		useOf: (peak: number, clients: number) => `${peak} of ${clients}`,
		useDenied: 'Turned away',
		useWaiting: 'Most in line'
	},

	products: {
		title: 'Products',
		count: (count: number) => many(count, 'product'),
		add: 'Add product',
		emptyTitle: 'No products yet',
		emptyText: 'Licenses are issued for products. Add the first one.',
		server: 'Site server',
		features: (count: number) => many(count, 'feature')
	},
	product: {
		addTitle: 'Add a product',
		title: 'Name',
		titleHint: 'As people read it.',
		slug: 'Code',
		slugHint:
			'As files and your program name it, for example atlas-server. It can never be changed.',
		wrongSlug:
			'Use letters, digits, dots and dashes, at most 64, and start with a letter or digit.',
		contact: 'Contact',
		contactHint: 'Where people turn to for a license: an e-mail address or a page.',
		server: 'Clients connect to it',
		serverHint: 'It is a site server, and its licenses say how many clients may connect.',
		store: 'Store',
		pricing: 'Prices',
		linkHint: 'A page, starting with https://',
		wrongLink: 'Enter a web address such as https://example.com/store.',
		need: 'This is needed.',
		basics: 'Product',
		features: 'Features',
		featuresText:
			'What a license can switch on. Your program asks for the code; people read the name.',
		featureCode: 'Code',
		featureTitle: 'Name',
		featureIncluded: 'In new licenses',
		featureIncludedHint: 'Unless the order says which features it is for.',
		featureSwitch: 'Customers switch it',
		featureSwitchHint: 'Their managers turn it on and off for each license.',
		featureSince: 'From version (optional)',
		wrongSince: 'Numbers and dots, for example 5.2.',
		addFeature: 'Add feature',
		removeFeature: (code: string) => `Remove ${code || 'this feature'}`,
		wrongFeature: 'Every feature needs a code of letters, digits, dots and dashes, and a name.',
		twiceFeature: (code: string) => `The code ${code} is there twice.`,
		defaults: 'A new license begins with',
		defaultsText: 'Everything can be changed for each license.',
		maintenanceDays: 'Days of maintenance',
		expiryDays: 'Expires after days',
		emptyForNone: 'Empty for none.',
		emptyForNever: 'Empty for never.',
		wrongDays: 'Enter a whole number from 1 to 3,650.',
		changesText: 'Changes hold for licenses that are issued or renewed from now on.',
		archivedTruth: 'Archived: no new licenses are issued.',
		archiveTitle: (name: string) => `Archive ${name}?`,
		archiveText: (name: string) =>
			`No new licenses of ${name} are issued. Those that were issued stay valid, and you can take it out of the archive at any time.`
	},

	licenses: {
		title: 'Licenses',
		count: (count: number, more: boolean) =>
			more ? `The first ${many(count, 'license')}` : many(count, 'license'),
		searchHint: 'Number, purchase ID, product code or customer',
		emptyTitle: 'No licenses yet',
		emptyText: 'Issue the first one for a customer.'
	},

	form: {
		customer: 'Customer',
		chooseCustomer: 'Search for a customer by name',
		changeCustomer: 'Change',
		product: 'Product',
		chooseProduct: 'Choose a product',
		edition: 'Edition',
		seats: 'Seats',
		seatsHint: 'How many machines may be activated.',
		clients: 'Clients',
		clientsHint: 'How many may connect to one site server.',
		from: 'Versions from',
		to: 'to',
		versionsHint: 'Major versions.',
		maintenance: 'Maintenance until',
		expires: 'Expires',
		expiresHint: 'Empty for never.',
		grace: 'Days of grace',
		graceHint: 'Files still open after the end, with a warning. Empty for none.',
		trial: 'Trial',
		trialHint: 'It ends some days after its first activation. A machine has one of each product.',
		trialDays: 'Days',
		trialDaysHint: 'From the first activation on.',
		wrongDays: 'Enter a whole number from 1 to 3,650.',
		maintenanceHint: 'Empty for none.',
		features: 'Features',
		noFeatures: 'This product has no features of its own.',
		rules: 'Rules for machines',
		virtualMachines: 'Virtual machines may be activated',
		given: 'Fingerprints may be given by hand',
		wrong: {
			edition: 'Enter an edition.',
			seats: 'Enter a whole number from 1.',
			clients: 'Enter a whole number from 1.',
			from: 'Enter a major version, such as 8.',
			to: 'Enter the last major version, not below the first.',
			maintenance: 'Enter a date.',
			expires: 'Enter a date.',
			grace: 'Enter a whole number up to 365.'
		},
		needCustomer: 'Choose a customer.',
		needProduct: 'Choose a product.'
	},
	/** What a license key says, in one sentence. */
	sentence: (title: string, said: Said) =>
		`${[
			[title, said.edition].filter(Boolean).join(' '),
			said.seats !== undefined && many(said.seats, 'seat'),
			said.clients !== undefined && many(said.clients, 'client'),
			said.versions &&
				(said.versions.from === said.versions.to
					? `version ${said.versions.from}`
					: `versions ${said.versions.from} to ${said.versions.to}`),
			said.maintainedUntil === undefined
				? 'no maintenance'
				: `maintenance until ${day(said.maintainedUntil)}`,
			said.expiresAt !== undefined
				? `expires on ${day(said.expiresAt)}`
				: said.trialDays === undefined
					? 'never expires'
					: `a trial of ${many(said.trialDays, 'day')} from the first activation on`,
			said.graceDays !== undefined && `${many(said.graceDays, 'day')} of grace after its end`
		]
			.filter(Boolean)
			.join(', ')}.`,
	sentenceFeatures: (titles: string) => `With ${titles}.`,
	noFeaturesOn: 'Without further features.',

	issue: {
		title: 'Issue a license',
		truth: 'The key is signed by this server and carries everything it says below.',
		says: 'The key will say',
		sayNothing: 'Choose a product to begin.',
		signs: 'A license number and a license key are made and signed.',
		tells: (customer: string) =>
			`${customer || 'The customer'} sees the license at its next sync. No e-mail is sent: hand over the number or the key yourself.`,
		submit: 'Sign and issue',
		doneTitle: 'License issued',
		doneTruth: (customer: string) => `It belongs to ${customer}. Hand over the number or the key.`,
		another: 'Issue another',
		open: 'Open license',
		archivedOnly: 'Add a product first: licenses are issued for products.'
	},

	license: {
		for: 'For',
		renew: 'Renew or change',
		upgrade: 'Upgrade',
		suspend: 'Suspend',
		resume: 'Resume',
		move: 'Move',
		unfreeze: 'Lift the freeze',
		willSay: 'It will say',
		signs: 'Signs',
		tells: 'Tells',
		nothingSigned: 'Nothing.',
		unchanged: 'Nothing is changed yet.',
		signsRenewal: (machines: number) =>
			machines === 0
				? 'A new license key. The old one stays good for making requests.'
				: `A new license key, and the next activation file of ${many(machines, 'machine')}. No new requests are needed.`,
		tellsRenewal: (customer: string) =>
			`The devices of ${customer} get the new files at their next sync, and carry them to machines without a network. Requests that wait for a seat are answered. No e-mail is sent.`,
		renewDo: 'Sign and renew',
		renewed: (files: number) =>
			files === 0
				? 'Renewed, with a new key.'
				: `Renewed, with a new key and ${many(files, 'new file')} for its machines.`,
		upgradeText: (number: string) =>
			`A license for newer versions is issued beside ${number}, which keeps its seats and machines and works for its own versions as before.`,
		upgradeSays: 'The new license will say',
		signsUpgrade: (machines: number) =>
			machines === 0
				? 'The key of the new license, and the old key again: it names the new number.'
				: `The key of the new license, the old key again, and the next activation file of ${many(machines, 'machine')}. They name the new number, so that your product can say it where it refuses a version.`,
		tellsUpgrade: (customer: string) =>
			`${customer} sees both licenses at the next sync. No e-mail is sent: hand over the number or the key yourself.`,
		upgradeDo: 'Sign and upgrade',
		upgraded: (number: string) => `Upgraded: ${number} is for newer versions.`,
		needNewer: 'Name versions that the license does not cover yet.',
		suspendTitle: (number: string) => `Suspend ${number}?`,
		suspendText: (machines: number) =>
			machines === 0
				? 'New activations are refused until it is resumed.'
				: `New activations and renewals are refused until it is resumed. ${many(machines, 'activated machine')} ${machines === 1 ? 'keeps working until its file ends' : 'keep working until their files end'}.`,
		tellsSuspend: (customer: string, contact: string) =>
			`${customer} sees it at the next sync. Whoever asks for an activation is told to ask ${contact}.`,
		suspended: 'Suspended.',
		resumeTitle: (number: string) => `Resume ${number}?`,
		resumeText: 'Activations are granted again.',
		signsResume: 'Answers to requests that wait for a seat, if there are any.',
		tellsResume: (customer: string) => `${customer} sees it at the next sync.`,
		resumed: 'Resumed.',
		unfreezeTitle: (number: string) => `Lift the freeze of ${number}?`,
		unfreezeText:
			'It is frozen since the server was restored from a backup, because seats may have been granted that the backup does not know. Lift it once the devices that had something unsent have synced.',
		unfrozen: 'The freeze is lifted.',
		moveTitle: (number: string) => `Move ${number} to another customer`,
		moveWhole: 'If it was never used, it goes as it is and keeps its number.',
		moveSeats: (free: number, used: number) =>
			`It is in use: ${many(free, 'free seat')} ${free === 1 ? 'goes' : 'go'} to a new license at once, and ${n(used)} more as they become free. Machines that are activated stay with the old customer.`,
		signsMove: (customer: string) =>
			`A license key in the name of ${customer || 'the new customer'}. The old key proves nothing there.`,
		tellsMove: (from: string, to: string) =>
			`${from} and ${to || 'the new customer'} see it at their next sync. No e-mail is sent.`,
		moveDo: 'Sign and move',
		moved: (number: string) => `Moved. It goes on as ${number}.`,
		movedNow: (moved: number, following: number) =>
			following === 0
				? `${many(moved, 'seat')} moved.`
				: `${many(moved, 'seat')} moved, ${n(following)} to follow.`,
		machines: 'Machines',
		noMachines: 'No machine is activated.',
		terms: 'Terms',
		allTerms: 'All terms',
		needOther: 'Choose another customer than it belongs to now.'
	}
};

export type VendorTexts = typeof vendorEn;
