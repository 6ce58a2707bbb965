/**
 * English: the screen Overview.
 *
 * @module
 */
import { many, n } from './phrases.ts';

export const overviewEn = {
	title: 'Overview',
	truth: (licenses: number, active: number, seats: number) =>
		licenses === 0
			? 'No licenses are here yet.'
			: `${many(licenses, 'license')}, activated on ${n(active)} of ${many(seats, 'machine')}.`,
	offlineTruth: 'This desk works without a network. What needs the hub waits here until it can go.',
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
};

export type OverviewTexts = typeof overviewEn;
