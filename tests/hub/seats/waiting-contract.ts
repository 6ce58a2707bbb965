/**
 * What a hub promises to requests that wait for a seat, whatever it keeps its ledger in. [RE1]
 *
 * @module
 */
import { describe } from 'vitest';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';
import { makeWaiters } from '../../fixtures/waiters.ts';
import { servedWaitersContract } from './served-waiters-contract.ts';
import { begunWaitsContract } from './begun-waits-contract.ts';
import { endedWaitsContract } from './ended-waits-contract.ts';

export function waitingContract(name: string, makeStore: MakeStore): void {
	describe(`requests that wait for a seat, at a hub on ${name}`, () => {
		const waiters = makeWaiters(openHub(makeStore));
		servedWaitersContract(waiters);
		begunWaitsContract(waiters);
		endedWaitsContract(waiters);
	});
}
