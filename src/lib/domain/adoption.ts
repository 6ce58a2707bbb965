/**
 * Finding again what a restored hub has forgotten: a file that this very hub once signed is a fact,
 * and recording a fact is never refused for want of a seat. [SY6, SE4]
 *
 * @module
 */
import type { Policy, Seconds } from './license.ts';
import { recognizeMachine, type Fingerprint } from './machine.ts';
import { usedSeats, type SeatCounts } from './seat.ts';

export type Adoption =
	/** The ledger has it, of this generation or a later one. */
	| 'known'
	/** The ledger has it, of an earlier generation. */
	| 'newer'
	/** Its seat was given back: an old file does not take it again. */
	| 'given-back'
	/** It has ended: no verifier takes it any more, so it holds no seat. */
	| 'ended'
	/** The machine holds a seat of this license by another activation, and one machine holds one. */
	| 'same-machine'
	/** Its seat is counted again, beyond those that were sold where it has to be. */
	| 'seat'
	| 'overage';

/**
 * Decides what an activation file means to the ledger.
 *
 * @param known - The activation as the ledger has it.
 * @param held - Active activations of the license that share a component with its machine.
 */
export function decideAdoption({
	file,
	known,
	held,
	license,
	now
}: {
	file: { gen: number; exp?: Seconds; fp: Fingerprint; pol: Policy };
	known?: { state: string; gen: number };
	held: readonly { fp: Fingerprint; label?: string }[];
	license: { seats: number; counts: SeatCounts };
	now: Seconds;
}): Adoption {
	if (known && known.state !== 'active') return 'given-back';
	if (known) return file.gen > known.gen ? 'newer' : 'known';
	if (file.exp !== undefined && file.exp <= now) return 'ended';
	// Two that match alike are one machine too many already: no third seat for it.
	if (recognizeMachine(file.fp, held, file.pol)) return 'same-machine';
	return usedSeats(license.counts) < license.seats ? 'seat' : 'overage';
}
