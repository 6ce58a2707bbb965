import { expect, test } from 'vitest';
import { uniqueNames } from './save-answers.ts';

const row = (fileName: string, text: string) => ({ fileName, text });

test('[FI4] two files never go under one name', () => {
	const rows = [row('rack_1.kfact', 'a'), row('rack_1.kfact', 'b'), row('rack_1.kfact', 'c')];
	expect(uniqueNames(rows)).toEqual([
		{ name: 'rack_1.kfact', text: 'a' },
		{ name: 'rack_1-2.kfact', text: 'b' },
		{ name: 'rack_1-3.kfact', text: 'c' }
	]);
});

test('[FI4] the same file twice is one file', () => {
	expect(uniqueNames([row('a.kfref', 'x'), row('a.kfref', 'x')])).toEqual([
		{ name: 'a.kfref', text: 'x' }
	]);
});

test('[FI4] names that differ in case alone are one name on a stick', () => {
	const names = uniqueNames([row('Rack.kfact', 'a'), row('rack.kfact', 'b')]);
	expect(names.map(({ name }) => name)).toEqual(['Rack.kfact', 'rack-2.kfact']);
});
