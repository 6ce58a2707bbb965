/**
 * Zip archives, read within bounds: forty files may come as one. (APPNOTE 6.3.10)
 *
 * Sizes and counts are the archive's own word. Nothing is set aside for them: an entry is inflated as
 * a stream, which ends where it says more or less than it said. [FI3]
 *
 * @module
 */
import { Inflate, zipSync } from 'fflate';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';

export const ZIP_ENTRY_LIMIT = 1_000;
/** Folders included. */
const ENTRY_LIMIT = 2 * ZIP_ENTRY_LIMIT;
export const ARCHIVE_LIMIT = 32 * 1024 * 1024;
/** Makes a megabyte at most: a byte of deflate is good for 1,032. (RFC 1951, 3.2.5) */
const INFLATE_STEP = 1024;

export type ZipEntry = { name: string; bytes: Uint8Array };

/** An entry, or why it was not read; the others of its archive are. */
export type ReadEntry =
	ZipEntry | { name: string; refusal: Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'> };

export function isZip(bytes: Uint8Array): boolean {
	// "PK", then a local file header, or the end record of an empty archive.
	return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/**
 * Reads an archive, every entry on its own, so that one that is damaged costs no other. Folders are
 * left out; an entry that says it is above `entryBytes` is named and not inflated.
 */
export function readZip(
	bytes: Uint8Array,
	entryBytes: number
): ReadEntry[] | Refusal<'FILE_TOO_LARGE' | 'TOO_MANY_FILES' | 'FILE_MALFORMED'> {
	if (bytes.length > ARCHIVE_LIMIT)
		return refuse('FILE_TOO_LARGE', { bytes: bytes.length, limit: ARCHIVE_LIMIT });
	const entries = listEntries(bytes);
	if (isRefusal(entries)) return entries;
	const files = entries.filter(({ name }) => !name.endsWith('/'));
	if (files.length > ZIP_ENTRY_LIMIT) return refuse('TOO_MANY_FILES', { limit: ZIP_ENTRY_LIMIT });
	// Entries may share their bytes; what they say together is what they can make together.
	const total = files.reduce((sum, { size }) => sum + Math.min(size, entryBytes), 0);
	if (total > ARCHIVE_LIMIT)
		return refuse('FILE_TOO_LARGE', { bytes: total, limit: ARCHIVE_LIMIT });
	return files.map((entry) => {
		const { name, size } = entry;
		if (size > entryBytes)
			return { name, refusal: refuse('FILE_TOO_LARGE', { bytes: size, limit: entryBytes }) };
		const read = readEntry(bytes, entry);
		return read
			? { name, bytes: read }
			: { name, refusal: refuse('FILE_MALFORMED', { reason: 'archive' }) };
	});
}

/** Names must be unique. The same files give the same bytes: times are fixed. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
	const files = Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes]));
	// Copied into a buffer of its own, as a Blob asks for.
	return new Uint8Array(zipSync(files, { level: 6, mtime: '1980-01-02T00:00:00' }));
}

/** What the list at the end of an archive says of one entry. */
type Listed = {
	name: string;
	method: number;
	isEncrypted: boolean;
	/** Of its bytes as they lie there. */
	packed: number;
	/** Of what they make. */
	size: number;
	/** Where its own header is. */
	at: number;
};

const [STORED, DEFLATED] = [0, 8];
const END = { signature: 0x06054b50, length: 22 };
const CENTRAL = { signature: 0x02014b50, length: 46 };
const LOCAL = { signature: 0x04034b50, length: 30 };
/** In place of a number that stands in an extra field instead. */
const [MANY, LONG] = [0xffff, 0xffffffff];
const ZIP64 = 1;

function listEntries(bytes: Uint8Array): Listed[] | Refusal<'TOO_MANY_FILES' | 'FILE_MALFORMED'> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	try {
		const end = findEnd(view);
		const count = view.getUint16(end + 10, true);
		if (count > ENTRY_LIMIT) return refuse('TOO_MANY_FILES', { limit: ZIP_ENTRY_LIMIT });
		const listed: Listed[] = [];
		let at = view.getUint32(end + 16, true);
		for (let n = 0; n < count; n++) {
			expect(view, at, CENTRAL.signature);
			listed.push(readListed(bytes, view, at));
			at +=
				CENTRAL.length + [28, 30, 32].reduce((sum, of) => sum + view.getUint16(at + of, true), 0);
		}
		return listed;
	} catch {
		// What it points to is not there.
		return refuse('FILE_MALFORMED', { reason: 'archive' });
	}
}

/** The end record lies last, but for a comment. @throws RangeError where there is none. */
function findEnd(view: DataView): number {
	const first = view.byteLength - END.length;
	for (let at = first; at >= Math.max(0, first - MANY); at--)
		if (view.getUint32(at, true) === END.signature) return at;
	throw new RangeError('no end record');
}

function readListed(bytes: Uint8Array, view: DataView, at: number): Listed {
	const nameLength = view.getUint16(at + 28, true);
	const extra = at + CENTRAL.length + nameLength;
	const name = bytes.subarray(at + CENTRAL.length, extra);
	// In this order; the extra field has only those that did not fit.
	const numbers = [24, 20, 42].map((of) => view.getUint32(at + of, true));
	const [size = 0, packed = 0, local = 0] = numbers.includes(LONG)
		? withLongNumbers(view, numbers, { from: extra, length: view.getUint16(at + 30, true) })
		: numbers;
	return {
		name: new TextDecoder().decode(name),
		method: view.getUint16(at + 10, true),
		isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
		packed,
		size,
		at: local
	};
}

function withLongNumbers(
	view: DataView,
	numbers: readonly number[],
	{ from, length }: { from: number; length: number }
): number[] {
	for (let at = from; at < from + length; at += 4 + view.getUint16(at + 2, true)) {
		if (view.getUint16(at, true) !== ZIP64) continue;
		let next = at + 4;
		return numbers.map((number) => {
			if (number !== LONG) return number;
			next += 8;
			return Number(view.getBigUint64(next - 8, true));
		});
	}
	return [...numbers];
}

/** @returns `undefined` where it is damaged, packed in another way, or not what it said. */
function readEntry(bytes: Uint8Array, { at, ...said }: Listed): Uint8Array | undefined {
	if (said.isEncrypted) return undefined;
	try {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		expect(view, at, LOCAL.signature);
		const names = view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
		const from = at + LOCAL.length + names;
		const packed = bytes.subarray(from, from + said.packed);
		if (said.method === STORED) return packed.length === said.size ? packed : undefined;
		return said.method === DEFLATED ? inflate(packed, said.size) : undefined;
	} catch {
		return undefined;
	}
}

/** @throws Where the bytes are no deflate. @returns `undefined` where they make another length. */
function inflate(packed: Uint8Array, size: number): Uint8Array | undefined {
	const chunks: Uint8Array[] = [];
	let [total, isWhole] = [0, false];
	const stream = new Inflate((chunk, final) => {
		chunks.push(chunk);
		total += chunk.length;
		isWhole = final;
	});
	for (let at = 0; at < packed.length && total <= size; at += INFLATE_STEP)
		stream.push(packed.subarray(at, at + INFLATE_STEP), at + INFLATE_STEP >= packed.length);
	if (!isWhole || total !== size) return undefined;
	const whole = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.length;
	}
	return whole;
}

function expect(view: DataView, at: number, signature: number): void {
	if (view.getUint32(at, true) !== signature) throw new RangeError('not what it points to');
}
