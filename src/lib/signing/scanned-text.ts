/**
 * Texts into which somebody typed by a hand scanner, as files. [FI6]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { findBlocks } from '../formats/armour.ts';
import { writeFile } from '../formats/file.ts';
import { scannedCodes } from '../formats/scanned-codes.ts';
import { Scan } from './scan.ts';

/** A text with its codes spelled out as files, and what was wrong with some of them. */
export type Spelled = { text: string; refusals: Refusal[] };

/** Texts without codes are what they were. */
export async function spellOutCodes(text: string): Promise<Spelled> {
	const codes = scannedCodes(text);
	if (codes.length === 0) return { text, refusals: [] };
	const scan = new Scan();
	const refusals: Refusal[] = [];
	let isWhole = true;
	for (const code of codes) {
		const added = scan.add(code);
		if (isRefusal(added)) refusals.push(added);
		else isWhole = added;
	}
	if (!isWhole) refusals.push(refuse('QR_MALFORMED', { reason: 'frames-missing' }));
	const files = (await scan.files()).map((tokens) => writeFile(tokens.split('~'), []));
	const blocks = findBlocks(text).length > 0 ? [text] : [];
	return { text: [...blocks, ...files].join('\n'), refusals };
}
