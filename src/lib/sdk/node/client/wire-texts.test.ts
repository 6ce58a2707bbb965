import { describe, expect, test } from 'vitest';
import { eventText } from '#lib/protocol/lease.ts';
import { macOf } from '../lease-keys.ts';
import { readAddresses } from './address.ts';
import { originsOf } from './discover.ts';
import { backOff, renewalPause } from './pauses.ts';
import { readEvent } from './watch.ts';

describe('[LC5] [S6] addresses as people type them', () => {
	test.each<[string, string[]]>([
		['licenses.lan', ['http://licenses.lan:4870']],
		['licenses.lan:80', ['http://licenses.lan']],
		['10.0.0.7:9000', ['http://10.0.0.7:9000']],
		['https://licenses.lan', ['https://licenses.lan']],
		[
			'a.lan, b.lan;a.lan\nhttp://c.lan/x',
			['http://a.lan:4870', 'http://b.lan:4870', 'http://c.lan']
		],
		['ftp://a.lan http://u:p@b.lan http:// ::', []],
		['', []]
	])('%j', (typed, origins) => {
		expect(readAddresses(typed)).toEqual(origins);
	});
});

describe('[LC5] a server that was found in the network', () => {
	test('is asked at the address chosen for people, then by numbers, then by name', () => {
		const addresses = ['fe80::1', 'fd00::2', '192.0.2.2', '169.254.0.1'];
		const found = { host: 'rack', port: 4870, addresses };
		const own = ['192.0.2.2', '[fd00::2]', 'rack'];
		expect(originsOf({ ...found, txt: { scheme: 'http', url: 'https://licenses.lan' } })).toEqual([
			'https://licenses.lan',
			...own.map((host) => `http://${host}:4870`)
		]);
		expect(originsOf({ ...found, txt: { scheme: 'https', url: 7 } })).toEqual(
			own.map((host) => `https://${host}:4870`)
		);
		expect(originsOf({ host: 'rack', port: 1 })).toEqual(['http://rack:1']);
	});
});

describe('pauses', () => {
	test('[LC2] two renewals may be lost before a lease ends', () => {
		for (const random of [0, 0.5, 1]) expect(renewalPause(60, random)).toBeLessThanOrEqual(22_000);
	});

	test('tries grow apart, and never more than half a minute', () => {
		const pauses = [1, 2, 3, 4, 5, 6, 20].map((tries) => backOff(tries, 1));
		expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
		expect(backOff(3, 0)).toBe(2000);
	});
});

describe('[LC4] events of a site', () => {
	const key = Buffer.alloc(32, 1);
	const block = (seq: number, json: string, by = key) =>
		`id: ${seq}\ndata: ${macOf(by, eventText(seq, json))} ${json}`;

	test('are heard in their order, proven', () => {
		expect(readEvent(block(1, '{"event":"place","place":2}'), { key, seq: 1 })).toEqual({
			event: 'place',
			place: 2
		});
	});

	test.each([
		['of another key', block(1, '{}', Buffer.alloc(32, 2))],
		['again', block(2, '{}')],
		['changed on their way', block(1, '{}').replace('{}', '{"event":"free"}')],
		['comments', ': still here'],
		['without a body', 'id: 1'],
		['no object', block(1, '[1]')]
	])('%s are not', (_, text) => {
		expect(readEvent(text, { key, seq: 1 })).toBeUndefined();
	});
});
