import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
	compareMachines,
	presentComponents,
	type Fingerprint
} from '#lib/domain/machines/machine.ts';
import { machine, readValues } from './machine.ts';
import { cleanValue, hashComponent, type ComponentValues } from './sources/component-values.ts';
import { localProbe } from './sources/probe.ts';
import { recordedProbe, recordedSources, type Recording } from './sources/recorded.ts';

type Vector = {
	name: string;
	recording: Recording;
	values: ComponentValues;
	fp: Fingerprint;
	vm: boolean;
};
const file = new URL('../../../../tests/vectors/machine.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

describe('recorded sources', () => {
	test.for(vectors)('[MA1] $name', async ({ recording, values, fp, vm }) => {
		const probe = recordedProbe(recording);
		// Absent values are `undefined`, which toEqual does not tell from missing.
		expect(await readValues(probe)).toEqual(values);
		expect(await machine(probe)).toEqual({ fp, vm });
	});

	test.for([
		['of one VMware template', 'clone a', 'clone b'],
		['of one Azure image', 'machine a', 'machine b'],
		['of one cloned disk', 'computer 1', 'computer 2']
	])('[MA2] two machines %s are two', ([, one, other]) => {
		const find = (name: string) => vectors.find((each) => each.name.includes(name))!.fp;
		for (const k of [1, 2])
			expect(compareMachines(find(one!), find(other!), { k, given: false }).same).toBe(false);
	});

	test('[MA1] nothing raw is in a fingerprint', async () => {
		for (const { recording, values } of vectors) {
			const shown = JSON.stringify(await machine(recordedProbe(recording)));
			for (const value of Object.values(values).flat()) expect(shown).not.toContain(value);
		}
	});

	test('[MA1] they stand in only in tests and only where named', () => {
		const before = { ...process.env };
		try {
			process.env.KEYFERRY_MACHINE_SOURCES = '/nowhere.json';
			process.env.NODE_ENV = 'production';
			expect(recordedSources()).toBeUndefined();
			process.env.NODE_ENV = 'test';
			expect(() => recordedSources()).toThrow('nowhere');
			delete process.env.KEYFERRY_MACHINE_SOURCES;
			expect(recordedSources()).toBeUndefined();
		} finally {
			process.env = before;
		}
	});
});

describe('values', () => {
	test.for([
		'To Be Filled By O.E.M.',
		'Default string',
		'None',
		' not specified ',
		'00000000-0000-0000-0000-000000000000',
		'FFFFFFFF',
		'0x00000000',
		'System Serial Number',
		'INVALID',
		'....',
		'',
		'7783-7084-3265-9085-8269-3286-77',
		'03000200-0400-0500-0006-000700080009',
		'Amazon EC2',
		'OpenStack Nova',
		'VMware20,1',
		'Virtual Machine',
		'440BX Desktop Reference Platform',
		'Standard PC (Q35 + ICH9, 2009)'
	])('[MA1] a placeholder is absent: %j', (raw) => {
		expect(cleanValue(raw)).toBeUndefined();
	});

	test.for([
		'VMware-56 4d 1f 7e 02 5b 6a 11',
		'Parallels-1A 2B 3C',
		'i-0abcd1234ef567890',
		'AT-0042'
	])('[MA1] what tells one machine of a platform from another stays: %j', (raw) =>
		expect(cleanValue(raw)).toBe(raw.toLowerCase())
	);

	test('[MA1] an empty source goes on to the next', async () => {
		const recording: Recording = {
			system: 'linux',
			files: { '/etc/machine-id': '\n', '/var/lib/dbus/machine-id': 'c0ffee00c0ffee01\n' }
		};
		expect(await readValues(recordedProbe(recording))).toMatchObject({ os: 'c0ffee00c0ffee01' });
	});

	test('[MA1] letter case and space around a value change nothing', () => {
		expect(hashComponent('disk', ' S4EV ')).toBe(hashComponent('disk', 's4ev'));
		expect(cleanValue('  WD-WX11  A\0')).toBe('wd-wx11 a');
	});

	test('[MA1] the same value in another component has another hash', () => {
		expect(hashComponent('disk', 'a')).not.toBe(hashComponent('board', 'a'));
	});
});

describe('this machine', () => {
	test('[MA1] gives the same fingerprint each time, of 22 characters per hash', async () => {
		const first = await machine();
		const again = await machine(localProbe());
		expect(again).toEqual(first);
		for (const hash of Object.values(first.fp).flat()) expect(hash).toMatch(/^[\w-]{22}$/);
	});

	test('[MA2] is the same machine as itself where it has hardware to show', async () => {
		const { fp } = await machine();
		const hardware = [fp.board, fp.disk, fp.mac].some((value) => value !== undefined);
		const isEnough = presentComponents(fp).length >= 2;
		expect(compareMachines(fp, fp, { k: 2, given: false }).same).toBe(hardware && isEnough);
	});
});
