import { describe, expect, test, vi } from 'vitest';
import type { RequestView } from './read-requests.ts';
import {
	countLines,
	findLines,
	requestLines,
	newestFirst,
	requestAddress,
	type RequestQuery
} from './request-query.ts';

// Whose desk it is is asked when the store is loaded.
vi.hoisted(() => vi.stubGlobal('location', { protocol: 'http:', origin: 'http://hub.example' }));

const view = (label: string, rest: Partial<RequestView> = {}): RequestView => ({
	jti: label,
	number: 'KF-1',
	text: '',
	summary: { label, name: 'Ada Example' },
	origin: 'imported',
	fileName: `${label}.kfreq`,
	storedAt: 1,
	state: 'draft',
	...rest
});
const names = new Map([['KF-1', { title: 'Atlas Server', customer: 'Müller GmbH' }]]);
const lines = requestLines(
	[
		view('rack-10', { storedAt: 3 }),
		view('rack-9', { storedAt: 2, state: 'granted', answer: 'file' }),
		view('pump', { state: 'granted', answer: 'file', answerSavedAt: 4, number: 'KF-2' })
	],
	names
);
const ask = (query: Partial<RequestQuery>) =>
	findLines(lines, { text: '', sorting: newestFirst, ...query }).map(({ id }) => id);

describe('[DK7] the list of requests', () => {
	test.for<[string, RequestQuery]>([
		['', { text: '', sorting: newestFirst }],
		['?is=to-carry', { text: '', filter: 'to-carry', sorting: newestFirst }],
		[
			'?is=done&q=rack+7&sort=machine',
			{ text: 'rack 7', filter: 'done', sorting: { by: 'machine', descending: false } }
		],
		['?sort=when', { text: '', sorting: { by: 'when', descending: false } }]
	])('its address %s is the same list again', ([address, query]) => {
		expect(requestAddress.read(new URLSearchParams(address))).toEqual(query);
		expect(requestAddress.write(query)).toBe(address);
	});

	test('what an address says and nobody knows is left out', () => {
		const read = requestAddress.read(new URLSearchParams('?is=lost&sort=color&page=2'));
		expect(read).toEqual({ text: '', sorting: newestFirst });
	});

	test('newest first, and by each column either way', () => {
		expect(ask({})).toEqual(['rack-10', 'rack-9', 'pump']);
		expect(ask({ sorting: { by: 'machine', descending: false } })).toEqual([
			'pump',
			'rack-9',
			'rack-10'
		]);
		expect(ask({ sorting: { by: 'state', descending: true } })).toEqual([
			'pump',
			'rack-9',
			'rack-10'
		]);
		expect(ask({ sorting: { by: 'customer', descending: true } })[2]).toBe('pump');
		expect(ask({ sorting: { by: 'saved', descending: true } })[0]).toBe('pump');
		expect(ask({ sorting: { by: 'number', descending: true } })[0]).toBe('pump');
	});

	test('words in any order, without accents, in any text of the row', () => {
		expect(ask({ text: 'muller rack' })).toEqual(['rack-10', 'rack-9']);
		expect(ask({ text: 'ada kf-2' })).toEqual(['pump']);
		expect(ask({ text: 'nobody' })).toEqual([]);
	});

	test('piles count what the text leaves', () => {
		expect(ask({ filter: 'to-carry' })).toEqual(['rack-9']);
		expect(countLines(lines, 'rack')).toEqual({
			all: 2,
			'to-submit': 1,
			waiting: 0,
			'to-carry': 1,
			refused: 0,
			done: 0
		});
	});

	test('a license that nobody knows is called by its number', () => {
		expect(lines[2]).toMatchObject({ product: 'KF-2', customer: '' });
	});
});
