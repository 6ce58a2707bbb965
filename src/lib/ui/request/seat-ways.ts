/**
 * What can be done where no seat is free, in the order in which it is offered: only what works now, for
 * this person. [O5, DK7]
 *
 * @module
 */

/**
 * - `again`: a seat has become free meanwhile.
 * - `wait`, `stop-waiting`: for a seat; offline it is told to the server later.
 * - `sign-in`: the server keeps requests waiting only for people it knows.
 * - `holder`: one of the machines on the seats is asked to give its seat back.
 * - `manager`: whoever manages the seats is asked; `retire`: that is this very person.
 */
export type SeatWay =
	'again' | 'wait' | 'stop-waiting' | 'sign-in' | 'holder' | 'manager' | 'retire';

export type SeatSituation = {
	state: 'refused' | 'waiting';
	/** Asked for here, and not yet at the server. */
	unsent?: 'wait' | 'withdraw';
	isSignedIn: boolean;
	isOnline: boolean;
	/** Seats that are free now, as far as this desk knows. */
	free: number;
	/** Machines known to be on its seats. */
	holders: number;
	/** Whoever is signed in may retire machines of this customer. */
	mayManage: boolean;
};

export function seatWays(situation: SeatSituation): SeatWay[] {
	const { state, unsent, isSignedIn, isOnline, free, holders, mayManage } = situation;
	if (free > 0 && state === 'refused' && isSignedIn) return ['again'];
	const ways: SeatWay[] = [];
	if (!isSignedIn) {
		if (isOnline) ways.push('sign-in');
	} else if (state === 'waiting') ways.push('stop-waiting');
	else if (unsent !== 'withdraw') ways.push('wait');
	if (holders > 0) ways.push('holder');
	if (!mayManage) ways.push('manager');
	// Retiring is decided by the server, under the license's lock.
	else if (isOnline) ways.push('retire');
	return ways;
}
