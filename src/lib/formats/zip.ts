/**
 * Zip archives, read within bounds: forty files may come as one.
 *
 * @module
 */
import { unzipSync, zipSync } from 'fflate';
import { refuse, type Refusal } from '../domain/refusal.ts';

export const ZIP_ENTRY_LIMIT = 2_000;
const ARCHIVE_LIMIT = 32 * 1024 * 1024;

export type ZipEntry = { name: string; bytes: Uint8Array };

export function isZip(bytes: Uint8Array): boolean {
	// "PK", then a local file header, or the end record of an empty archive.
	return (
		bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05)
	);
}

/**
 * Reads an archive. Folders are left out; an entry above `entryBytes` is named and not inflated.
 *
 * @returns Entries in the archive's order, each with its bytes or the refusal that it met.
 */
export function readZip(
	bytes: Uint8Array,
	entryBytes: number
):
	| (ZipEntry | { name: string; refusal: Refusal<'FILE_TOO_LARGE'> })[]
	| Refusal<'FILE_TOO_LARGE' | 'TOO_MANY_FILES' | 'FILE_MALFORMED'> {
	if (bytes.length > ARCHIVE_LIMIT)
		return refuse('FILE_TOO_LARGE', { bytes: bytes.length, limit: ARCHIVE_LIMIT });
	const found: (ZipEntry | { name: string; refusal: Refusal<'FILE_TOO_LARGE'> })[] = [];
	let count = 0;
	try {
		const inflated = unzipSync(bytes, {
			filter: ({ name, originalSize }) => {
				if (name.endsWith('/')) return false;
				count += 1;
				if (count > ZIP_ENTRY_LIMIT) return false;
				if (originalSize <= entryBytes) return true;
				const limit = entryBytes;
				found.push({ name, refusal: refuse('FILE_TOO_LARGE', { bytes: originalSize, limit }) });
				return false;
			}
		});
		if (count > ZIP_ENTRY_LIMIT) return refuse('TOO_MANY_FILES', { limit: ZIP_ENTRY_LIMIT });
		for (const [name, entry] of Object.entries(inflated)) found.push({ name, bytes: entry });
	} catch {
		return refuse('FILE_MALFORMED', { reason: 'archive' });
	}
	return found;
}

/** Names must be unique; times are fixed, so that the same files give the same bytes. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
	const files = Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes]));
	// Copied, so that the type says what a Blob asks for: a buffer of its own.
	return new Uint8Array(zipSync(files, { level: 6, mtime: '1980-01-01T00:00:00' }));
}
