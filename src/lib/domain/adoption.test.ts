import { expect, test } from 'vitest';
import { decideAdoption } from './adoption.ts';

const fp = { os: 'a', board: 'b', disk: 'c' };
const file = { gen: 1, fp, pol: { k: 2, vm: true, given: false, graceMinutes: 15 } };
const license = { seats: 1, counts: { active: 0, reserved: 0, cooling: 0 } };
const full = { seats: 1, counts: { active: 1, reserved: 0, cooling: 0 } };
const decide = (changes: Partial<Parameters<typeof decideAdoption>[0]> = {}) =>
	decideAdoption({ file, held: [], license, now: 100, ...changes });

test('[SY6] a forgotten activation takes a seat again, beyond those sold if it must [SE4]', () => {
	expect(decide()).toBe('seat');
	expect(decide({ license: full })).toBe('overage');
});

test('[SY6] what is known takes none: the same file, a later generation, one given back', () => {
	expect(decide({ known: { state: 'active', gen: 1 } })).toBe('known');
	expect(decide({ known: { state: 'active', gen: 1 }, file: { ...file, gen: 2 } })).toBe('newer');
	for (const state of ['cooling', 'returned', 'retired'])
		expect(decide({ known: { state, gen: 1 }, file: { ...file, gen: 9 } })).toBe('given-back');
});

test('[SY6] a file that has ended holds no seat', () => {
	expect(decide({ file: { ...file, exp: 100 } })).toBe('ended');
	expect(decide({ file: { ...file, exp: 101 } })).toBe('seat');
});

test('[SE3] a machine that was granted anew meanwhile holds one seat, not two', () => {
	expect(decide({ held: [{ fp }] })).toBe('same-machine');
	expect(decide({ held: [{ fp: { os: 'a', board: 'x', disk: 'y' } }] })).toBe('seat');
});
