/**
 * What somebody wants to attach: numbers and purchase IDs that were typed, pasted, or stand in the files
 * of license keys. [AT1]
 *
 * @module
 */
import { readPieces, textPieces, type Piece } from '#lib/desk/import/pieces.ts';
import { identifyFile } from '#lib/desk/licenses/identify-file.ts';
import { thingsInLines } from './typed-lines.ts';

/** Each once, in the order in which they stand there. */
export async function thingsInText(text: string): Promise<string[]> {
	const numbers = await numbersIn(await textPieces(text, ''));
	const found = numbers.length > 0 ? numbers : thingsInLines(text);
	return [...new Set(found)];
}

/** @returns What each file names; nothing where there is no license in it. */
export async function numbersInFiles(
	files: readonly File[]
): Promise<{ name: string; numbers: string[] }[]> {
	const found = [];
	for (const file of files) {
		const numbers = await numbersIn(await readPieces([file]));
		found.push({ name: file.name, numbers: [...new Set(numbers)] });
	}
	return found;
}

async function numbersIn(pieces: readonly Piece[]): Promise<string[]> {
	const numbers: string[] = [];
	for (const { block } of pieces) {
		const file = block && (await identifyFile(block.tokens.join('~')));
		if (file?.number !== undefined) numbers.push(file.number);
	}
	return numbers;
}
