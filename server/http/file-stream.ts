/**
 * A part of an open file as a stream that holds one piece of it in memory, whoever reads it and however
 * slowly.
 *
 * @module
 */
import type { FileHandle } from 'node:fs/promises';
import type { ByteRange } from './byte-range.ts';

const PIECE = 64 * 1024;

/** Whoever takes no byte for so long is gone. */
const SILENT_MS = 120_000;

/** @param onEnd - Called once, when all was read, the reader went away or fell silent. */
export function streamFile(
	file: FileHandle,
	{ start, end }: ByteRange,
	onEnd: () => void
): ReadableStream<Uint8Array<ArrayBuffer>> {
	let at = start;
	let timer: NodeJS.Timeout | undefined;
	let isOver = false;
	const finish = async () => {
		if (isOver) return;
		isOver = true;
		clearTimeout(timer);
		onEnd();
		await file.close();
	};
	return new ReadableStream(
		{
			async pull(controller) {
				clearTimeout(timer);
				try {
					const piece = new Uint8Array(Math.min(PIECE, end + 1 - at));
					const { bytesRead } = await file.read(piece, 0, piece.length, at);
					if (bytesRead === 0) throw new Error('the file became shorter while it was read');
					at += bytesRead;
					controller.enqueue(piece.subarray(0, bytesRead));
				} catch (error) {
					await finish();
					controller.error(error);
					return;
				}
				if (at > end) {
					await finish();
					controller.close();
					return;
				}
				timer = setTimeout(() => {
					void finish();
					controller.error(new Error('the reader fell silent'));
				}, SILENT_MS);
				timer.unref();
			},
			cancel: finish
		},
		// Nothing is read ahead of whoever reads.
		{ highWaterMark: 0 }
	);
}
