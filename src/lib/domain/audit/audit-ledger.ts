/**
 * Counting seats again from the audit alone: no prefix of it may hold more seats than were sold. [SE1]
 *
 * @module
 */
import type { AuditBreak, AuditEntry, LedgerBreak } from './audit.ts';
import { isOverLimit, type SeatCounts } from '../seat.ts';

/** A license as its audit tells it. */
export type CountedLicense = { seats: number; counts: SeatCounts };

/** An activation: whether it holds a seat, and the newest generation that it is known by. */
type Seat = { license: string; state: 'active' | 'cooling' | 'left'; gen: number };

/** Where the counting stands. Begin with {@link emptyLedger}, go on page by page. */
export type CountedLedger = {
	licenses: Map<string, CountedLicense>;
	/** Activations by `act`, those that were given back too. */
	seats: Map<string, Seat>;
	/** Slots of allotments that are still set aside, by allotment. */
	blocks: Map<string, { license: string; reserved: number }>;
};

export function emptyLedger(): CountedLedger {
	return { licenses: new Map(), seats: new Map(), blocks: new Map() };
}

/**
 * Counts on from where `ledger` stands, which it changes.
 *
 * @returns The first entry after which a license held more seats than it had, or which speaks of a
 * seat or license that was not there. Only a fact, marked `overage`, may go beyond. [SE4]
 */
export function checkLedger(
	entries: readonly AuditEntry[],
	ledger: CountedLedger = emptyLedger()
): AuditBreak | undefined {
	for (const entry of entries) {
		const why = count(ledger, entry);
		if (why) return { n: entry.n, why };
	}
	return undefined;
}

function count(
	ledger: CountedLedger,
	{ action, subject, facts }: AuditEntry
): LedgerBreak | undefined {
	switch (action) {
		case 'license.issued':
		case 'license.adopted':
			ledger.licenses.set(subject, {
				seats: Number(facts.seats),
				counts: { active: 0, reserved: 0, cooling: 0 }
			});
			return undefined;
		case 'license.changed':
		case 'license.renewed': {
			const license = ledger.licenses.get(subject);
			if (!license) return 'unknown-license';
			if (facts.seats !== undefined) license.seats = Number(facts.seats);
			return undefined;
		}
		case 'license.moved': {
			const license = ledger.licenses.get(subject);
			if (!license) return 'unknown-license';
			if (facts.seats !== undefined) license.seats = Number(facts.seats);
			else ledger.licenses.delete(subject);
			return undefined;
		}
		case 'activation.granted':
		case 'activation.adopted':
			if (typeof facts.cooling === 'string') {
				const left = leave(ledger, facts.cooling, 'cooling');
				if (left) return left;
			}
			return take(ledger, subject, facts);
		case 'activation.renewed':
			if (ledger.seats.get(subject)?.state !== 'active') return 'unknown-seat';
			raiseGeneration(ledger, subject, facts);
			return undefined;
		case 'activation.returned':
		case 'activation.retired':
			return giveBack(ledger, subject, facts);
		case 'seat.cooled':
			return leave(ledger, subject, 'cooling');
		case 'allotment.reserved':
		case 'allotment.adopted':
			return setAside(ledger, subject, { facts, isFact: action === 'allotment.adopted' });
		case 'allotment.closed':
		case 'allotment.expired':
		case 'allotment.written-off':
			return release(ledger, subject, Number(facts.freed));
		case 'activation.drawn':
			return draw(ledger, subject, facts);
		case 'activation.ended':
			return leave(ledger, subject, 'active');
		default:
			return undefined;
	}
}

function take(
	ledger: CountedLedger,
	act: string,
	facts: AuditEntry['facts']
): LedgerBreak | undefined {
	const id = String(facts.license);
	const license = ledger.licenses.get(id);
	if (!license) return 'unknown-license';
	if (isHeld(ledger, act)) return 'seat-twice';
	ledger.seats.set(act, { license: id, state: 'active', gen: Number(facts.gen) });
	license.counts.active += 1;
	// A machine that takes its own cooling seat raises nothing, not even over the limit. [SE5]
	const raised = facts.cooling === undefined && facts.overage !== true;
	const oversold = raised && isOverLimit(license.seats, license.counts);
	return oversold ? 'oversold' : undefined;
}

