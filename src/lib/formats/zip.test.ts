import { expect, test } from 'vitest';
import { isRefusal } from '../domain/refusal.ts';
import { isZip, readZip, writeZip, ZIP_ENTRY_LIMIT } from './zip.ts';

const entry = (name: string, text = name) => ({ name, bytes: new TextEncoder().encode(text) });

test('what is written is read again, in order', () => {
	const zip = writeZip([entry('b.kfact'), entry('a.kfref')]);
	expect(isZip(zip)).toBe(true);
	expect(readZip(zip, 100)).toEqual([entry('b.kfact'), entry('a.kfref')]);
});

test('the same files give the same bytes', () => {
	expect(writeZip([entry('a')])).toEqual(writeZip([entry('a')]));
});

test('an entry that is too large is named, and the others are read', () => {
	const zip = writeZip([entry('small'), entry('large', 'x'.repeat(101))]);
	expect(readZip(zip, 100)).toEqual([
		entry('small'),
		{ name: 'large', refusal: { refused: 'FILE_TOO_LARGE', facts: { bytes: 101, limit: 100 } } }
	]);
});

test('a damaged entry costs no other', () => {
	const zip = writeZip([entry('a', 'a'.repeat(90)), entry('b', 'b'.repeat(90))]);
	// The first local header is 30 bytes and the name; the deflated body follows.
	zip.fill(0xff, 31, 33);
	const read = readZip(zip, 100);
	if (isRefusal(read)) throw new Error(read.refused);
	expect(read[0]).toEqual({
		name: 'a',
		refusal: { refused: 'FILE_MALFORMED', facts: { reason: 'archive' } }
	});
	expect(read[1]).toEqual(entry('b', 'b'.repeat(90)));
});

test('an entry that says more than its bytes can make is damaged, and no memory is set aside for it', () => {
	const archive = writeZip([{ name: 'a.kfreq', bytes: new Uint8Array(100_000) }]);
	// The size before compression, in the central directory (APPNOTE 4.3.12).
	const central = archive.findLastIndex(
		(_, at) => archive[at] === 0x50 && archive[at + 1] === 0x4b && archive[at + 2] === 1
	);
	new DataView(archive.buffer).setUint32(central + 24, 30_000_000, true);
	const before = process.memoryUsage().arrayBuffers;
	expect(readZip(archive, 31_000_000)).toMatchObject([{ refusal: { refused: 'FILE_MALFORMED' } }]);
	expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});

test('an archive that says it has a thousand million entries is refused at once', () => {
	// Its end record points to one of zip64 (APPNOTE 4.3.14 to 4.3.16).
	const archive = new Uint8Array(30 + 56 + 20 + 22);
	const view = new DataView(archive.buffer);
	view.setUint32(0, 0x04034b50, true);
	view.setUint32(30, 0x06064b50, true);
	view.setUint32(30 + 32, 1_000_000_000, true);
	view.setUint32(86, 0x07064b50, true);
	view.setUint32(86 + 8, 30, true);
	view.setUint32(106, 0x06054b50, true);
	view.setUint16(106 + 8, 0xffff, true);
	view.setUint32(106 + 16, 0xffffffff, true);
	expect(readZip(archive, 100)).toMatchObject({ refused: 'TOO_MANY_FILES' });
});

test('too many entries are refused', () => {
	const zip = writeZip(Array.from({ length: ZIP_ENTRY_LIMIT + 1 }, (_, i) => entry(`${i}`)));
	expect(readZip(zip, 100)).toEqual({
		refused: 'TOO_MANY_FILES',
		facts: { limit: ZIP_ENTRY_LIMIT }
	});
});

test('what is no archive is refused', () => {
	expect(readZip(new Uint8Array([0x50, 0x4b, 3, 4]), 100)).toEqual({
		refused: 'FILE_MALFORMED',
		facts: { reason: 'archive' }
	});
});
