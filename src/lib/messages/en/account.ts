/**
 * English: the screens of people, devices, sessions and API keys.
 *
 * @module
 */
import type { BlockedSeats } from '#lib/protocol/people.ts';
import { joinEn } from './join.ts';
import { day, many, n } from './phrases.ts';

export const accountEn = {
	title: 'Account and access',
	signedOut: 'Sign in to see this.',
	stale: 'What follows is what the server said last.',
	more: 'Show more',
	find: 'Find',
	noMatch: (search: string) => `Nothing matches “${search}”.`,
	place: 'Organization',
	vendor: 'Vendor staff',
	role: joinEn.role,
	may: {
		viewer: 'Sees licenses and their machines.',
		technician: 'Also activates machines and reserves offline seats.',
		manager: 'Also sees license keys, retires machines, and invites technicians and viewers.',
		owner: 'Can do everything with the licenses, and decides who else can.',
		staff: 'Issues licenses and looks after products and customers.',
		admin: 'Also looks after staff and the server.'
	},
	you: 'You',
	people: {
		title: 'People',
		hint: 'Who belongs to your organization, and who is invited',
		truth: (members: number, invited: number) =>
			`${many(members, 'person', 'people')}${invited === 0 ? '' : `, ${many(invited, 'open invitation')}`}.`,
		nowhere:
			'You look after nobody. Owners and license managers of an organization decide who belongs to it.',
		members: 'Members',
		noMembers: 'Nobody belongs to it yet. Whoever is invited as its owner looks after the rest.',
		invitations: 'Open invitations',
		since: (seconds: number) => `since ${day(seconds)}`,
		until: (seconds: number) => `valid until ${day(seconds)}`,
		over: (seconds: number) => `ended on ${day(seconds)}`,
		mail: { waiting: 'Mail is on its way', sent: 'Mail sent', failed: 'Mail not delivered' },
		invite: 'Invite',
		inviteTitle: (place: string) => `Invite someone to ${place}`,
		inviteText: 'They get a link by mail. It is good once, for 7 days, and for this address only.',
		inviteDo: 'Send invitation',
		invited: (email: string) => `${email} is invited.`,
		email: 'Email address',
		emailWrong: 'Enter an address like name@example.com.',
		roleLabel: 'Role',
		change: 'Change',
		changeTitle: (name: string) => name,
		changeDo: 'Save role',
		changed: (name: string, role: string) => `${name} is ${role} now.`,
		remove: 'Remove',
		removeTitle: (name: string) => `Remove ${name}?`,
		removeText: (name: string, place: string) =>
			`${name} no longer sees anything of ${place}, and desks drop it at the next sync. The account stays, and so does everything already issued.`,
		removeSeats: 'Offline seats on their devices stay set aside: end those under Devices first.',
		removeDo: 'Remove',
		removed: (name: string) => `${name} was removed.`,
		leave: 'Leave',
		leaveTitle: (place: string) => `Leave ${place}?`,
		leaveText: (place: string) =>
			`You no longer see anything of ${place}. Someone else has to invite you back.`,
		withdraw: 'Withdraw',
		withdrawn: (email: string) => `The invitation of ${email} was withdrawn.`,
		toDevices: 'Their devices'
	},
	devices: {
		title: 'Devices',
		hint: 'Where your account is used, ended one by one',
		truth: (count: number, hasMore: boolean) =>
			`${hasMore ? 'More than ' : ''}${many(count, 'device')}.`,
		own: 'My devices',
		of: (place: string) => `People of ${place}`,
		whose: 'Whose devices',
		emptyTitle: 'No devices yet',
		emptyText: 'A device appears here once it has sent something to the server.',
		unnamed: 'Unnamed device',
		thisOne: 'This device',
		seen: (seconds: number) => `last used ${day(seconds)}`,
		since: (seconds: number) => `since ${day(seconds)}`,
		signedIn: (sessions: number): string => (sessions === 0 ? 'not signed in' : 'signed in'),
		blocked: (seats: number) => `${many(seats, 'offline seat')} set aside`,
		ended: (seconds: number) => `Ended ${day(seconds)}`,
		copied: 'Copied',
		end: 'End',
		endTitle: (name: string) => `End ${name}?`,
		endText:
			'It is signed out at once, and what it still asks for is refused. What has already been done on it still counts, even if it is brought later. This cannot be undone; the device can be used again as a new one.',
		endThis: 'This is the device that you are using: you are signed out here.',
		endElsewhere: 'Seats of other organizations freeze as well; they are not shown here.',
		blocks: 'Seats that stay blocked',
		blocksNone: 'No offline seats are set aside for it.',
		blocksLine: ({ seats, until }: BlockedSeats) =>
			`${many(seats, 'seat')}, until ${day(until)} at the latest`,
		blocksEnd:
			'They come back earlier if the device is brought in and gives them back, or if a license manager writes them off.',
		endDo: 'End device',
		endedTitle: (name: string) => `${name} was ended`,
		endedText: 'It is signed out, and nothing that it asks for is done any more.'
	},
	sessions: {
		title: 'Sessions',
		hint: 'Where you are signed in',
		truth: (count: number) => `You are signed in at ${many(count, 'place')}.`,
		current: 'This session',
		used: (seconds: number) => `last used ${day(seconds)}`,
		since: (seconds: number) => `since ${day(seconds)}`,
		unknown: 'Unknown browser',
		on: (browser: string, system: string) => `${browser} on ${system}`,
		end: 'Sign out',
		ended: 'Signed out there.',
		endOthers: 'Sign out everywhere else',
		othersEnded: (count: number) => `Signed out at ${many(count, 'other place')}.`,
		text: 'Offline seats and unsent work stay on a device that is signed out. To end the device as well, open Devices.'
	},
	ways: {
		title: 'Ways to sign in',
		hint: 'Authenticator app, and accounts elsewhere'
	},
	reminders: {
		title: 'Reminders',
		hint: 'Mail before a license ends or seats run out',
		text: 'Owners and license managers get one message a day at most, about all their licenses.',
		about: 'Tell me by mail',
		kinds: {
			ends: 'Before something ends',
			seats: 'Before seats run out',
			refused: 'When a seat was missing',
			joined: 'When somebody joins'
		},
		hints: {
			ends: '90, 30 and 7 days before a license, its maintenance or a trial ends.',
			seats: 'Once nine in ten seats of a license are in use.',
			refused: 'The day after a request was refused because no seat was free.',
			joined: 'At once, to owners: somebody proved the address of a purchase and is a member now.'
		},
		language: 'Language of the messages',
		saved: 'Saved.'
	},
	calendar: {
		title: 'Calendar',
		hint: 'The ends of your licenses in your own calendar'
	},
	keys: {
		title: 'API keys',
		hint: 'For scripts: what they may do, and until when',
		truth: (count: number) =>
			count === 0 ? 'No script acts in your name.' : `${many(count, 'key')} can act in your name.`,
		emptyTitle: 'No API keys',
		emptyText:
			'A script signs in with a key instead of your password. Give it no more than it needs.',
		make: 'New key',
		makeTitle: 'New API key',
		name: 'Name',
		nameHint: 'For example the script that uses it.',
		needName: 'Enter a name.',
		where: 'Where',
		everywhere: 'Everywhere I belong',
		everywhereVendor: 'At every customer',
		roleLabel: 'At most as',
		asMe: 'All that I may',
		readOnly: 'Read only',
		readOnlyHint: 'It can look everything up that this role can, and change nothing.',
		days: 'Ends in',
		daysOf: (days: number) => (days === 365 ? 'a year' : `${n(days)} days`),
		password: 'Your password',
		passwordHint: 'Asked again, because a key opens doors for a long time.',
		needPassword: 'Enter your password.',
		makeDo: 'Make key',
		madeTitle: 'Copy the key now',
		madeText: 'It is shown only once. The server keeps no copy that anyone can read.',
		copy: 'Copy key',
		done: 'Done',
		limits: ({ role, place, readOnly }: { role?: string; place?: string; readOnly: boolean }) =>
			[
				role === undefined ? 'All that you may' : `At most ${role}`,
				place === undefined ? undefined : `at ${place} only`,
				readOnly ? 'read only' : undefined
			]
				.filter(Boolean)
				.join(', '),
		ends: (seconds: number) => `ends ${day(seconds)}`,
		used: (seconds: number) => `last used ${day(seconds)}`,
		unused: 'never used',
		revoke: 'Revoke',
		revokeTitle: (name: string) => `Revoke ${name}?`,
		revokeText: 'Whatever uses it is refused from now on. This cannot be undone.',
		revoked: (name: string) => `${name} was revoked.`
	}
};

export type AccountTexts = typeof accountEn;
