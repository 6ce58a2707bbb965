/**
 * English: the screen Overview.
 *
 * @module
 */
import { day, many, n } from './phrases.ts';

export const overviewEn = {
	title: 'Overview',
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
	attention: 'Action needed',
	allWell: 'Nothing to do.',
	drafts: (count: number) => `${many(count, 'request')} not submitted yet`,
	queued: (count: number) => `${many(count, 'request')} waiting for the server`,
	granted: (count: number) => `${many(count, 'answer')} to carry back`,
	refused: (count: number) => `${many(count, 'request')} refused`,
	suspended: (count: number) => `${many(count, 'license')} suspended`,
	overLimit: (count: number) => `${many(count, 'license')} over the limit`,
	expired: (count: number) => `${many(count, 'license')} expired`,
	full: (count: number) => `${many(count, 'license')} with no free seat`,
	seatUse: 'Seat usage',
	latest: 'Recent requests',
	all: 'All licenses',
	firstTitle: 'Three ways to start',
	firstSignIn: 'Sign in',
	firstSignInText: 'Your licenses appear automatically and stay readable offline.',
	firstActivate: 'Activate a machine',
	firstActivateText:
		'With a name, an organization, and a license key or number. No network needed.',
	firstImport: 'Import files',
	firstImportText:
		'Requests, answers and keys from a USB stick, a folder, a ZIP file or the camera.'
};

export type OverviewTexts = typeof overviewEn;
