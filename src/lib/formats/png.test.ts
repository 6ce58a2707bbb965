import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLogo } from './png.ts';
import { isRefusal } from '../domain/refusal.ts';
import { chunkOf, headerOf, logoOf, pngOf } from '../../../tests/fixtures/logo.ts';

const plain = logoOf();
const reasonOf = (bytes: Uint8Array) => {
	const cleaned = cleanLogo(bytes);
	return isRefusal(cleaned) ? cleaned.facts.reason : 'kept';
};
const pixels = (lines: number, lineBytes: number, filter = 0) =>
	chunkOf('IDAT', deflateSync(Buffer.alloc(lines * (lineBytes + 1), filter)));

test('[VF1] of a logo the picture is kept and nothing that rides in it', () => {
	expect(Buffer.from(cleanLogo(plain) as Uint8Array)).toEqual(plain);
	const rich = logoOf({
		extra: [
			chunkOf('tEXt', Buffer.from('Author\0somebody')),
			chunkOf('eXIf', Buffer.from('where it was taken')),
			chunkOf('iCCP', Buffer.from('profile'))
		]
	});
	expect(rich.length).toBeGreaterThan(plain.length);
	expect(Buffer.from(cleanLogo(rich) as Uint8Array)).toEqual(plain);
});

test('[VF1] what is no plain PNG, too large or not whole is refused, and says why', () => {
	const svg = Buffer.from(
		'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
	);
	expect(reasonOf(svg)).toBe('not-png');
	expect(reasonOf(Buffer.concat([plain, Buffer.from('<script>')]))).toBe('damaged');
	expect(reasonOf(logoOf({ extra: [chunkOf('tEXt', Buffer.alloc(65_536))] }))).toBe('too-large');
	expect(reasonOf(pngOf(headerOf({ width: 513, height: 1 }), pixels(1, 513 * 4)))).toBe(
		'too-many-pixels'
	);
	expect(reasonOf(pngOf(headerOf({ interlace: 1 }), pixels(2, 8)))).toBe('interlaced');
	expect(reasonOf(pngOf(headerOf({ depth: 3 }), pixels(2, 8)))).toBe('damaged');
	expect(reasonOf(pngOf(headerOf({ color: 3, depth: 8 }), pixels(2, 2)))).toBe('damaged');
	expect(reasonOf(pngOf(headerOf(), pixels(2, 8, 5)))).toBe('damaged');
	expect(reasonOf(pngOf(headerOf(), pixels(1, 8)))).toBe('damaged');
	// Two lines are announced, and a thousand times as many unpacked.
	expect(reasonOf(pngOf(headerOf(), pixels(4_000_000, 8)))).toBe('damaged');
	expect(reasonOf(pngOf(headerOf(), chunkOf('ABCD', Buffer.alloc(0)), pixels(2, 8)))).toBe(
		'damaged'
	);
	expect(reasonOf(pngOf(pixels(2, 8), headerOf()))).toBe('damaged');
});

test('[VF1] of a logo with one other byte or a cut one, nothing else is ever kept', () => {
	fc.assert(
		fc.property(
			fc.nat({ max: plain.length - 1 }),
			fc.integer({ min: 1, max: 255 }),
			(at, other) => {
				const changed = Buffer.from(plain);
				changed[at] = changed[at]! ^ other;
				expect(['damaged', 'not-png']).toContain(reasonOf(changed));
				expect(['damaged', 'not-png']).toContain(reasonOf(plain.subarray(0, at)));
			}
		)
	);
});
