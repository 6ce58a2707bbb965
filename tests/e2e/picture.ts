/**
 * Pictures in shades of gray: made of a QR code, or read from a screenshot, so that what one page shows
 * can be held before another page's camera.
 *
 * @module
 */

import { inflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** One byte per pixel, row by row, 0 is black. */
export type Picture = { width: number; height: number; pixels: Uint8Array };

/** A QR code as it stands on a page: dark on white with a quiet zone. */
export function pictureOfCode(text: string, pixelsPerModule = 6): Picture {
	const { data } = encode(text, { ecc: 'M', border: 4 });
	const size = data.length * pixelsPerModule;
	const pixels = new Uint8Array(size * size).fill(255);
	data.forEach((row, y) => {
		row.forEach((dark, x) => {
			if (!dark) return;
			for (let line = 0; line < pixelsPerModule; line++) {
				const start = (y * pixelsPerModule + line) * size + x * pixelsPerModule;
				pixels.fill(0, start, start + pixelsPerModule);
			}
		});
	});
	return { width: size, height: size, pixels };
}

/** Reads the PNG of a screenshot: eight bits a channel, RGB or RGBA, not interlaced. */
export function pictureOfPng(png: Buffer): Picture {
	const chunks = chunksOf(png);
	const header = chunks.find(({ type }) => type === 'IHDR')?.data;
	if (!header) throw new Error('not a PNG');
	const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
	const channels = { 2: 3, 6: 4 }[header[9] ?? 0];
	if (header[8] !== 8 || channels === undefined || header[12] !== 0) {
		throw new Error('a PNG of another kind than screenshots are');
	}
	const data = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
	const bytes = unfilter(inflateSync(Buffer.concat(data)), width * channels, channels);
	const pixels = new Uint8Array(width * height);
	for (let index = 0; index < pixels.length; index++) {
		const at = index * channels;
		pixels[index] = (bytes[at]! * 77 + bytes[at + 1]! * 150 + bytes[at + 2]! * 29) >> 8;
	}
	return { width, height, pixels };
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
	const chunks = [];
	for (let at = 8; at < png.length;) {
		const length = png.readUInt32BE(at);
		const type = png.toString('latin1', at + 4, at + 8);
		chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
		at += length + 12;
	}
	return chunks;
}

/** Undoes the filters of PNG (RFC 2083, section 6): each byte was stored as a difference. */
function unfilter(rows: Buffer, rowBytes: number, step: number): Uint8Array {
	const height = rows.length / (rowBytes + 1);
	const out = new Uint8Array(height * rowBytes);
	for (let y = 0; y < height; y++) {
		const filter = rows[y * (rowBytes + 1)]!;
		for (let x = 0; x < rowBytes; x++) {
			const at = y * rowBytes + x;
			const left = x < step ? 0 : out[at - step]!;
			const above = y === 0 ? 0 : out[at - rowBytes]!;
			const corner = x < step || y === 0 ? 0 : out[at - rowBytes - step]!;
			const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]!;
			out[at] = rows[y * (rowBytes + 1) + 1 + x]! + guess;
		}
	}
	return out;
}

function paeth(left: number, above: number, corner: number): number {
	const guess = left + above - corner;
	const [byLeft, byAbove, byCorner] = [left, above, corner].map((one) => Math.abs(guess - one));
	if (byLeft! <= byAbove! && byLeft! <= byCorner!) return left;
	return byAbove! <= byCorner! ? above : corner;
}