function setAside(
	{ licenses, blocks }: CountedLedger,
	allotment: string,
	{ facts, isFact }: { facts: AuditEntry['facts']; isFact: boolean }
): LedgerBreak | undefined {
	const id = String(facts.license);
	const license = licenses.get(id);
	if (!license) return 'unknown-license';
	if (blocks.has(allotment)) return 'seat-twice';
	const reserved = Number(facts.seats);
	blocks.set(allotment, { license: id, reserved });
	license.counts.reserved += reserved;
	return !isFact && isOverLimit(license.seats, license.counts) ? 'oversold' : undefined;
}

function release(
	{ licenses, blocks }: CountedLedger,
	allotment: string,
	slots: number
): LedgerBreak | undefined {
	const block = blocks.get(allotment);
	if (!block || !(slots >= 0 && slots <= block.reserved)) return 'unknown-slot';
	block.reserved -= slots;
	licenses.get(block.license)!.counts.reserved -= slots;
	return undefined;
}

/** The seat that was set aside becomes the activation's, so nothing is raised. [AL4] */
function draw(
	ledger: CountedLedger,
	act: string,
	facts: AuditEntry['facts']
): LedgerBreak | undefined {
	const { seat, allotment, slot } = facts;
	const isOwn = act === `${String(allotment)}.${String(slot)}`;
	if (seat === 'none') {
		if (!ledger.seats.has(act)) leftAtOnce(ledger, act, facts);
		return undefined;
	}
	if (isOwn) raiseGeneration(ledger, act, facts);
	if (seat === 'held') return isHeld(ledger, act) ? undefined : 'unknown-seat';
	const isSetAside = seat === 'reserved' || seat === 'released';
	const left = isSetAside ? release(ledger, String(allotment), 1) : undefined;
	if (left || seat === 'released') return left;
	return take(ledger, act, seat === 'free' ? facts : { ...facts, overage: true });
}

function giveBack(
	ledger: CountedLedger,
	act: string,
	facts: AuditEntry['facts']
): LedgerBreak | undefined {
	const { license: id, freed, forgotten } = facts;
	const license = ledger.licenses.get(String(id));
	if (!license) return 'unknown-license';
	const left = forgotten === true ? undefined : leave(ledger, act, 'active');
	if (forgotten === true && freed === true && !isHeld(ledger, act)) leftAtOnce(ledger, act, facts);
	if (left || freed === true) return left;
	if (isHeld(ledger, act)) return 'seat-twice';
	const gen = ledger.seats.get(act)?.gen ?? 0;
	ledger.seats.set(act, { license: String(id), state: 'cooling', gen });
	license.counts.cooling += 1;
	return undefined;
}

function leave(
	{ seats, licenses }: CountedLedger,
	act: string,
	state: 'active' | 'cooling'
): LedgerBreak | undefined {
	const seat = seats.get(act);
	if (seat?.state !== state) return 'unknown-seat';
	seats.set(act, { ...seat, state: 'left' });
	licenses.get(seat.license)!.counts[state] -= 1;
	return undefined;
}

/** It is in the ledger, and never held a seat that the audit has seen. */
function leftAtOnce({ seats }: CountedLedger, act: string, facts: AuditEntry['facts']): void {
	const { license, gen = 0 } = facts;
	seats.set(act, { license: String(license), state: 'left', gen: Number(gen) });
}

function isHeld({ seats }: CountedLedger, act: string): boolean {
	const seat = seats.get(act);
	return seat !== undefined && seat.state !== 'left';
}

function raiseGeneration(
	{ seats }: CountedLedger,
	act: string,
	{ gen }: AuditEntry['facts']
): void {
	const seat = seats.get(act);
	if (seat) seat.gen = Math.max(seat.gen, Number(gen));
}
