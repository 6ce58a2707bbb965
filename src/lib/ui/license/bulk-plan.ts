/**
 * What one action comes to for many licenses: which of them change, and which are left out and why. [DK3]
 *
 * @module
 */
import { parseDate, utcDay } from '#lib/domain/calendar.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';

/** Why a license is left out. */
export type Skip =
	| 'mayNot'
	| 'moved'
	| 'suspended'
	| 'notSuspended'
	| 'noEnd'
	/** Its end lies later than what was asked for. */
	| 'longer'
	| 'noKey'
	/** The first sync still reads it from the hub. */
	| 'keyComing';

export type BulkPlan<C = undefined> = {
	todo: { license: LicenseSummary; change: C }[];
	skipped: { license: LicenseSummary; why: Skip }[];
};

/** @param decide - What changes of a license, or why nothing does. */
function planOf<C>(
	licenses: readonly LicenseSummary[],
	decide: (license: LicenseSummary) => { change: C } | Skip
): BulkPlan<C> {
	const plan: BulkPlan<C> = { todo: [], skipped: [] };
	for (const license of licenses) {
		const decided = decide(license);
		if (typeof decided === 'string') plan.skipped.push({ license, why: decided });
		else plan.todo.push({ license, change: decided.change });
	}
	return plan;
}

type May = (license: LicenseSummary) => boolean;

export function planSuspending(
	licenses: readonly LicenseSummary[],
	{ suspend, may }: { suspend: boolean; may: May }
): BulkPlan {
	return planOf(licenses, (license) => {
		if (!may(license)) return 'mayNot';
		if (license.successor !== undefined) return 'moved';
		if ((license.suspendedAt !== undefined) === suspend)
			return suspend ? 'suspended' : 'notSuspended';
		return { change: undefined };
	});
}

export type EndName = 'maintainedUntil' | 'expiresAt';

/** How far ends are moved: a year on from each, or all of them to one day. */
export type RenewalWish = { ends: readonly EndName[]; until: 'year' | Seconds };

/** New ends, beside those that they replace. */
export type NewEnds = Partial<Record<EndName, { from: Seconds; to: Seconds }>>;

/** Only ends that there are become later: a renewal of many shortens nothing, and limits nothing. */
export function planRenewal(
	licenses: readonly LicenseSummary[],
	{ wish, may, now }: { wish: RenewalWish; may: May; now: Seconds }
): BulkPlan<NewEnds> {
	return planOf(licenses, (license) => {
		if (!may(license)) return 'mayNot';
		if (license.successor !== undefined) return 'moved';
		if (license.suspendedAt !== undefined) return 'suspended';
		const change: NewEnds = {};
		let hasEnd = false;
		for (const name of wish.ends) {
			const from = license[name];
			if (from === undefined) continue;
			hasEnd = true;
			const to = wish.until === 'year' ? yearAfter(Math.max(from, now)) : wish.until;
			if (to > from) change[name] = { from, to };
		}
		if (Object.keys(change).length > 0) return { change };
		return hasEnd ? 'longer' : 'noEnd';
	});
}

/** The same day of the next year, to its last second; of a leap day, the day before. */
export function yearAfter(at: Seconds): Seconds {
	const [year = '', month = '', date = ''] = utcDay(at).split('-');
	const next = `${String(Number(year) + 1).padStart(4, '0')}-${month}-`;
	for (const day of [date, '28']) {
		const end = parseDate(`${next}${day}`, 'end');
		if (!isRefusal(end)) return end;
	}
	return at;
}

/**
 * Keys that this desk holds, of the licenses that were chosen.
 *
 * @param held - Ids of licenses whose key is here.
 * @param owed - Ids of customers of whose keys some are still to come.
 */
export function planKeys(
	licenses: readonly LicenseSummary[],
	{ may, held, owed }: { may: May; held: ReadonlySet<string>; owed: ReadonlySet<string> }
): BulkPlan {
	return planOf(licenses, (license) => {
		if (held.has(license.id)) return { change: undefined };
		if (!may(license)) return 'mayNot';
		return owed.has(license.customerId) ? 'keyComing' : 'noKey';
	});
}
