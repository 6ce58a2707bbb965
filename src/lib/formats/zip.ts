/**
 * Zip archives, read within bounds: forty files may come as one.
 *
 * @module
 */
import { unzipSync, zipSync } from 'fflate';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';

export const ZIP_ENTRY_LIMIT = 1_000;
/** Folders included. */
const ENTRY_LIMIT = 2 * ZIP_ENTRY_LIMIT;
const ARCHIVE_LIMIT = 32 * 1024 * 1024;
/** A byte of deflate makes at most so many: two bits for a match of 258 (RFC 1951, 3.2.5). */
const DEFLATE_RATIO = 1_032;

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
	const total = files.reduce((sum, { size }) => sum + Math.min(size, entryBytes), 0);
	if (total > ARCHIVE_LIMIT)
		return refuse('FILE_TOO_LARGE', { bytes: total, limit: ARCHIVE_LIMIT });
	return files.map(({ name, size, isPossible, at }) => {
		if (size > entryBytes)
			return { name, refusal: refuse('FILE_TOO_LARGE', { bytes: size, limit: entryBytes }) };
		const inflated = isPossible ? inflateEntry(bytes, at, size) : undefined;
		return inflated
			? { name, bytes: inflated }
			: { name, refusal: refuse('FILE_MALFORMED', { reason: 'archive' }) };
	});
}

/** Names must be unique. The same files give the same bytes: times are fixed. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
	const files = Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes]));
	// Copied into a buffer of its own, as a Blob asks for.
	return new Uint8Array(zipSync(files, { level: 6, mtime: '1980-01-02T00:00:00' }));
}

/** Nothing but the end of a list that goes on for ever. */
const TOO_MANY = new Error('too many entries');

type Listed = {
	name: string;
	size: number;
	/** Whether so few bytes can make as many as they say: memory is set aside for what they say. */
	isPossible: boolean;
	at: number;
};

function listEntries(bytes: Uint8Array): Listed[] | Refusal<'TOO_MANY_FILES' | 'FILE_MALFORMED'> {
	const listed: Listed[] = [];
	try {
		unzipSync(bytes, {
			filter: ({ name, size, originalSize }) => {
				// The count is the archive's own word: a hundred bytes may say four thousand million.
				if (listed.length === ENTRY_LIMIT) throw TOO_MANY;
				// Of what is stored without deflate, only `size` counts; neither is to be trusted alone.
				const isPossible = originalSize <= size * DEFLATE_RATIO;
				listed.push({
					name,
					size: Math.max(size, originalSize),
					isPossible,
					at: listed.length
				});
				return false;
			}
		});
	} catch (error) {
		if (error === TOO_MANY) return refuse('TOO_MANY_FILES', { limit: ZIP_ENTRY_LIMIT });
		return refuse('FILE_MALFORMED', { reason: 'archive' });
	}
	return listed;
}

/** The entry at a place in the archive's list: by place, for two entries may have one name. */
function inflateEntry(bytes: Uint8Array, at: number, size: number): Uint8Array | undefined {
	if (size === 0) return new Uint8Array(0);
	let place = 0;
	try {
		return Object.values(unzipSync(bytes, { filter: () => place++ === at }))[0];
	} catch {
		return undefined;
	}
}
