import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refuse } from '../domain/refusal.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { decodeToken, tokenHeader } from './jws.ts';
import { parseStrictJson } from './strict-json.ts';
import { uuidv7 } from './uuid.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('base64url and base45', () => {
	test('[FI3] decoding inverts encoding, and agrees with Node', () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				const text = encodeBase64url(bytes);
				expect(text).toBe(Buffer.from(bytes).toString('base64url'));
				expect(decodeBase64url(text)).toEqual(bytes);
				expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
			})
		);
	});

	test('[FI3] every text that decodes is the text that encoding gives', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,12}$/), (text) => {
				const bytes = decodeBase64url(text);
				if (bytes) expect(encodeBase64url(bytes)).toBe(text);
			})
		);
	});

	test.for(['A', 'AB', 'AA=', 'AA==', 'A A', 'AA+A', 'AA/A', 'ÄÄ'])('[FI3] refuses %o', (text) => {
		expect(decodeBase64url(text)).toBeUndefined();
	});

	test.for(['A', ':::', 'a00', '::', 'GGW'])('[FI6] base45 refuses %o (RFC 9285)', (text) => {
		expect(decodeBase45(text)).toBeUndefined();
	});

	test('[FI6] base45 gives the examples of RFC 9285', () => {
		expect(encodeBase45(utf8('Hello!!'))).toBe('%69 VD92EX0');
		expect(encodeBase45(utf8('ietf!'))).toBe('QED8WEX0');
	});
});

/** All texts in a value, names included. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, each]) => [name, ...textsOf(each)]);
}

describe('JSON from strangers', () => {
	test('[FI3] reads what JSON.stringify writes', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), (made) => {
				const text = JSON.stringify(made, (_, each: unknown) =>
					typeof each === 'number' ? Math.trunc(each % 2 ** 53) + 0 : each
				);
				fc.pre(!text.includes('__proto__'));
				const value = JSON.parse(text) as unknown;
				const isPlain = !/[\p{Cc}\p{Cs}]/u.test(textsOf(value).join(' '));
				expect(parseStrictJson(text)).toEqual(isPlain ? { value } : { fault: 'text' });
			})
		);
	});

	test.for<[string, string]>([
		['{"a":1,"a":2}', 'duplicate-key'],
		['{"a":1,"\\u0061":2}', 'duplicate-key'],
		['{"a":1, "a" \n:2}', 'duplicate-key'],
		['{"__proto__":{}}', 'forbidden-key'],
		['{"\\u005f_proto__":{}}', 'forbidden-key'],
		['[[[[[[[1]]]]]]]', 'depth'],
		['{"a":1.5}', 'number'],
		['{"a":1.0}', 'number'],
		['[1e0]', 'number'],
		['[-0]', 'number'],
		['[01]', 'number'],
		['[9007199254740992]', 'number'],
		['-', 'number'],
		['{"a":', 'json'],
		['{"a":"b', 'json'],
		['{"a":1}}', 'json']
	])('[FI3] %s is %s', ([text, fault]) => {
		expect(parseStrictJson(text)).toEqual({ fault });
	});

	test('[FI3] equal keys of different objects, and keys among the values, are no duplicates', () => {
		const text = '{"a":{"a":"a"},"b":[{"a":"b"},{"a":"a\\":"}],"c":"a"}';
		expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) as unknown });
	});
});

describe('a token before any signature is looked at', () => {
	const kid = 'k'.repeat(43);
	const token = (header: string, payload: string | Uint8Array, signature = new Uint8Array(64)) =>
		[utf8(header), typeof payload === 'string' ? utf8(payload) : payload, signature]
			.map(encodeBase64url)
			.join('.');
	const header = tokenHeader('activation', kid);

	test('[FI2] a well-formed token is taken apart', () => {
		expect(decodeToken(token(header, '{"v":1}'))).toMatchObject({
			type: 'activation',
			kid,
			payload: { v: 1 }
		});
	});

	test.for<[string, string, string]>([
		['two segments', 'e30.e30', 'segments'],
		['four segments', `${token(header, '{}')}.e30`, 'segments'],
		['8 KiB and more', token(header, `{"a":"${'x'.repeat(7000)}"}`), 'length'],
		['padding', `${token(header, '{}')}=`, 'base64url'],
		['set tail bits', `${token(header, '{}').slice(0, -1)}B`, 'base64url'],
		['a short signature', token(header, '{}', new Uint8Array(63)), 'signature-length'],
		['invalid UTF-8', token(header, Uint8Array.of(0x7b, 0xff, 0x7d)), 'utf-8'],
		['a byte order mark', token(header, '\uFEFF{}'), 'json'],
		['no algorithm', token(header.replace('EdDSA', 'none'), '{}'), 'header'],
		[
			'another order',
			token(`{"typ":"activation+jwt","alg":"EdDSA","kid":"${kid}"}`, '{}'),
			'header'
		],
		['one member more', token(header.replace('}', ',"crit":[]}'), '{}'), 'header'],
		['white space in the header', token(header.replace(',', ', '), '{}'), 'header'],
		['duplicate keys', token(header, '{"a":1,"a":1}'), 'duplicate-key'],
		['depth 7', token(header, '[[[[[[[]]]]]]]'), 'depth']
	])('[FI3] %s is refused', ([, text, reason]) => {
		expect(decodeToken(text)).toEqual(refuse('TOKEN_MALFORMED', { reason }));
	});

	test.for(['session', 'constructor'])('[FI2] the unknown type %s is not expected', (type) => {
		expect(decodeToken(token(header.replace('activation', type), '{}'))).toMatchObject({
			refused: 'TOKEN_TYPE_UNEXPECTED',
			facts: { found: type }
		});
	});
});

test('ids sort by the time they were made and are version 7', () => {
	const [a, b] = [uuidv7(1_700_000_000_000), uuidv7(1_700_000_000_001)];
	expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	expect(a < b).toBe(true);
	expect(Number.parseInt(a.slice(0, 13).replace('-', ''), 16)).toBe(1_700_000_000_000);
});
