/**
 * What a hub promises about people, whatever it keeps its tables in.
 *
 * @module
 */
import { describe } from 'vitest';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';
import { makeMembership } from '../../fixtures/membership.ts';
import { invitationsContract } from './invitations-contract.ts';
import { rightsContract } from './rights-contract.ts';
import { leavingContract } from './leaving-contract.ts';
import { joiningContract } from './joining-contract.ts';

export function peopleContract(name: string, makeStore: MakeStore): void {
	describe(`people on ${name}`, () => {
		const membership = makeMembership(openHub(makeStore));
		invitationsContract(membership);
		rightsContract(membership);
		leavingContract(membership);
		joiningContract(membership);
	});
}
