import { expect, test } from 'vitest';
import { writeZip } from '#lib/formats/zip.ts';
import { readPieces, textPieces } from './pieces.ts';

const block = (body: string, label = 'REQUEST') =>
	`-----BEGIN KEYFERRY ${label}-----\n${body}\n-----END KEYFERRY ${label}-----`;

test('[FI4] several files in one paste are several pieces, and one keeps its text', async () => {
	const one = await textPieces(`Atlas\n\n${block('a.b.c')}\n`, 'Pasted text');
	expect(one).toEqual([
		{
			name: 'Pasted text',
			text: `Atlas\n\n${block('a.b.c')}\n`,
			block: { label: 'REQUEST', tokens: ['a.b.c'] }
		}
	]);
	const two = await textPieces(`${block('a.b.c')}\n${block('d.e.f~g.h.i')}`, 'Pasted text');
	expect(two.map(({ name, block: found }) => [name, found?.tokens])).toEqual([
		['Pasted text (1)', ['a.b.c']],
		['Pasted text (2)', ['d.e.f', 'g.h.i']]
	]);
});

test('damage is named with its line', async () => {
	const [piece] = await textPieces(`Atlas\n${block('abc\n?!\ndef')}`, 'x');
	expect(piece?.refusal).toEqual({
		refused: 'FILE_MALFORMED',
		facts: { reason: 'foreign-sign', line: 4 }
	});
});

test('each file in an archive is a piece; what is not ours is one as well', async () => {
	const encode = (text: string) => new TextEncoder().encode(text);
	const zip = writeZip([
		{ name: 'in/a.kfreq', bytes: encode(block('a.b.c')) },
		{ name: 'in/notes.txt', bytes: encode('Rack plan, second floor') }
	]);
	const pieces = await readPieces([new File([zip], 'stick.zip'), new File([''], 'empty')]);
	expect(pieces.map(({ name, refusal }) => [name, refusal?.refused])).toEqual([
		['stick.zip › in/a.kfreq', undefined],
		['stick.zip › in/notes.txt', 'FILE_MALFORMED'],
		['empty', 'FILE_MALFORMED']
	]);
});

test('a file that cannot be read is named and costs no other', async () => {
	const pulled = new File(['x'], 'pulled.kfreq');
	Object.defineProperty(pulled, 'slice', {
		value: () => {
			throw new DOMException('gone', 'NotReadableError');
		}
	});
	const pieces = await readPieces([pulled, new File([block('a.b.c')], 'fine.kfreq')]);
	expect(pieces.map(({ name, refusal }) => [name, refusal?.facts])).toEqual([
		['pulled.kfreq', { reason: 'unreadable' }],
		['fine.kfreq', undefined]
	]);
});
