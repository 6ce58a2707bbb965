/**
 * Where things come from: files, folders, archives, pasted text, codes seen by a camera. All end as
 * named pieces of text, one for each file that may be inside.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { type ArmourBlock, findBlocks } from '#lib/formats/armour.ts';
import { isPushFile, PUSH_FILE_LIMIT } from '#lib/formats/push.ts';
import { isZip, readZip } from '#lib/formats/zip.ts';

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
	const taken = files.slice(0, FILES_LIMIT);
	for (const [at, file] of taken.entries()) {
		pieces.push(...(await readPiece(file)));
		onProgress?.(at + 1, taken.length);
	}
	// Each file beyond the limit is named, so that the counts still add up.
	for (const { name } of files.slice(FILES_LIMIT))
		pieces.push({ name, refusal: refuse('TOO_MANY_FILES', { limit: FILES_LIMIT }) });
	return pieces;
}

/** @param name - What the table calls it: for example `Pasted text`, `Scan 3`. */
export function textPieces(text: string, name: string): Piece[] {
	if (isPushFile(text)) return [{ name, text, isPush: true }];
	const blocks = findBlocks(text);
	const [first] = blocks;
	if (first === undefined) return [{ name, text, refusal: nothingFound() }];
	if (blocks.length === 1) return [pieceOf(first, { name, text })];
	return blocks.map((block, at) => pieceOf(block, { name: `${name} (${at + 1})` }));
}

async function readPiece(file: File): Promise<Piece[]> {
	const name = file.webkitRelativePath || file.name;
	try {
		const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
		if (isZip(head)) return readArchive(name, new Uint8Array(await file.arrayBuffer()));
		const limit = isPushFile(await file.slice(0, 4096).text()) ? PUSH_FILE_LIMIT : TEXT_LIMIT;
		if (file.size > limit)
			return [{ name, refusal: refuse('FILE_TOO_LARGE', { bytes: file.size, limit }) }];
		return textPieces(await file.text(), name);
	} catch {
		// The stick was pulled out, or the browser may not read this one.
		return [{ name, refusal: refuse('FILE_MALFORMED', { reason: 'unreadable' }) }];
	}
}

function readArchive(name: string, bytes: Uint8Array): Piece[] {
	// Unsent work comes in archives too, where it fills several files.
	const entries = readZip(bytes, PUSH_FILE_LIMIT);
	if (isRefusal(entries)) return [{ name, refusal: entries }];
	return entries.flatMap((entry): Piece[] => {
		const inside = `${name} › ${entry.name}`;
		if ('refusal' in entry) return [{ name: inside, refusal: entry.refusal }];
		return textPieces(new TextDecoder().decode(entry.bytes), inside);
	});
}

function pieceOf(
	block: ReturnType<typeof findBlocks>[number],
	{ name, text }: { name: string; text?: string }
): Piece {
	if (isRefusal(block)) return { name, text, refusal: block };
	return { name, text, block };
}

function nothingFound(): Refusal {
	return refuse('FILE_MALFORMED', { reason: 'nothing-found' });
}
