/**
 * Having seats set aside for this desk: asked for, waiting, refused, and proposed. [AL1, O4]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isReservable, reservableSeats } from '#lib/domain/seats/allotment.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import { listIssuable } from './allotments.ts';
import { readState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { changeSettings } from '#lib/desk/store/settings.ts';
import { readTitles } from '#lib/desk/licenses/read-licenses.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import type { StoredLicense } from '#lib/desk/store/mirror-rows.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';
import { appendCommands, draftCommand } from '#lib/desk/store/outbox.ts';
import { isStorageKept, orStorageFull } from '#lib/desk/store/storage.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';

/** The desk proposes to set seats aside for licenses that it handled this often, this recently. */
const HANDLED_OFTEN = 2;
const HANDLED_SECONDS = 30 * DAY_SECONDS;
/** Begins the subject of a reservation, before the license number. */
const RESERVE = 'reserve ';

/** Seats that were asked for and are not decided yet, or were refused. */
export type Reservation = {
	id: string;
	number: string;
	seats: number;
	product?: string;
	askedAt: number;
	refusal?: Refusal;
};

/** Seats asked for that the hub has not set aside: those that wait, and the "no"s of the last day. */
export async function listReservations(): Promise<Reservation[]> {
	const rows = (await strict.outbox.where('subject').startsWith(RESERVE).toArray()).filter(
		({ state, result, settledAt = 0 }) =>
			state === 'waiting' || (result?.refusal && settledAt > deskNow() - DAY_SECONDS)
	);
	const numbers = rows.map((row) => reservationOf(row).number);
	const titles = await readTitles(numbers);
	const newest = new Map(rows.sort((a, b) => a.n - b.n).map((row) => [row.subject, row]));
	return [...newest.values()].map((row) => {
		const { number, seats } = reservationOf(row);
		return {
			id: row.id,
			number,
			seats,
			product: titles.get(number),
			askedAt: row.createdAt,
			...(row.result?.refusal && { refusal: row.result.refusal })
		};
	});
}

/**
 * Asks the hub to set seats aside for this desk. It waits in the outbox like every other command;
 * only a desk whose storage the browser keeps can take an allotment. Call it from a click. [AL1]
 */
export async function reserveSeats(number: string, seats: number): Promise<Refusal | undefined> {
	if (!(await isStorageKept())) return refuse('STORAGE_NOT_KEPT', {});
	// What waits for one license is not asked for twice.
	const draft = await draftCommand('allotment.reserve', { number, seats }, `${RESERVE}${number}`);
	const stored = await orStorageFull(() => appendCommands([draft]));
	if (isRefusal(stored)) return stored;
	syncNow();
	return undefined;
}

/** A license for which this desk could have seats set aside, because it is often asked for here. */
export type Proposal = Pick<LicenseRow, 'number' | 'title' | 'customer'> & { seats: number };

/** Licenses that this desk handled at least twice of late and has no allotment of. [O4] */
export async function listProposals(): Promise<Proposal[]> {
	if (__ONE_FILE__ || !(await readState('identity'))) return [];
	const since = deskNow() - HANDLED_SECONDS;
	const handled = new Map<string, number>();
	for (const { number, kind } of await strict.requests.where('storedAt').above(since).toArray())
		if (!kind) handled.set(number, (handled.get(number) ?? 0) + 1);
	const often = [...handled]
		.filter(([, times]) => times >= HANDLED_OFTEN)
		.map(([number]) => number);
	if (often.length === 0) return [];
	const [licenses, issuable, asked, settings] = await Promise.all([
		mirroredLicenses.with('licenses.number', often),
		listIssuable(),
		listReservations(),
		readState('settings')
	]);
	return licenses.flatMap((license) => {
		const { number, title, customer } = license;
		const seats = reservableSeats(license);
		const isSettled =
			issuable.has(number) ||
			asked.some((each) => each.number === number) ||
			settings?.unproposed?.includes(number);
		const mayHave = isReservable(license, deskNow()) && seats > 0;
		return mayHave && !isSettled ? [{ number, title, customer, seats }] : [];
	});
}

/** Licenses that the hub shows this person, for the choice of one: as many as a person can look through. */
export async function listReservable(limit = 200): Promise<StoredLicense[]> {
	const now = deskNow();
	const found = await mirroredLicenses.first(
		limit,
		(license) => isReservable(license, now) && reservableSeats(license) > 0
	);
	return found.sort((one, other) => (one.number < other.number ? -1 : 1));
}

/** Does not propose it again for this license. */
export async function dismissProposal(number: string): Promise<void> {
	const { unproposed = [] } = (await readState('settings')) ?? {};
	await changeSettings({ unproposed: [...new Set([...unproposed, number])] });
}

function reservationOf({ args }: OutboxRow): { number: string; seats: number } {
	return 'seats' in args ? args : { number: '', seats: 0 };
}
