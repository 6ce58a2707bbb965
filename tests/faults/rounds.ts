/**
 * How often a fault is made: a few times in `npm test`, the full count in `npm run test:soak`, which
 * also adds up what was done.
 *
 * @module
 */
import { appendFileSync } from 'node:fs';

export const FAULT_SEED = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 32));
console.log(`faults: FAULT_SEED=${FAULT_SEED}`);

export function roundsOf(name: string, few: number): number {
	return Number(process.env[name] ?? few);
}

export type Counted = { faults?: number; commands?: number; activations?: number };

/** For the soak's last line: one JSON line into the file that `FAULT_TALLY` names. */
export function countFaults(test: string, counted: Counted): void {
	const file = process.env.FAULT_TALLY;
	if (file) appendFileSync(file, JSON.stringify({ test, ...counted }) + '\n');
	console.log(`faults: ${test} ${JSON.stringify(counted)}`);
}
