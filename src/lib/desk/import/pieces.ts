/**
 * Where things come from: files, folders, archives, pasted text, codes seen by a camera. All end as
 * named pieces of text, one for each file that may be inside.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isLeftBySystem } from '#lib/formats/file-name.ts';
import { type ArmourBlock, findBlocks, nothingIn } from '#lib/formats/armour.ts';
import { isPushFile, PUSH_FILE_LIMIT } from '#lib/formats/push.ts';
import { readStickIndex } from '#lib/formats/stick-index.ts';
import { decodeText } from '#lib/formats/text.ts';
import { ARCHIVE_LIMIT, isZip, readZip } from '#lib/formats/zip.ts';
import { spellOutCodes } from '#lib/signing/scanned-text.ts';

/** One piece: something with a name that is or is not a file of ours. */
export type Piece = {
	/** `stick/rack-07.kfreq`, `answers.zip › rack-07.kfact`, `Pasted text`. */
	name: string;
	/** The whole text, where it holds at most one block. */
	text?: string;
	block?: ArmourBlock;
	/** The text is a signed push of another desk. [SY8] */
	isPush?: true;
	refusal?: Refusal;
};

/** Text of one file; a paste of many files is read up to here as well. */
const TEXT_LIMIT = 4 * 1024 * 1024;
const FILES_LIMIT = 5_000;

/** Reads files one by one, so that a folder of many does not fill the memory. */
export async function readPieces(
	files: readonly File[],
	onProgress?: (done: number, of: number) => void
): Promise<Piece[]> {
	const pieces: Piece[] = [];
	const ours = files.filter((file) => !isLeftBySystem(file.webkitRelativePath || file.name));
	const taken = ours.slice(0, FILES_LIMIT);
	for (const [at, file] of taken.entries()) {
		pieces.push(...(await readPiece(file)));
		onProgress?.(at + 1, taken.length);
	}
	// Each file beyond the limit is named, so that the counts still add up.
	for (const { name } of ours.slice(FILES_LIMIT))
		pieces.push({ name, refusal: refuse('TOO_MANY_FILES', { limit: FILES_LIMIT }) });
	return pieces;
}

/** @param name - What the table calls it: for example `Pasted text`, `Scan 3`. */
export async function textPieces(typed: string, name: string): Promise<Piece[]> {
	const { text, refusals } = await spellOutCodes(typed);
	const wrong = refusals.map((refusal) => ({ name, refusal }));
	if (text === '' && wrong.length > 0) return wrong;
	return [...blockPieces(text, name), ...wrong];
}

function blockPieces(text: string, name: string): Piece[] {
	if (isPushFile(text)) return [{ name, text, isPush: true }];
	const blocks = findBlocks(text);
	const [first] = blocks;
	if (first === undefined) return [{ name, text, refusal: nothingIn(text) }];
	if (blocks.length === 1) return [pieceOf(first, { name, text })];
	return blocks.map((block, at) => pieceOf(block, { name: `${name} (${at + 1})` }));
}

async function readPiece(file: File): Promise<Piece[]> {
	const name = file.webkitRelativePath || file.name;
	try {
		const head = await bytesOf(file.slice(0, 4));
		if (isZip(head) && file.size <= ARCHIVE_LIMIT)
			return await readArchive(name, await bytesOf(file));
		const limit = isZip(head)
			? ARCHIVE_LIMIT
			: isPushFile(decodeText(await bytesOf(file.slice(0, 4096))))
				? PUSH_FILE_LIMIT
				: TEXT_LIMIT;
		if (file.size > limit)
			return [{ name, refusal: refuse('FILE_TOO_LARGE', { bytes: file.size, limit }) }];
		return await textPieces(decodeText(await bytesOf(file)), name);
	} catch {
		// The stick was pulled out, or the browser may not read this one.
		return [{ name, refusal: refuse('FILE_MALFORMED', { reason: 'unreadable' }) }];
	}
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
	return new Uint8Array(await blob.arrayBuffer());
}

async function readArchive(name: string, bytes: Uint8Array): Promise<Piece[]> {
	// Unsent work comes in archives too, where it fills several files.
	const entries = readZip(bytes, PUSH_FILE_LIMIT);
	if (isRefusal(entries)) return [{ name, refusal: entries }];
	const pieces: Piece[] = [];
	for (const entry of entries) {
		if (isLeftBySystem(entry.name)) continue;
		const inside = `${name} › ${entry.name}`;
		if ('refusal' in entry) {
			pieces.push({ name: inside, refusal: entry.refusal });
			continue;
		}
		const text = decodeText(entry.bytes);
		// The index of a stick is for people, and for the command line. [SK2]
		if (!readStickIndex(text)) pieces.push(...(await textPieces(text, inside)));
	}
	return pieces;
}

function pieceOf(
	block: ReturnType<typeof findBlocks>[number],
	{ name, text }: { name: string; text?: string }
): Piece {
	if (isRefusal(block)) return { name, text, refusal: block };
	return { name, text, block };
}
