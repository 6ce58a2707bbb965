/**
 * Seats in use over a year: months that are over never change, so they are asked for once and shown
 * from then on, without a network as well. [DK5]
 *
 * @module
 */
import { monthOf } from '#lib/domain/calendar.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { SeatHistory } from '#lib/protocol/seat-history.ts';
import { askHub } from '#lib/desk/hub/asking.ts';
import { deskNow } from '#lib/desk/store/database.ts';
import { readIdentity } from '#lib/desk/store/identity.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';

/** The hub tells of so many at once; nobody looks at the sum of more. */
const MOST_CUSTOMERS = 100;

/** As it was told last, of the customers that are mirrored now. `null`: not told yet. */
export async function readSeatYear(): Promise<SeatHistory | null> {
	const [customerIds, told] = await Promise.all([mirrored(), readState('seatYear')]);
	return told && isSame(told.customerIds, customerIds) ? told.history : null;
}

/** Asks the hub where a month is over that was not told. Without an answer what is known stays. */
export async function refreshSeatYear(): Promise<void> {
	const customerIds = await mirrored();
	if (customerIds.length === 0 || customerIds.length > MOST_CUSTOMERS) return;
	const known = await readSeatYear();
	if (known && monthOf(known.at) >= monthOf(deskNow())) return;
	const history = await askHub((hub) => hub.license.seatHistory.query({ customerIds }));
	if (!isRefusal(history)) await writeState('seatYear', { customerIds, history });
}

async function mirrored(): Promise<string[]> {
	const identity = await readIdentity();
	return (identity?.customers ?? []).map(({ id }) => id).sort();
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((id, at) => id === other[at]);
}
