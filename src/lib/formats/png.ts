/**
 * A vendor's logo: a PNG, read to its last byte before anything shows it, and what is kept of it is the
 * picture alone. Names, places, profiles and whatever else rides in such a file stay behind. [VF1]
 *
 * @see https://www.w3.org/TR/png-3/
 * @module
 */
import { Unzlib } from 'fflate';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';

export const LOGO_BYTES = 64 * 1024;
export const LOGO_PIXELS = 512;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What makes the picture; others that a reader must know are refused. */
const KEPT = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/** Samples of a pixel and how many bits each may have, by color type. (PNG 11.2.1) */
const COLORS: Record<number, { samples: number; depths: readonly number[] }> = {
	0: { samples: 1, depths: [1, 2, 4, 8, 16] },
	2: { samples: 3, depths: [8, 16] },
	3: { samples: 1, depths: [1, 2, 4, 8] },
	4: { samples: 2, depths: [8, 16] },
	6: { samples: 4, depths: [8, 16] }
};
const PALETTE = 3;
const FILTERS = 5;

/** A byte of deflate is good for 1,032: no more is made at once. (RFC 1951, 3.2.5) */
const INFLATE_STEP = 1024;

type Refused = Refusal<'LOGO_INVALID'>;
type Chunk = { type: string; from: number; to: number };
type Header = { lines: number; lineBytes: number; color: number };

/** @returns The picture alone, as a PNG again. */
export function cleanLogo(bytes: Uint8Array): Uint8Array<ArrayBuffer> | Refused {
	if (!SIGNATURE.every((byte, at) => bytes[at] === byte)) return no('not-png');
	if (bytes.length > LOGO_BYTES) return no('too-large');
	const chunks = listChunks(bytes);
	if (chunks === undefined) return no('damaged');
	const kept = chunks.filter(({ type }) => KEPT.includes(type));
	const header = readHeader(bytes, chunks[0]!);
	if (isRefusal(header)) return header;
	// A chunk whose name begins with a capital cannot be passed over. (PNG 5.4)
	if (chunks.some((chunk) => /^[A-Z]/.test(chunk.type) && !kept.includes(chunk)))
		return no('damaged');
	if (!isInOrder(kept, header) || !isWhole(bytes, kept, header)) return no('damaged');
	return join([
		Uint8Array.from(SIGNATURE),
		...kept.map(({ from, to }) => bytes.subarray(from - 8, to + 4))
	]);
}

/** Each with the sum that it carries, up to the last byte; `undefined` where that is not so. */
function listChunks(bytes: Uint8Array): Chunk[] | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const chunks: Chunk[] = [];
	for (let at = SIGNATURE.length; at < bytes.length;) {
		if (at + 12 > bytes.length) return undefined;
		const from = at + 8;
		const to = from + view.getUint32(at);
		if (to + 4 > bytes.length || view.getUint32(to) !== crc32(bytes.subarray(at + 4, to)))
			return undefined;
		chunks.push({ type: String.fromCharCode(...bytes.subarray(at + 4, from)), from, to });
		at = to + 4;
	}
	const isFramed = chunks[0]?.type === 'IHDR' && chunks.at(-1)?.type === 'IEND';
	return isFramed ? chunks : undefined;
}

function readHeader(bytes: Uint8Array, { from, to }: Chunk): Header | Refused {
	if (to - from !== 13) return no('damaged');
	const view = new DataView(bytes.buffer, bytes.byteOffset + from, 13);
	const [width, lines] = [view.getUint32(0), view.getUint32(4)];
	const [depth, color, compression, filter, interlace] = bytes.subarray(from + 8, to);
	const { samples, depths } = COLORS[color!] ?? { samples: 0, depths: [] };
	if (!depths.includes(depth!) || compression !== 0 || filter !== 0 || interlace! > 1)
		return no('damaged');
	if (width === 0 || lines === 0) return no('damaged');
	if (width > LOGO_PIXELS || lines > LOGO_PIXELS) return no('too-many-pixels');
	if (interlace === 1) return no('interlaced');
	return { lines, lineBytes: 1 + Math.ceil((width * samples * depth!) / 8), color: color! };
}

/** IHDR PLTE? tRNS? IDAT+ IEND, where only the pixels come in pieces. */
function isInOrder(kept: readonly Chunk[], { color }: Header): boolean {
	const order = kept.map(({ type }) => KEPT.indexOf(type)).join('');
	const colors = kept.find(({ type }) => type === 'PLTE');
	const length = colors ? colors.to - colors.from : 0;
	const end = kept.at(-1)!;
	return (
		/^01?2?3+4$/.test(order) &&
		end.from === end.to &&
		length % 3 === 0 &&
		length <= 3 * 256 &&
		(length > 0 || color !== PALETTE)
	);
}

/** Whether the pixels are as many as the header says, each line behind a filter that there is. */
function isWhole(bytes: Uint8Array, kept: readonly Chunk[], { lines, lineBytes }: Header): boolean {
	const packed = join(
		kept.filter(({ type }) => type === 'IDAT').map(({ from, to }) => bytes.subarray(from, to))
	);
	let [made, isSound] = [0, true];
	const unpacking = new Unzlib((part) => {
		for (let at = (lineBytes - (made % lineBytes)) % lineBytes; at < part.length; at += lineBytes)
			if (part[at]! >= FILTERS) isSound = false;
		made += part.length;
	});
	try {
		for (let at = 0; at < packed.length && isSound && made <= lines * lineBytes; at += INFLATE_STEP)
			unpacking.push(packed.subarray(at, at + INFLATE_STEP), at + INFLATE_STEP >= packed.length);
	} catch {
		return false;
	}
	return isSound && made === lines * lineBytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

/** Of a chunk's name and data. (PNG, annex D) */
function crc32(bytes: Uint8Array): number {
	let sum = 0xffffffff;
	for (const byte of bytes) {
		sum ^= byte;
		for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
	}
	return (sum ^ 0xffffffff) >>> 0;
}

function no(reason: Refused['facts']['reason']): Refused {
	return refuse('LOGO_INVALID', { reason });
}
