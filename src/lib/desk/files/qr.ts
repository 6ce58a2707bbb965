/**
 * Files as QR codes: one code a token, larger tokens in frames. [FI6]
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { fileTokens, readFile } from '#lib/formats/file.ts';
import { encodeQr } from '#lib/formats/qr.ts';

/** Every code of a file, in order; a reader takes them in any order. */
export function qrCodes(text: string): string[] {
	const file = readFile(text);
	return isRefusal(file) ? [] : fileTokens(file).flatMap((token) => encodeQr(token));
}
