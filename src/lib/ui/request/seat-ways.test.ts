import { describe, expect, test } from 'vitest';
import { seatWays, type SeatSituation, type SeatWay } from './seat-ways.ts';

const SITUATION: SeatSituation = {
	state: 'refused',
	isSignedIn: true,
	isOnline: true,
	free: 0,
	holders: 3,
	mayManage: false
};

describe('[DK7] where no seat is free, only what works is offered', () => {
	test.for<[string, Partial<SeatSituation>, SeatWay[]]>([
		['a technician', {}, ['wait', 'holder', 'manager']],
		[
			'offline: the message is written all the same',
			{ isOnline: false },
			['wait', 'holder', 'manager']
		],
		[
			'a manager asks nobody to retire a machine',
			{ mayManage: true },
			['wait', 'holder', 'retire']
		],
		['a manager offline', { mayManage: true, isOnline: false }, ['wait', 'holder']],
		['a seat is free again', { free: 1 }, ['again']],
		[
			'a seat is free, and it gets it by itself',
			{ free: 1, state: 'waiting' },
			['stop-waiting', 'holder', 'manager']
		],
		['it waits already', { state: 'waiting' }, ['stop-waiting', 'holder', 'manager']],
		['it is being told not to wait', { unsent: 'withdraw' }, ['holder', 'manager']],
		['nobody is signed in', { isSignedIn: false, holders: 0 }, ['sign-in', 'manager']],
		[
			'nobody is signed in, offline',
			{ isSignedIn: false, isOnline: false, holders: 0 },
			['manager']
		]
	])('%s', ([, situation, ways]) => {
		expect(seatWays({ ...SITUATION, ...situation })).toEqual(ways);
	});
});
