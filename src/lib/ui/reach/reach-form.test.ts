import { expect, test } from 'vitest';
import { formOfReach, isThisMachine, readReach, withScheme, withHost } from './reach-form.ts';

const known = { given: { proxies: false, tls: false }, listening: 'http://localhost:4870' };
const form = { ...formOfReach(known), vendor: 'Quay Software' };

test('a new form says what works at once: this machine', () => {
	expect(readReach(form)).toEqual({
		reach: { vendor: 'Quay Software', url: 'http://localhost:4870', tls: 'none' },
		wrong: []
	});
	expect(isThisMachine(form.url)).toBe(true);
	expect(isThisMachine('http://hub.example.com')).toBe(false);
});

test.each([
	['http://hub.example.com', 'authority', 'https://hub.example.com'],
	['hub.example.com:444', 'files', 'https://hub.example.com:444'],
	['https://localhost:4870', 'none', 'http://localhost:4870'],
	['', 'proxy', 'https://']
] as const)('%s, encrypted by %s, is %s', (url, tls, expected) => {
	expect(withScheme(url, tls)).toBe(expected);
});

test.each([
	[{ vendor: ' ' }, ['vendor']],
	[{ url: 'https://hub.example.com/desk', tls: 'authority' as const }, ['url']],
	[{ url: 'https://hub.example.com' }, ['url']],
	[{ url: 'hub', tls: 'files' as const }, ['url', 'cert', 'key']],
	[{ url: 'https://hub.example.com', tls: 'proxy' as const }, ['proxies']]
])('%j lacks %j', (changed, wrong) => {
	expect(readReach({ ...form, ...changed }).wrong).toEqual(wrong);
});

test.each([
	['http://localhost:4870', 'plant4', 'http://plant4:4870'],
	['https://[::1]:4870', '192.0.2.7', 'https://192.0.2.7:4870'],
	['https://hub.example.com', 'plant4', 'https://plant4']
])('[ST2] %s under the name %s is %s', (url, host, expected) => {
	expect(withHost(url, host)).toBe(expected);
});
