/**
 * One license in sentences: what holds now, and what somebody who wants a seat has to know. [K5]
 *
 * @module
 */
import { freeSeats } from '#lib/domain/seat.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import type { licenseTexts } from '#lib/messages/license.ts';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';

type Standing = LicenseRow & {
	activations: readonly Pick<ActivationRow, 'state' | 'coolsUntil'>[];
	requests: readonly { state: string }[];
};

export function licenseTruth(row: Standing, t: (typeof licenseTexts)['en'], now: Seconds): string {
	const { counts, seats, successor, trialDays, expiresAt, maintainedUntil, graceDays } = row;
	const waiting = row.requests.filter(({ state }) => state === 'queued').length;
	const coolsUntil = row.activations
		.filter(({ state }) => state === 'cooling')
		.reduce((first, { coolsUntil: end = Infinity }) => Math.min(first, end), Infinity);
	return [
		t.truth(counts.active, seats),
		successor === undefined
			? freeSeats(seats, counts) === 0 && t.fullTruth
			: t.movedTruth(successor),
		Number.isFinite(coolsUntil) && t.coolingTruth(counts.cooling, coolsUntil),
		trialDays !== undefined && t.trialTruth(trialDays, expiresAt, now),
		row.upgradedTo !== undefined && t.upgradedTruth(row.upgradedTo),
		row.upgradedFrom !== undefined && t.upgradeTruth(row.upgradedFrom),
		row.suspendedAt !== undefined && t.suspendedTruth,
		(trialDays === undefined || graceDays !== undefined) &&
			expiresAt !== undefined &&
			expiresAt <= now &&
			t.expiredTruth(expiresAt, now, graceDays && expiresAt + graceDays * DAY_SECONDS),
		maintainedUntil !== undefined && t.maintenanceTruth(maintainedUntil, now),
		waiting > 0 && t.waitingTruth(waiting)
	]
		.filter(Boolean)
		.join(' ');
}
