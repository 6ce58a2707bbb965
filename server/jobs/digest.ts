/**
 * What is due about many licenses as one letter: the most pressing first, each group with a link that
 * shows it in the desk. [P12]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { RemindedLicense, Reminder } from '#lib/domain/licenses/reminder.ts';
import { usedSeats } from '#lib/domain/seat.ts';
import type { Letters, ReminderGroup } from '#server/mail/letters.ts';

export type DueLicense = RemindedLicense & {
	customerId: string;
	licenseId: string;
	number: string;
	/** Product and edition. */
	title: string;
	/** Name of the customer. */
	place: string;
	reminder: Reminder;
};

/** Lines of a group; how many more there are is said. */
const LISTED = 20;

/** Where the desk lists each group. */
const lists = {
	refused: '?sort=free',
	soon: '?is=ends-30',
	later: '?is=ends-90',
	seats: '?sort=free'
} as const;

/** @param hub - Its address. */
export function digestOf(
	due: readonly DueLicense[],
	{ hub, now }: { hub: string; now: Seconds }
): Letters['reminder'] {
	const groups = (['refused', 'soon', 'later', 'seats'] as const).flatMap(
		(what): ReminderGroup[] => {
			const its = due.filter(({ reminder }) => groupOf(reminder) === what).sort(byPlace);
			if (its.length === 0) return [];
			const lines = its.slice(0, LISTED).map(lineOf);
			const link = `${hub}/#/licenses${lists[what]}`;
			return [{ what, link, lines, more: its.length - lines.length }];
		}
	);
	const count = new Set(due.map(({ licenseId }) => licenseId)).size;
	return { groups, count, now, settings: `${hub}/#/settings/reminders` };
}

function groupOf({ about, step }: Reminder): ReminderGroup['what'] {
	if (about !== 'end') return about;
	return step <= 30 ? 'soon' : 'later';
}

/** By their end, or by their number. */
function byPlace(one: DueLicense, other: DueLicense): number {
	const nearer = one.reminder.about === 'end' ? one.reminder.at - other.reminder.at : 0;
	return nearer || (one.number < other.number ? -1 : 1);
}

function lineOf(due: DueLicense): ReminderGroup['lines'][number] {
	const { number, title, place, seats, counts, reminder } = due;
	return { number, title, place, said: saidOf() };

	function saidOf() {
		switch (reminder.about) {
			case 'end':
				return { end: reminder.end, at: reminder.at };
			case 'seats':
				return { used: usedSeats(counts), seats };
			case 'refused':
				return { refused: reminder.requests };
		}
	}
}
