/**
 * Seats as the rows of licenses count them. Nothing else in the hub counts one up or down; whatever
 * calls this holds the license's lock. [SE1, SE2]
 *
 * @module
 */
import type { ActivationState } from '#lib/domain/seat.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { AllotmentRecord, HeldActivation, Ledger } from './ledger.ts';

/** A new activation takes a seat while it is active or cooling. */
export function addActivation(ledger: Ledger, added: HeldActivation): void {
	put(ledger, undefined, added);
}

/** What becomes of an activation: its seat follows its state. */
export function changeActivation(
	ledger: Ledger,
	known: HeldActivation,
	next: HeldActivation
): void {
	put(ledger, known.state, next);
}

function put(ledger: Ledger, before: ActivationState | undefined, next: HeldActivation): void {
	const { held, changed } = ledger;
	const known = held.get(next.act);
	// Whatever becomes of a machine, what it has said is not forgotten. [P11]
	const said = next.said ?? known?.said ?? null;
	held.set(next.act, { ...next, said, heardAt: next.heardAt ?? known?.heardAt ?? null });
	changed.activations.add(next.act);
	if (before === next.state) return;
	const license = lockedLicense(ledger, next.licenseId);
	if (before === 'active') license.active -= 1;
	if (before === 'cooling') license.cooling -= 1;
	if (next.state === 'active') license.active += 1;
	if (next.state === 'cooling') license.cooling += 1;
	changed.licenses.add(next.licenseId);
}

/** Sets seats aside for the slots of an allotment. [AL1] */
export function setAside(ledger: Ledger, block: AllotmentRecord, slots: number): void {
	const { changed, blocks } = ledger;
	lockedLicense(ledger, block.licenseId).reserved += slots;
	block.reserved += slots;
	blocks.allotments.set(block.allotment, block);
	blocks.changed.add(block.allotment);
	changed.licenses.add(block.licenseId);
}

/** Gives seats of a block back to the license, or to what is granted of them now. [AL4] */
export function releaseSlots(ledger: Ledger, block: AllotmentRecord, slots: number): void {
	if (slots > 0) setAside(ledger, block, -slots);
}

export function lockedLicense({ licenses }: Ledger, licenseId: string): LicenseRecord {
	const license = licenses.get(licenseId);
	if (!license) throw new Error(`license ${licenseId} is not locked`);
	return license;
}
