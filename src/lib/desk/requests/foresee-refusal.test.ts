import { expect, test } from 'vitest';
import { foreseeRefusal, type LicenseFacts } from './foresee-refusal.ts';

const NOW = 1_000_000;

function facts(of: Partial<LicenseFacts> = {}): LicenseFacts {
	return {
		number: 'KF-P7WM-K3H1-0JC8',
		title: 'Atlas',
		edition: 'Professional',
		seats: 2,
		counts: { active: 1, reserved: 0, cooling: 0 },
		versions: { from: 8, to: 9 },
		contact: 'sales@example.com',
		policy: { k: 2, vm: false, given: false },
		...of
	};
}

const machine = { fp: { os: 'a', board: 'b', disk: 'c' }, vm: false };
const full = { counts: { active: 1, reserved: 1, cooling: 0 } };

test.each([
	['a license with a free seat', {}, {}, undefined],
	['one that has moved', { successor: 'KF-0000-0000-0000' }, {}, 'LICENSE_MOVED'],
	['one that is suspended', { suspendedAt: 1 }, {}, 'LICENSE_SUSPENDED'],
	['one that is frozen', { frozenAt: 1 }, {}, 'LICENSE_FROZEN'],
	['one that ends this second', { expiresAt: NOW }, {}, 'LICENSE_EXPIRED'],
	['one that ends in the next', { expiresAt: NOW + 1 }, {}, undefined],
	['a full one', full, {}, 'SEAT_LIMIT_REACHED'],
	['one of which no seats are known', { counts: undefined }, {}, undefined],
	['a version above', {}, { version: '10.1' }, 'VERSION_NOT_COVERED'],
	['a version that it covers', {}, { version: '9.4' }, undefined],
	['a machine that it knows no reason against', {}, { machine }, undefined],
	['a virtual machine', {}, { machine: { ...machine, vm: true } }, 'VIRTUAL_MACHINE_REFUSED'],
	[
		'a name given by hand',
		{},
		{ machine: { fp: { given: 'x' }, vm: false } },
		'FINGERPRINT_NOT_ALLOWED'
	],
	[
		'too little of a machine',
		{},
		{ machine: { fp: { os: 'a' }, vm: false } },
		'FINGERPRINT_TOO_WEAK'
	],
	['a full one for another version', full, { version: '7' }, 'VERSION_NOT_COVERED']
] as const)('[DK4] what the server would say is foreseen: %s', (_, license, asked, code) => {
	expect(foreseeRefusal(facts(license), asked, NOW)?.refused).toBe(code);
});

test('[DK4] a version above names the license that the customer has for it', () => {
	const upgradedTo = 'KF-1111-1111-1111';
	const refusal = foreseeRefusal(facts({ upgradedTo }), { version: '10' }, NOW);
	expect(refusal).toMatchObject({ refused: 'VERSION_NOT_COVERED' });
});
