/**
 * Files as QR codes on a terminal and as pictures: a rack with nothing but a console has no other way
 * out. [FI6]
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';
import { isRefusal } from '#lib/domain/refusal.ts';
import { fileTokens, readFile } from '#lib/formats/file.ts';
import { encodeQr } from '#lib/formats/qr.ts';
import { UsageError } from '#server/cli/base/outcome.ts';

export const qrOptions = {
	qr: { type: 'boolean', description: 'Print it as QR codes as well' },
	'qr-out': {
		type: 'string',
		valueHint: 'FILE',
		description: 'Save its QR codes as FILE.svg or FILE.png'
	}
} as const;

/** Light modules around a code, as readers ask for. (ISO/IEC 18004) */
const QUIET = 4;
const PIXELS = 6;

type Wanted = { qr?: boolean; 'qr-out'?: string };

/** What the options ask for of these files. @returns Lines to print; pictures are written. */
export function showQr(files: readonly string[], wanted: Wanted): string[] {
	const out = wanted['qr-out'];
	if (!wanted.qr && out === undefined) return [];
	const codes = files.flatMap(codesOf);
	const printed = wanted.qr
		? codes.flatMap((code, at) => ['', `Code ${at + 1} of ${codes.length}`, ...halfBlocks(code)])
		: [];
	return out === undefined ? printed : [...printed, '', ...savePictures(out, codes)];
}

function codesOf(text: string): boolean[][][] {
	const file = readFile(text);
	const texts = isRefusal(file) ? [] : fileTokens(file).flatMap((token) => encodeQr(token));
	return texts.map((each) => encode(each, { ecc: 'M', border: QUIET }).data);
}

/** Two rows a line; what is light is drawn, for terminals are dark. */
function halfBlocks(code: readonly boolean[][]): string[] {
	const signs = { '00': ' ', '01': '▄', '10': '▀', '11': '█' } as const;
	return code.flatMap((row, at) => {
		if (at % 2 === 1) return [];
		const below = code[at + 1];
		return row
			.map((dark, x) => {
				const pair = `${dark ? 0 : 1}${below && !below[x] ? 1 : 0}` as const;
				return signs[pair];
			})
			.join('');
	});
}

function savePictures(out: string, codes: readonly boolean[][][]): string[] {
	const [, stem = '', extension = ''] = /^(.*)\.(svg|png)$/i.exec(out) ?? [];
	if (extension === '') throw new UsageError('--qr-out takes a name that ends in .svg or .png.');
	return codes.map((code, at) => {
		const path = codes.length === 1 ? out : `${stem}-${at + 1}.${extension}`;
		writeFileSync(path, extension.toLowerCase() === 'svg' ? drawSvg(code) : drawPng(code));
		return path;
	});
}

function drawSvg(code: readonly boolean[][]): string {
	const side = code.length;
	const path = code
		.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
		.join('');
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * PIXELS}" height="${side * PIXELS}" shape-rendering="crispEdges">`,
		`<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}"/></svg>`,
		''
	].join('\n');
}

/** One byte a pixel, in gray. (PNG, W3C Recommendation, section 11) */
function drawPng(code: readonly boolean[][]): Buffer {
	const side = code.length * PIXELS;
	const rows = code.flatMap((row) => {
		const pixels = row.flatMap((dark) => new Array<number>(PIXELS).fill(dark ? 0 : 255));
		return new Array<Buffer>(PIXELS).fill(Buffer.from([0, ...pixels]));
	});
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header[8] = 8;
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(Buffer.concat(rows))),
		chunk('IEND', Buffer.alloc(0))
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, sum]);
}
