import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
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

/** Where an archive lists its first entry, which says there how long it will be. (APPNOTE 4.3.12) */
const listOf = (archive: Uint8Array) => {
	const at = archive.findLastIndex(
		(_, at) => archive[at] === 0x50 && archive[at + 1] === 0x4b && archive[at + 2] === 1
	);
	return { at, view: new DataView(archive.buffer) };
};
/** `good.kfact` and a gigabyte of zeros: one megabyte, deflated to its last byte, a thousand times. */
function writeBomb(): Uint8Array<ArrayBuffer> {
	const chunks: Uint8Array[] = [];
	const zip = new Zip((_, chunk) => void chunks.push(chunk));
	const good = new ZipPassThrough('good.kfact');
	zip.add(good);
	good.push(new TextEncoder().encode('good'), true);
	const bomb = new ZipPassThrough('bomb.kfact');
	bomb.compression = 8;
	zip.add(bomb);
	const finishFlush = constants.Z_FULL_FLUSH;
	const megabyte = deflateRawSync(new Uint8Array(1_000_000), { level: 9, finishFlush });
	bomb.push(new Uint8Array(Buffer.concat(Array<Buffer>(1_000).fill(megabyte))));
	bomb.push(new Uint8Array(deflateRawSync('')), true);
	zip.end();
	return new Uint8Array(Buffer.concat(chunks));
}
const damaged = [{ refusal: { refused: 'FILE_MALFORMED', facts: { reason: 'archive' } } }];

describe('[FI3] an archive that lies about sizes', () => {
	test.for([1, 99_999, 100_001, 30_000_000, 0xffffffff])(
		'%i instead of 100,000 bytes is damaged, and no memory is set aside for it',
		(said) => {
			const archive = writeZip([{ name: 'a.kfreq', bytes: new Uint8Array(100_000) }]);
			const { at, view } = listOf(archive);
			view.setUint32(at + 24, said, true);
			const before = process.memoryUsage().arrayBuffers;
			const read = readZip(archive, 0xffffffff);
			if (said <= 30_000_000) expect(read).toMatchObject(damaged);
			else expect(read).toMatchObject({ refused: 'FILE_TOO_LARGE' });
			expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000);
		}
	);

	test.for([100, 8_000_000, 1_000_000_000])(
		'a gigabyte of zeros that says %i takes little memory, and costs no neighbor',
		(said) => {
			const archive = writeBomb();
			expect(archive.length).toBeLessThan(2_000_000);
			const { at, view } = listOf(archive);
			view.setUint32(at + 24, said, true);
			const before = process.memoryUsage().arrayBuffers;
			const read = readZip(archive, 8 * 1024 * 1024);
			expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64_000_000);
			const refused = said < 9_000_000 ? 'FILE_MALFORMED' : 'FILE_TOO_LARGE';
			expect(read).toMatchObject([{ name: 'good.kfact' }, { refusal: { refused } }]);
		}
	);

	test('many entries over the same bytes make no more than one archive may hold', () => {
		const archive = writeZip([{ name: 'a', bytes: new Uint8Array(4_000_000) }]);
		const { at, view } = listOf(archive);
		const entry = archive.slice(at, archive.length - 22);
		const end = archive.slice(-22);
		const copies = new Uint8Array(at + 900 * entry.length + end.length);
		copies.set(archive.subarray(0, at));
		for (let n = 0; n < 900; n++) copies.set(entry, at + n * entry.length);
		copies.set(end, copies.length - end.length);
		new DataView(copies.buffer).setUint16(copies.length - 12, 900, true);
		expect(readZip(copies, 8_000_000)).toMatchObject({ refused: 'FILE_TOO_LARGE' });
		expect(view.getUint16(archive.length - 12, true)).toBe(1);
	});

	test.for<[string, number, number]>([
		['points behind its end', 42, 0x00ffffff],
		['points to what is no entry', 42, 5],
		['says that it is packed in another way', 10, 12],
		['says that it is encrypted', 8, 1]
	])('an entry that %s is damaged', ([, field, value]) => {
		const archive = writeZip([entry('a.kfact', 'a'.repeat(90))]);
		const { at, view } = listOf(archive);
		if (field === 42) view.setUint32(at + field, value, true);
		else view.setUint16(at + field, value, true);
		expect(readZip(archive, 100)).toMatchObject(damaged);
	});
});

test('an archive that was streamed, and one whose numbers stand in extra fields, are read', () => {
	const chunks: Uint8Array[] = [];
	const zip = new Zip((_, chunk) => void chunks.push(chunk));
	for (const name of ['a.kfact', 'b.kfact']) {
		const streamed = new ZipDeflate(name);
		zip.add(streamed);
		streamed.push(new TextEncoder().encode(name.repeat(9_000)), true);
	}
	zip.end();
	const expected = ['a.kfact', 'b.kfact'].map((name) => entry(name, name.repeat(9_000)));
	expect(readZip(new Uint8Array(Buffer.concat(chunks)), 100_000)).toEqual(expected);

	const short = writeZip([entry('a')]);
	const { at } = listOf(short);
	// Size and place as 64 bits each (APPNOTE 4.5.3).
	const extra = new Uint8Array(4 + 16);
	const fields = new DataView(extra.buffer);
	fields.setUint16(0, 1, true);
	fields.setUint16(2, 16, true);
	fields.setBigUint64(4, 1n, true);
	const split = at + 46 + 1;
	const long = new Uint8Array([...short.slice(0, split), ...extra, ...short.slice(split)]);
	const view = new DataView(long.buffer);
	view.setUint32(at + 24, 0xffffffff, true);
	view.setUint32(at + 42, 0xffffffff, true);
	view.setUint16(at + 30, extra.length, true);
	expect(readZip(long, 100)).toEqual([entry('a')]);
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
	view.setUint16(106 + 10, 0xffff, true);
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
