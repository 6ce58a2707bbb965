/**
 * What Chromium's fake camera sees: a file of uncompressed video (YUV4MPEG2) that it plays in a loop
 * and opens anew each time a page starts the camera.
 *
 * @module
 */

import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import type { Picture } from './picture.ts';

const WIDTH = 960;
const HEIGHT = 720;
/** Each picture stays for this many frames, at ten a second. */
const FRAMES_EACH = 6;

export class Camera {
	readonly file: string;

	constructor(file: string) {
		this.file = file;
		this.show([]);
	}

	/** The switches that make Chromium use this camera, and allow it to pages without asking. */
	get switches(): string[] {
		return [
			'--use-fake-ui-for-media-stream',
			'--use-fake-device-for-media-stream',
			`--use-file-for-fake-video-capture=${this.file}`
		];
	}

	/** Holds pictures before the camera one after the other, over and over; none shows a white wall. */
	show(pictures: Picture[]): void {
		const partial = `${this.file}.partial`;
		const file = openSync(partial, 'w');
		writeSync(file, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`);
		const colors = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
		for (const picture of pictures.length > 0 ? pictures : [undefined]) {
			const frame = luma(picture);
			for (let count = 0; count < FRAMES_EACH; count++) {
				writeSync(file, 'FRAME\n');
				writeSync(file, frame);
				writeSync(file, colors);
			}
		}
		closeSync(file);
		renameSync(partial, this.file);
	}
}

/** The picture in the middle of the frame, as large as it fits, on white; video's black is 16. */
function luma(picture: Picture | undefined): Uint8Array {
	const frame = new Uint8Array(WIDTH * HEIGHT).fill(235);
	if (!picture) return frame;
	const scale = Math.min((WIDTH * 0.95) / picture.width, (HEIGHT * 0.95) / picture.height);
	const [width, height] = [Math.floor(picture.width * scale), Math.floor(picture.height * scale)];
	const [left, top] = [(WIDTH - width) >> 1, (HEIGHT - height) >> 1];
	for (let y = 0; y < height; y++) {
		const row = Math.min(picture.height - 1, Math.floor(y / scale)) * picture.width;
		for (let x = 0; x < width; x++) {
			const gray = picture.pixels[row + Math.min(picture.width - 1, Math.floor(x / scale))]!;
			frame[(top + y) * WIDTH + left + x] = 16 + Math.round((gray * 219) / 255);
		}
	}
	return frame;
}
