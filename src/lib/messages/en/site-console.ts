/**
 * English: the pages of a site server about clients, resources, connections and use.
 *
 * @module
 */
import type { ResourceFault } from '#lib/domain/site/resource.ts';
import type { RestartReason } from '#lib/domain/site/lease.ts';
import { duration, size } from '../words/wording.ts';
import { many, n } from './phrases.ts';

export const siteConsoleEn = {
	live: 'Live',
	paused: 'The server does not answer; this is what it said last.',
	clients: {
		title: 'Clients',
		truth: (inUse: number, clients: number) =>
			clients === 0
				? 'No license with clients is active, so nobody can work with this server.'
				: `${n(inUse)} of ${many(clients, 'client')} in use.`,
		waiting: (count: number) => `${n(count)} waiting in line.`,
		over: (count: number) =>
			`${many(count, 'client')} more than the license allows: they work until they have restarted or their time is over.`,
		spoken: (inUse: number, clients: number) => `${n(inUse)} of ${many(clients, 'client')} in use`,
		onServer: (version: string) => `Version ${version} on the server`,
		license: 'See the license',
		search: 'Search',
		searchHint: 'Person, machine, version, resource',
		shown: (shown: number, all: number) =>
			shown === all ? many(all, 'client') : `${n(shown)} of ${many(all, 'client')}`,
		more: (count: number) => `${n(count)} more are not shown.`,
		none: 'Nobody is connected',
		noneText:
			'Clients appear here as soon as they start. They need the address of this server and no key.',
		noMatch: 'No client matches',
		clear: 'Clear the search',
		state: { working: 'Working', waiting: 'In line', offered: 'May start now' },
		place: (place: number) => (place === 1 ? 'In line: next' : `In line: place ${n(place)}`),
		since: 'since',
		head: { who: 'Who and where', what: 'Version and resource', since: 'Since', state: 'Status' },
		noMachine: 'Machine not named',
		noVersion: 'version not said',
		update: (server: string, which: 'client' | 'server') =>
			`The server has ${server}: update ${which === 'client' ? 'this client' : 'the server'}.`,
		restart: (within: number) => `Must restart within ${duration(within, 'en')}`,
		restarted: 'Restarted',
		restarting: (done: number, all: number, reason: RestartReason) =>
			`${
				{
					'license-added': 'A license was added',
					'license-changed': 'The license has changed',
					'license-ended': 'A license has ended'
				}[reason]
			}: ${n(done)} of ${many(all, 'client')} ${all === 1 ? 'has' : 'have'} restarted.`,
		end: 'End',
		endOf: (user: string) => `End the lease of ${user}`,
		endTitle: (user: string) => `End the lease of ${user}?`,
		endText:
			'The program is told at once and asks the person to save. Somebody else may take the place.',
		reason: 'Reason',
		reasonHint: 'The person reads it.',
		endDo: 'End lease',
		ended: (user: string) => `The lease of ${user} was ended.`
	},
	resources: {
		title: 'Resources',
		truth: (open: number, all: number) =>
			all === 0
				? 'Databases and other things that clients open here, each under a license.'
				: open === all
					? `${many(all, 'resource')}, all open to clients.`
					: `${n(open)} of ${many(all, 'resource')} open to clients. The others wait for their license.`,
		import: 'Import',
		none: 'No resources yet',
		noneText:
			'Where your product opens databases through this server, import them here. Each belongs to a customer and a license.',
		noLicense: 'First activate a license with clients: each resource belongs to one.',
		toLicense: 'Open the license page',
		search: 'Search',
		searchHint: 'Name, customer, license',
		noMatch: 'No resource matches',
		clear: 'Clear the search',
		head: { name: 'Name', customer: 'Customer and license', inUse: 'Clients', state: 'Status' },
		open: 'Open',
		closed: 'License not active',
		inUse: (count: number, limit?: number) =>
			limit === undefined ? many(count, 'client') : `${n(count)} of ${many(limit, 'client')}`,
		remove: 'Remove',
		removeOf: (name: string) => `Remove ${name}`,
		removeTitle: (name: string) => `Remove ${name}?`,
		removeText:
			'Clients no longer see it. Those that are in it go on until they leave. The database itself is not touched.',
		removed: (name: string) => `${name} was removed.`,
		ways: { one: 'One', list: 'List', server: 'Database server' },
		waysLabel: 'What do you import?',
		name: 'Name',
		nameHint: 'As the product asks for it.',
		kind: 'Kind',
		database: 'database',
		license: 'Customer and license',
		licenseHint: 'Clients open it while this license is active here.',
		rowsLicenseHint: 'For rows that name no license of their own.',
		limit: 'Clients at once',
		limitHint: 'Empty: as many as the license allows.',
		needName: 'Enter a name.',
		badLimit: 'Enter a whole number from 1.',
		listText:
			'A table saved as CSV. Columns: name, and where wanted kind, product, customer, license, limit.',
		chooseList: 'Choose file',
		pasteList: 'Or paste it',
		check: 'Check',
		checked: (found: { imported: number; known: number; wrong: number }) =>
			`${n(found.imported)} to import, ${n(found.known)} here already, ${n(found.wrong)} with problems.`,
		address: 'Server',
		port: 'Port',
		user: 'User',
		password: 'Password',
		passwordHint: 'Used once to list the databases. It is not kept.',
		tls: 'Encrypted connection (TLS)',
		needAddress: 'Enter the address of the server.',
		needUser: 'Enter the user.',
		list: 'List databases',
		databases: (chosen: number, all: number) => `${n(chosen)} of ${many(all, 'database')} chosen`,
		all: 'Choose all',
		noDatabases: 'The server has no databases that can be opened.',
		here: 'here already',
		importOne: 'Import',
		importMany: (count: number) => `Import ${n(count)}`,
		imported: (count: number) => `${many(count, 'resource')} imported.`,
		problems: 'What is wrong',
		line: (line: number) => `Line ${n(line)}`,
		fault: {
			missing: 'is missing',
			blank: 'has nothing to be seen',
			'too-long': 'is too long',
			'control-character': 'has a control character',
			'not-a-whole-number': 'is not a whole number',
			'below-one': 'is below 1',
			'too-large': 'is too large',
			'not-active-here': 'has no license that is active here',
			'several-licenses': 'has several licenses here: name the number',
			'twice-in-the-file': 'is in the list twice',
			'name-taken': 'is here already, under another license'
		} satisfies Record<ResourceFault, string>
	},
	log: {
		title: 'Connection log',
		truth: {
			off: 'Nothing is written down at the moment.',
			errors: 'Refused and failed connections are written down.',
			all: 'All connections are written down, of clients and with the vendor’s server.'
		},
		level: 'Write down',
		levels: { off: 'Nothing', errors: 'Errors', all: 'Everything' },
		names: 'Names of people and machines',
		namesHint: 'Otherwise each stands there as a pseudonym, the same one each time at this server.',
		megabytes: 'Megabytes kept',
		days: 'Days kept',
		badNumber: (least: number, most: number) =>
			`Enter a whole number from ${n(least)} to ${n(most)}.`,
		save: 'Save',
		saved: 'Saved. It holds from now on.',
		settings: 'What is written, and for how long',
		search: 'Search',
		searchHint: 'Person, machine, code',
		side: 'With',
		sides: { '': 'Everybody', client: 'Clients', hub: 'Vendor’s server' } as Record<string, string>,
		kind: 'Show',
		kinds: { '': 'Everything', error: 'Errors' } as Record<string, string>,
		download: 'Download',
		downloading: (done: number, all: number) =>
			`${n(Math.round((100 * done) / Math.max(1, all)))} %`,
		empty: 'Nothing was written yet',
		emptyText: 'Lines appear here by themselves as clients come and go.',
		emptyOff: 'Switch the log on to see connections here.',
		noMatch: 'No line matches',
		more: 'Older lines are in the files.',
		folder: 'Files on the server',
		files: (count: number, bytes: number) => `${many(count, 'file')}, ${size(bytes, 'en')}`,
		lost: (count: number) =>
			`${many(count, 'line')} could not be written since the start: is the disk full?`,
		head: { at: 'When', event: 'What', who: 'Who', more: 'More' },
		events: {
			claim: 'Connected',
			release: 'Left',
			end: 'Ended by the admin',
			expire: 'Gone without a word',
			refused: 'Refused',
			wait: 'In line',
			renew: 'Renewal failed',
			'get-license': 'Asked for a license',
			activate: 'Asked for activation'
		} as Record<string, string>
	},
	usage: {
		title: 'Usage',
		truth: (peak: number, clients: number, denied: number) =>
			`At most ${n(peak)} of ${many(clients, 'client')} at once. ${
				denied === 0 ? 'Nobody was turned away.' : `${many(denied, 'attempt')} turned away.`
			}`,
		nothing: 'Nothing was used in this time.',
		product: 'Product',
		span: 'Time',
		spans: { day: '24 hours', week: '7 days', month: '30 days' } as Record<string, string>,
		chart: 'Most clients at once',
		allowed: (clients: number) => `${n(clients)} allowed`,
		peak: 'Most at once',
		denied: 'Turned away',
		waiting: 'Most in line',
		hour: 'Hour',
		dayHead: 'Day (UTC)',
		table: 'As a table',
		csv: 'Save as CSV',
		report: 'Save signed report',
		reportHint:
			'For the vendor or your head office: hours and numbers of this time, nobody’s name, signed by this server.',
		saved: 'The report was saved.',
		none: 'Nothing to count yet',
		noneText: 'Use is counted by the hour from the first client on.'
	}
};

export type SiteConsoleTexts = typeof siteConsoleEn;
