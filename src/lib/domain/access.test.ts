import { describe, expect, test } from 'vitest';
import {
	actions,
	isReading,
	mayAct,
	mayEndDevicesOf,
	mayGive,
	mayLimitTo,
	narrowStanding,
	rankAt,
	ranks,
	roles,
	type Action,
	type Standing
} from './access.ts';

/** Written down once more, from the rule and not from the code. */
const table: Record<Action, string> = {
	'customer.read': 'viewer technician manager owner staff admin',
	'activation.request': 'technician manager owner staff admin',
	'allotment.reserve': 'technician manager owner staff admin',
	'license.allow': 'manager owner staff admin',
	'text.change': 'technician manager owner staff admin',
	'license.keys': 'manager owner staff admin',
	'machine.retire': 'manager owner staff admin',
	'license.allotments': 'manager owner staff admin',
	'allotment.end': 'manager owner staff admin',
	'people.invite': 'manager owner staff admin',
	'people.manage': 'owner staff admin',
	'customer.contacts': 'owner staff admin',
	'license.move-own': 'owner staff admin',
	'device.end': 'owner staff admin',
	'catalog.change': 'staff admin',
	'customer.change': 'staff admin',
	'license.change': 'staff admin',
	'audit.read': 'staff admin',
	'hub-time.confirm': 'staff admin',
	'hub.backup': 'staff admin',
	'staff.manage': 'admin',
	'hub.settings': 'admin'
};

describe('[PE1] rights', () => {
	test.for(actions)('%s', (action) => {
		expect(ranks.filter((rank) => mayAct(rank, action)).join(' ')).toBe(table[action]);
		expect(mayAct(undefined, action)).toBe(false);
	});

	test('managers look after technicians and viewers, owners after everybody', () => {
		const givenBy = (giver: (typeof ranks)[number] | undefined) =>
			ranks.filter((role) => mayGive(giver, role)).join(' ');
		expect(givenBy(undefined)).toBe('');
		expect(givenBy('viewer')).toBe('');
		expect(givenBy('technician')).toBe('');
		expect(givenBy('manager')).toBe('viewer technician');
		expect(givenBy('owner')).toBe(roles.join(' '));
		expect(givenBy('staff')).toBe(roles.join(' '));
		expect(givenBy('admin')).toBe(ranks.join(' '));
	});

	test('the vendor’s people are what they are at every customer', () => {
		const known = new Map([['one', 'viewer' as const]]);
		expect(rankAt({ roles: known }, 'one')).toBe('viewer');
		expect(rankAt({ roles: known }, 'two')).toBeUndefined();
		expect(rankAt({ vendor: 'staff', roles: known }, 'one')).toBe('staff');
		expect(rankAt({ vendor: 'staff', roles: known }, 'two')).toBe('staff');
	});
});

describe('[PE4] an API key', () => {
	const manager: Standing = {
		roles: new Map([
			['one', 'manager'],
			['two', 'viewer']
		])
	};
	const staff: Standing = { vendor: 'staff', roles: new Map() };
	const all = (standing: Standing) => [standing.vendor, Object.fromEntries(standing.roles)];

	test('is never more than its owner, and never more than its role', () => {
		expect(all(narrowStanding(manager, {}))).toEqual([
			undefined,
			{ one: 'manager', two: 'viewer' }
		]);
		expect(all(narrowStanding(manager, { role: 'owner' }))).toEqual([
			undefined,
			{ one: 'manager', two: 'viewer' }
		]);
		expect(all(narrowStanding(manager, { role: 'technician' }))).toEqual([
			undefined,
			{ one: 'technician', two: 'viewer' }
		]);
		expect(all(narrowStanding({ vendor: 'admin', roles: new Map() }, { role: 'staff' }))).toEqual([
			'staff',
			{}
		]);
		expect(all(narrowStanding(staff, { role: 'admin' }))).toEqual(['staff', {}]);
		expect(all(narrowStanding(staff, { role: 'viewer' }))).toEqual([undefined, {}]);
	});

	test('of one customer is nothing anywhere else, and nothing at the vendor', () => {
		expect(all(narrowStanding(manager, { customerId: 'one' }))).toEqual([
			undefined,
			{ one: 'manager' }
		]);
		expect(all(narrowStanding(manager, { customerId: 'three' }))).toEqual([undefined, {}]);
		expect(all(narrowStanding(staff, { customerId: 'one' }))).toEqual([
			undefined,
			{ one: 'owner' }
		]);
		expect(all(narrowStanding(staff, { customerId: 'one', role: 'viewer' }))).toEqual([
			undefined,
			{ one: 'viewer' }
		]);
	});

	test('is made with at most what its maker is', () => {
		expect(mayLimitTo(manager, {})).toBe(true);
		expect(ranks.filter((role) => mayLimitTo(manager, { role }))).toEqual([
			'viewer',
			'technician',
			'manager'
		]);
		const at = (customerId: string) =>
			ranks.filter((role) => mayLimitTo(manager, { role, customerId }));
		expect(at('one')).toEqual(['viewer', 'technician', 'manager']);
		expect(at('two')).toEqual(['viewer']);
		expect(at('three')).toEqual([]);
		expect(mayLimitTo(manager, { customerId: 'three' })).toBe(false);
		expect(ranks.filter((role) => mayLimitTo(staff, { role }))).toEqual(['staff']);
		expect(ranks.filter((role) => mayLimitTo(staff, { role, customerId: 'one' }))).toEqual(roles);
	});

	test('that is read-only may read, and nothing else', () => {
		expect(actions.filter(isReading)).toEqual(['customer.read', 'license.keys', 'audit.read']);
	});
});

test('[DV1] devices are ended by an owner of theirs and by staff; those of staff by an admin', () => {
	const at = (role: 'manager' | 'owner'): Standing => ({ roles: new Map([['one', role]]) });
	const person = { isVendor: false, customerIds: ['one', 'two'] };
	const staff: Standing = { vendor: 'staff', roles: new Map() };
	const admin: Standing = { vendor: 'admin', roles: new Map() };
	expect(mayEndDevicesOf(at('owner'), person)).toBe(true);
	expect(mayEndDevicesOf(at('manager'), person)).toBe(false);
	expect(mayEndDevicesOf(at('owner'), { isVendor: false, customerIds: ['two'] })).toBe(false);
	expect(mayEndDevicesOf(staff, { isVendor: false, customerIds: [] })).toBe(true);
	expect(mayEndDevicesOf(staff, { isVendor: true, customerIds: [] })).toBe(false);
	expect(mayEndDevicesOf(at('owner'), { isVendor: true, customerIds: ['one'] })).toBe(false);
	expect(mayEndDevicesOf(admin, { isVendor: true, customerIds: [] })).toBe(true);
});
