/**
 * What signed, relayed, damaged and poisoned pushes come to, whatever the hub keeps its ledger in.
 *
 * @module
 */
import { describe } from 'vitest';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';
import { makePushing } from '../../fixtures/pushing.ts';
import { signedPushesContract } from './signed-pushes-contract.ts';
import { settledPushesContract } from './settled-pushes-contract.ts';

export function pushContract(name: string, makeStore: MakeStore): void {
	describe(`pushes to a hub on ${name}`, () => {
		const pushing = makePushing(openHub(makeStore));
		signedPushesContract(pushing);
		settledPushesContract(pushing);
	});
}
