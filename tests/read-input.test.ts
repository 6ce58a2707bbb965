/** What people name, as it really arrives: encodings, archives, folders, texts of hand scanners. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { textPieces } from '#lib/desk/import/pieces.ts';
import { fileTokens, joinTokens, readFile, writeFile } from '#lib/formats/file.ts';
import { encodeQr } from '#lib/formats/qr.ts';
import { writeZip } from '#lib/formats/zip.ts';
import { readBytes, readInput, type NamedText } from '#lib/sdk/node/files.ts';
import { signToken } from '#lib/signing/jws.ts';
import { activationClaims, makeHub } from './fixtures/chain.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyferry-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let file: string;
let tokens: string;
/** As a hand scanner types it: the activation in frames, one of which ends in a blank. */
let codes: string[];

beforeAll(async () => {
	const { hub, hubKey } = await makeHub();
	for (let size = 900; ; size += 7) {
		const ent = Array.from({ length: size / 10 }, (_, n) => `feature-${n * size}-${n}`);
		const activation = await signToken('activation', activationClaims({ ent }), hub.signer);
		file = writeFile([hubKey, activation], ['Atlas']);
		const read = readFile(file);
		if (isRefusal(read)) throw new Error(read.refused);
		tokens = joinTokens(read);
		codes = fileTokens(read).flatMap((token) => encodeQr(token));
		if (codes.slice(0, -1).some((code) => code.endsWith(' '))) return;
	}
});

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const utf16 = (text: string) => bytesOf(`\uFEFF${text}`, 'utf16le');
const found = (pieces: readonly NamedText[]) =>
	pieces.map(({ source, text, refusal }) => {
		const read = text === undefined ? refusal : readFile(text);
		if (!isRefusal(read)) return [source, joinTokens(read) === tokens];
		return [source, 'reason' in read.facts ? read.facts.reason : read.refused];
	});

describe('[FI4] bytes of a file', () => {
	test.for<[string, (text: string) => Uint8Array]>([
		['UTF-16', utf16],
		['UTF-16 of the other order', (text) => utf16(text).swap16()],
		['UTF-16 without a mark', (text) => bytesOf(text, 'utf16le')],
		['UTF-8 with a mark', (text) => bytesOf(`\uFEFF${text}`)],
		['an archive of UTF-16', (text) => writeZip([{ name: 'a.kfact', bytes: utf16(text) }])]
	])('are read from %s', async ([, write]) => {
		const pieces = await readBytes('it', write(file));
		expect(found(pieces).map(([, what]) => what)).toEqual([true]);
	});

	test.for<[string, string, string]>([
		['a note', 'Buy milk', 'nothing-found'],
		['a mail', 'Received: from x\nSubject: hi\n\nHello', 'mail'],
		['a page of a portal', '<!doctype html><html><body>Sign in</body></html>', 'html']
	])('of %s are named as that', async ([, text, reason]) => {
		expect(found(await readBytes('it', bytesOf(text)))).toEqual([['it', reason]]);
	});
});

test('[FI4] folders are walked and archives read; each piece is named, what systems leave is not', async () => {
	const stick = join(folder, 'stick');
	for (const each of ['answers/deep', '__MACOSX', 'state'])
		mkdirSync(join(stick, each), { recursive: true });
	const entries = [
		{ name: 'in/b.kfact', bytes: bytesOf(file) },
		{ name: '__MACOSX/in/._b.kfact', bytes: bytesOf('x') },
		{ name: 'readme.txt', bytes: bytesOf('x') }
	];
	writeFileSync(join(stick, 'answers/answers.zip'), writeZip(entries));
	writeFileSync(join(stick, 'answers/deep/a.kfact'), utf16(file));
	writeFileSync(join(stick, 'answers/._a.kfact'), 'x');
	writeFileSync(join(stick, '__MACOSX/c.kfact'), file);
	writeFileSync(join(stick, 'state/machine.json'), '{}');
	writeFileSync(join(stick, 'state/d.kfact'), file);
	writeFileSync(join(stick, 'picture.jpg'), bytesOf('ff d8', 'latin1'));
	writeFileSync(join(stick, 'broken.zip'), 'PK\u0003\u0004 and no more');
	expect(found(await readInput(stick))).toEqual([
		[join('answers', 'answers.zip › in/b.kfact'), true],
		[join('answers', 'answers.zip › readme.txt'), 'nothing-found'],
		[join('answers', 'deep', 'a.kfact'), true],
		['broken.zip', 'archive'],
		['picture.jpg', 'nothing-found']
	]);
});

describe('[FI6] what a hand scanner typed', () => {
	test.for<[string, (codes: string[]) => string]>([
		['one a line', (codes) => codes.join('\n')],
		['one a line, as Windows ends them', (codes) => `${codes.join('\r\n')}\r\n`],
		['run together', (codes) => codes.join('')],
		['in another order, twice', (codes) => [...codes, ...codes].reverse().join('\n')],
		['with cut blanks', (codes) => codes.map((code) => code.trimEnd()).join('\n')],
		['with added blanks', (codes) => codes.map((code) => `${code}\t`).join('\n')],
		['after a line of a person', (codes) => `rack seven:\n${codes.join('\n')}`]
	])('is read %s, by the SDK and by the desk', async ([, type]) => {
		expect(found(await readBytes('it', bytesOf(type(codes))))).toEqual([['it', true]]);
		const pieces = await textPieces(type(codes), 'Pasted text');
		expect(pieces.map(({ block }) => block?.tokens.join('~'))).toEqual([tokens]);
	});

	test('names what is missing', async () => {
		const pieces = await readBytes('it', bytesOf(codes.slice(0, -1).join('\n')));
		expect(found(pieces).at(-1)).toEqual(['it', 'frames-missing']);
	});
});
