/**
 * The connection log as one file, piece by piece from the oldest on. [LG1]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { askSite } from './asking.ts';

/** @param onProgress - Bytes that have come. */
export async function downloadLog(onProgress: (bytes: number) => void): Promise<Blob | Refusal> {
	const log = await askSite((site) => site.log.read.query({ limit: 1 }));
	if (isRefusal(log)) return log;
	const parts: Blob[] = [];
	let done = 0;
	for (const { name } of log.files) {
		for (let from: number | undefined = 0; from !== undefined;) {
			const at: { name: string; from: number } = { name, from };
			const piece = await askSite((site) => site.log.piece.query(at));
			if (isRefusal(piece)) {
				// Rotated away meanwhile: what is newer comes all the same.
				if (piece.refused === 'NOT_FOUND') break;
				return piece;
			}
			const part = new Blob([piece.text]);
			parts.push(part);
			done += part.size;
			onProgress(done);
			from = piece.next;
		}
	}
	return new Blob(parts, { type: 'application/octet-stream' });
}
