/**
 * Reading what people name: a file, an archive, a folder of answers, or the text itself. [FI4]
 *
 * @module
 */
import { refuse, isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { nothingIn } from '#lib/formats/armour.ts';
import { isLeftBySystem } from '#lib/formats/file-name.ts';
import { readFiles } from '#lib/formats/file.ts';
import { isPushFile } from '#lib/formats/push.ts';
import { readStickIndex, type StickIndex } from '#lib/formats/stick-index.ts';
import { decodeText } from '#lib/formats/text.ts';
import { ARCHIVE_LIMIT, isZip, readZip } from '#lib/formats/zip.ts';
import { spellOutCodes } from '#lib/signing/scanned-text.ts';
import {
	closeSync,
	openSync,
	readdirSync,
	readFileSync,
	readSync,
	statSync,
	type Dirent
} from 'node:fs';
import { basename, join } from 'node:path';

/** A piece of what was named. Every one that was found is here, with its text or why there is none. */
export type NamedText = { source: string } & (
	| { text: string; refusal?: undefined; stick?: undefined }
	/** `stick`: no file of ours by itself, but the index of those that lie beside it. [SK2] */
	| { refusal: Refusal; text?: undefined; stick?: StickIndex }
);

/** A hundred files in one paste; anything larger is not ours. */
const BYTES_LIMIT = 8 * 1024 * 1024;
const FILES_LIMIT = 5_000;

/** The key of a text that somebody pasted. */
const PASTED = /^[\w-]{20,}\.[\w-]+\.[\w.~-]+$/;

/**
 * @param input - A path; a text with armour, tokens or scanned codes is taken as it is.
 * @throws When there is no such file.
 */
export async function readInput(input: string): Promise<NamedText[]> {
	if (input.includes('-----BEGIN') || input.startsWith('KF1:') || PASTED.test(input.trim()))
		return readText('text', input);
	if (!statSync(input).isDirectory()) return readOne(input, basename(input));
	const { files, unread } = walk(input);
	const pieces: NamedText[] = [];
	for (const source of files) pieces.push(...(await readFound(join(input, source), source)));
	return [...pieces, ...unread];
}

/** What the bytes of one piece say, whatever wrote them: a text, an archive, scanned codes. */
export async function readBytes(source: string, bytes: Uint8Array): Promise<NamedText[]> {
	if (!isZip(bytes)) return readText(source, decodeText(bytes));
	const entries = readZip(bytes, BYTES_LIMIT);
	if (isRefusal(entries)) return [{ source, refusal: entries }];
	const pieces: NamedText[] = [];
	for (const entry of entries.filter(({ name }) => !isLeftBySystem(name))) {
		const inside = `${source} › ${entry.name}`;
		if ('refusal' in entry) pieces.push({ source: inside, refusal: entry.refusal });
		else pieces.push(...(await readText(inside, decodeText(entry.bytes))));
	}
	return pieces;
}

async function readText(source: string, typed: string): Promise<NamedText[]> {
	const { text, refusals } = await spellOutCodes(typed);
	const wrong = refusals.map((refusal) => ({ source, refusal }));
	if (text === '' && wrong.length > 0) return wrong;
	const isOurs = isPushFile(text) || readFiles(text).length > 0;
	const piece = { source, refusal: nothingIn(text), stick: readStickIndex(text) };
	return [isOurs ? { source, text } : piece, ...wrong];
}

async function readOne(path: string, source: string): Promise<NamedText[]> {
	const bytes = statSync(path).size;
	// Too large is said without reading it all.
	const limit = bytes > BYTES_LIMIT && isZip(readHead(path)) ? ARCHIVE_LIMIT : BYTES_LIMIT;
	if (bytes > limit) return [{ source, refusal: refuse('FILE_TOO_LARGE', { bytes, limit }) }];
	return readBytes(source, readFileSync(path));
}

/** In a folder, what cannot be read stops no neighbour. */
async function readFound(path: string, source: string): Promise<NamedText[]> {
	try {
		// A device or a pipe behind a link may never end.
		return statSync(path).isFile() ? await readOne(path, source) : [unreadable(source)];
	} catch {
		return [unreadable(source)];
	}
}

/** It is there, and cannot be read: a folder's rights, a link to nowhere, a stick that was pulled out. */
export function unreadable(source: string): NamedText {
	return { source, refusal: refuse('FILE_MALFORMED', { reason: 'unreadable' }) };
}

function readHead(path: string): Uint8Array {
	const head = new Uint8Array(4);
	const file = openSync(path, 'r');
	try {
		readSync(file, head);
	} finally {
		closeSync(file);
	}
	return head;
}

/** Paths of all files below a folder, in order of their names, as far as a stick may hold. */
function walk(folder: string): { files: string[]; unread: NamedText[] } {
	const found: string[] = [];
	const unread: NamedText[] = [];
	const waiting = [''];
	for (let at = 0; at < waiting.length && found.length <= FILES_LIMIT; at++) {
		const within = waiting[at]!;
		const entries = listFolder(join(folder, within));
		if (!entries) unread.push(unreadable(within || folder));
		// A state folder holds what this machine has already, and its key.
		if (!entries || (at > 0 && entries.some(({ name }) => STATE_FILES.includes(name)))) continue;
		for (const entry of entries) {
			const path = join(within, entry.name);
			if (isLeftBySystem(path)) continue;
			if (entry.isDirectory()) waiting.push(path);
			else found.push(path);
		}
	}
	found.sort();
	if (found.length > FILES_LIMIT)
		unread.push({ source: folder, refusal: refuse('TOO_MANY_FILES', { limit: FILES_LIMIT }) });
	return { files: found.slice(0, FILES_LIMIT), unread };
}

const STATE_FILES = ['machine-key.json', 'machine.json'];

function listFolder(folder: string): Dirent[] | undefined {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch {
		return undefined;
	}
}
