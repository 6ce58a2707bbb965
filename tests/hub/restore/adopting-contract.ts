/**
 * What people bring back after a restore is a set: whoever brings it, in whatever order and however
 * often, the ledger becomes the one that was lost.
 *
 * @module
 */
import { describe } from 'vitest';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';
import { makeBringingBack } from '../../fixtures/bringing-back.ts';
import { adoptingLedgersContract } from './adopting-ledgers-contract.ts';
import { adoptingMachinesContract } from './adopting-machines-contract.ts';
import { adoptingOddPiecesContract } from './adopting-odd-pieces-contract.ts';

export function adoptingContract(name: string, makeStore: MakeStore): void {
	describe(`what is brought back to ${name}`, () => {
		const bringing = makeBringingBack(openHub(makeStore));
		adoptingLedgersContract(bringing);
		adoptingMachinesContract(bringing);
		adoptingOddPiecesContract(bringing);
	});
}
