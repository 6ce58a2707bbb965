/**
 * What somebody brings to a site server: the bytes of files, or a text. What they are is judged there.
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { encodeBase64url } from '#lib/formats/base64url.ts';
import { QrReader } from '#lib/formats/qr.ts';

export type BroughtBytes = { name: string; data: string };

export async function readBytesOf(files: readonly File[]): Promise<BroughtBytes[]> {
	return Promise.all(
		files.map(async (file) => ({
			name: file.webkitRelativePath || file.name,
			data: encodeBase64url(new Uint8Array(await file.arrayBuffer()))
		}))
	);
}

export function textBrought(name: string, text: string): BroughtBytes {
	return { name, data: encodeBase64url(new TextEncoder().encode(text)) };
}

/** Codes as they are, put together by the server: a page without encryption has no Web Crypto. */
export class CodeScan {
	readonly #reader = new QrReader();
	readonly #codes: string[] = [];

	get progress(): { seen: number; of: number } {
		return this.#reader.progress;
	}

	/** @returns `true` when something is whole now, `false` while frames are missing, or what is wrong. */
	add(text: string): boolean | Refusal {
		if (!text.startsWith('KF1:')) {
			this.#codes.push(text);
			return true;
		}
		const token = this.#reader.add(text);
		if (isRefusal(token)) return token;
		this.#codes.push(text);
		return token !== undefined;
	}

	files(): Promise<string[]> {
		return Promise.resolve([this.#codes.join('\n')]);
	}
}
