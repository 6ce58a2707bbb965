/**
 * Giving seats back: when a seat is free again after a return, or after a machine is gone.
 *
 * A file that was signed once stays valid until it ends, wherever it lies. So a seat given back
 * without proof is not free before its files have ended, and even proven returns and replacements
 * are limited in number: otherwise one seat would yield valid files without limit. [SE5, SE6]
 *
 * @module
 */
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** Quotas count within any span of this length. */
export const QUOTA_SPAN_SECONDS = 365 * DAY_SECONDS;

/** So many machines are retired at a time. [P11] */
export const MOST_RETIREMENTS = 200;

/** What the vendor allows a license, per {@link QUOTA_SPAN_SECONDS}. */
export type Quotas = {
	/** Proven returns that free a seat at once, per seat. */
	returnsPerYear: number;
	/** Machines that may be retired with their seat free at once; by default a tenth of the seats. */
	replacementsPerYear?: number;
	/** How long a seat cools whose files have no end. */
	coolDays: number;
};

export const usualQuotas: Quotas = { returnsPerYear: 4, coolDays: 90 };

/** What becomes of the seat. `cooling` ends by itself; the files of the machine have ended then. */
export type GivenBack = { freed: true } | { freed: false; coolsUntil: Seconds };

/** The seat that is given back. */
export type SeatInUse = {
	seats: number;
	quotas: Quotas;
	/** When the last of its files ends; absent where one has no end. */
	filesEndAt?: Seconds;
	/** How many of this license were freed at once in the span before now, by the same way. */
	freedInSpan: number;
	now: Seconds;
};

/**
 * A machine gave its seat back. [SE5]
 *
 * @param proven - Signed by the key that the machine itself made for its first request. A key that
 * a desk holds, or that a reinstalled machine made later, proves nothing.
 */
export function decideReturn(seat: SeatInUse, proven: boolean): GivenBack {
	const allowed = seat.quotas.returnsPerYear * seat.seats;
	return proven && seat.freedInSpan < allowed ? { freed: true } : cool(seat);
}

/** A machine is gone by its manager's word. [SE6] */
export function decideRetirement(seat: SeatInUse): GivenBack {
	return seat.freedInSpan < replacementsAllowed(seat) ? { freed: true } : cool(seat);
}

/** How many machines of a license may be replaced in a span. [SE6] */
export function replacementsAllowed({
	seats,
	quotas
}: Pick<SeatInUse, 'seats' | 'quotas'>): number {
	return quotas.replacementsPerYear ?? Math.max(1, Math.floor(seats / 10));
}

function cool({ filesEndAt, quotas, now }: SeatInUse): GivenBack {
	const coolsUntil = filesEndAt ?? now + quotas.coolDays * DAY_SECONDS;
	return coolsUntil <= now ? { freed: true } : { freed: false, coolsUntil };
}
