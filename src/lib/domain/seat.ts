/**
 * Seats: how many machines a license may activate, and how many are spoken for. [SE1]
 *
 * @module
 */

/** Seats of one license by state. What is in none of them is free. */
export type SeatCounts = { active: number; reserved: number; cooling: number };

/** What became of an activation: it holds its seat, or gave it back, or its machine is gone. */
export type ActivationState = 'active' | 'cooling' | 'returned' | 'retired';

/** Seats that are not free. [SE1] */
export function usedSeats(counts: SeatCounts): number {
	return counts.active + counts.reserved + counts.cooling;
}

/** Never negative: a license whose seats were lowered is over its limit, not in debt. [SE4] */
export function freeSeats(seats: number, counts: SeatCounts): number {
	return Math.max(0, seats - usedSeats(counts));
}

/** What the database holds `used` to. It falls with `used` and never cancels what was granted. [SE4] */
export function seatCeiling(seats: number, counts: SeatCounts): number {
	return Math.max(seats, usedSeats(counts));
}

export function isOverLimit(seats: number, counts: SeatCounts): boolean {
	return usedSeats(counts) > seats;
}
