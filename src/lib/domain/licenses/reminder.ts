/**
 * What the people who look after a license are told in time: that it ends soon, that its seats run
 * out, and that a request was refused because none was free. Pure, of the license, what one person was told before, and the time. [P12]
 *
 * @module
 */
import { usedSeats } from '../seat.ts';
import { isStopped, nextEnd, type LicenseStanding } from './standing.ts';
import { DAY_SECONDS, daysBetween, type Seconds } from '../time.ts';

/** Days of UTC before an end at which it is told, the last first. */
const STEPS = [7, 30, 90] as const;

/** Reminders look no further ahead. */
export const REMINDED_SECONDS = (STEPS[2] + 1) * DAY_SECONDS;

/** Of a hundred seats. */
const SEATS_STEP = 90;

/** Refusals that are older are no news. */
export const REFUSAL_NEWS_SECONDS = 14 * DAY_SECONDS;

/** Younger ones are told of another day: one that was decided as early may not be committed yet. */
const SETTLED_SECONDS = 600;

/** What people may want to hear of, each by itself. The last one is a letter of its own. [AT1] */
export const reminderKinds = ['ends', 'seats', 'refused', 'joined'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

export type Reminder =
	| {
			about: 'end';
			/** Which end it is. */
			end: 'expiry' | 'maintenance' | 'trial';
			/** The end. A license that was renewed has another one, and is told of anew. */
			at: Seconds;
			/** The step of days that it is within. */
			step: number;
	  }
	| {
			about: 'seats';
			/** Seats of the license. More or fewer are told of anew. */
			at: number;
			step: typeof SEATS_STEP;
	  }
	| {
			about: 'refused';
			/** When the last of them was decided. Later ones are told of anew. */
			at: Seconds;
			step: 0;
			requests: number;
	  };

/** What one person was told of one license. */
export type Told = Pick<Reminder, 'about' | 'at' | 'step'>;

export type RemindedLicense = LicenseStanding & {
	frozenAt?: Seconds;
	trialDays?: number;
	/** When requests were refused for lack of a seat that have none yet. */
	refusals?: readonly Seconds[];
};

/**
 * What is due now, and was not told yet: of an end the nearest step alone, however many were slept
 * through. Of a license that is over, or under which nothing is granted, nothing is told.
 */
export function remindersOf(
	license: RemindedLicense,
	told: readonly Told[],
	now: Seconds
): Reminder[] {
	const { expiresAt } = license;
	if (isStopped(license) || (expiresAt !== undefined && now >= expiresAt)) return [];
	const due = [endOf(license, now), seatsOf(license), refusedOf(license, told, now)];
	return due
		.filter((each) => each !== undefined)
		.filter(
			({ about, at, step }) =>
				!told.some((was) => was.about === about && was.at === at && was.step <= step)
		);
}

function endOf(license: RemindedLicense, now: Seconds): Reminder | undefined {
	const at = nextEnd(license, now);
	if (at === undefined) return undefined;
	const days = daysBetween(now, at);
	const end = at !== license.expiresAt ? 'maintenance' : license.trialDays ? 'trial' : 'expiry';
	// A step that a trial begins within says nothing that whoever began it does not know.
	const longest = end === 'trial' ? license.trialDays! - 1 : Infinity;
	const step = STEPS.find((each) => days <= each && each <= longest);
	return step === undefined ? undefined : { about: 'end', end, at, step };
}

/** Of one seat nobody needs to hear that it is used: that is what it was bought for. */
function seatsOf({ seats, counts }: RemindedLicense): Reminder | undefined {
	const isScarce = seats > 1 && usedSeats(counts) * 100 >= seats * SEATS_STEP;
	return isScarce ? { about: 'seats', at: seats, step: SEATS_STEP } : undefined;
}

function refusedOf(
	{ refusals = [] }: RemindedLicense,
	told: readonly Told[],
	now: Seconds
): Reminder | undefined {
	const after = told.filter(({ about }) => about === 'refused').map(({ at }) => at);
	const since = Math.max(now - REFUSAL_NEWS_SECONDS, ...after);
	const news = refusals.filter((at) => at > since && at <= now - SETTLED_SECONDS);
	const at = Math.max(...news);
	return news.length === 0 ? undefined : { about: 'refused', at, step: 0, requests: news.length };
}

/** As people choose it. */
export function kindOf({ about }: Pick<Reminder, 'about'>): ReminderKind {
	return about === 'end' ? 'ends' : about;
}
