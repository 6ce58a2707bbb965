/**
 * Who is signed in, and what that lets them do here. No network is asked.
 *
 * @module
 */
import type { Identity } from './state-rows.ts';
import { readState } from './state.ts';

/** From what the desk remembers. `null`: nobody. */
export async function readIdentity(): Promise<Identity | null> {
	return (await readState('identity')) ?? null;
}

/** Whoever is signed in may retire machines of this customer, and end its allotments. [SE6, AL4] */
export async function managesCustomer(customerId: string): Promise<boolean> {
	const identity = await readState('identity');
	const role = identity?.customers.find(({ id }) => id === customerId)?.role;
	return identity?.staff === true || role === 'manager';
}
