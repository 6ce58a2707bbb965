import { expect, test } from 'vitest';
import { rankEntries } from './rank-entries.ts';

const entries = [
	{ id: 'licenses', name: 'Licenses', also: 'keys, seats' },
	{ id: 'activate', name: 'Activate a machine', also: 'license request' },
	{ id: 'sync', name: 'Sync now', also: 'server' },
	{ id: 'dark', name: 'Use dark colors', also: 'theme' },
	{ id: 'sprache', name: 'Geräte' }
];
const ids = (text: string, used: string[] = []) =>
	rankEntries(entries, text, used).map(({ id }) => id);

test('[DK6] words are found in any order, whatever the case and accents', () => {
	expect(ids('MACHINE activ')).toEqual(['activate']);
	expect(ids('gerate')).toEqual(['sprache']);
	expect(ids('colors licenses')).toEqual([]);
});

test('[DK6] what it is called comes before what else people call it', () => {
	expect(ids('lic')).toEqual(['licenses', 'activate']);
	expect(ids('se')).toEqual(['licenses', 'dark', 'sync', 'activate']);
});

test('[DK6] of those that fit alike, what was used last comes first', () => {
	expect(ids('')).toEqual(['licenses', 'activate', 'sync', 'dark', 'sprache']);
	expect(ids('', ['dark', 'sync'])).toEqual(['dark', 'sync', 'licenses', 'activate', 'sprache']);
	expect(ids('s', ['licenses', 'sync'])[0]).toBe('sync');
});
