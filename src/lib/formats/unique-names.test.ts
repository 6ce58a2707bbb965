import { expect, test } from 'vitest';
import { portableName } from './file-name.ts';
import { uniqueNames } from './unique-names.ts';

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

test('[FI4] hostile names stay several, each in the folder it is saved to', () => {
	const names = [
		'../../x.kfact',
		'/x.kfact',
		'C:\\x.kfact',
		'x.kfact',
		'X.KFACT',
		'..',
		'NUL',
		'a\0b'
	];
	const rows = names.map((name, at) => ({ fileName: portableName(name), text: `${at}` }));
	expect(uniqueNames(rows).map(({ name }) => name)).toEqual([
		...['-..-x.kfact', '-x.kfact', 'C-x.kfact', 'x.kfact', 'X-2.KFACT', 'file', '_NUL', 'a-b']
	]);
});
