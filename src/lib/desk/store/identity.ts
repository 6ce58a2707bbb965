/**
 * Who is signed in, and what that lets them do here. No network is asked.
 *
 * @module
 */
import { mayAct, type Action } from '#lib/domain/access.ts';
import type { Identity } from './state-rows.ts';
import { readState } from './state.ts';

/** From what the desk remembers. `null`: nobody. */
export async function readIdentity(): Promise<Identity | null> {
	return (await readState('identity')) ?? null;
}

/** Whether whoever is signed in may do this at a customer. [PE1] */
export async function maySignedIn(action: Action, customerId: string): Promise<boolean> {
	return mayHere(await readState('identity'), action, customerId);
}

export function mayHere(
	identity: Identity | null | undefined,
	action: Action,
	customerId: string
): boolean {
	const role = identity?.customers.find(({ id }) => id === customerId)?.role;
	return mayAct(identity?.vendor ?? role, action);
}
