/**
 * Lines in files of a folder: the newest is written to, and what is too much or too old goes. [LG1]
 *
 * Lines wait in memory until the disk has taken those before them, so that a slow disk delays no client; a
 * full one costs lines, which are counted, and never the process.
 *
 * @module
 */
import { appendFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type KeptSize = { /** Of all files together. */ bytes: number; days: number };

const CURRENT = 'connections.jsonl';
const ROTATED = /^connections-(\d{8}T\d{9}Z)-(\d{4})\.jsonl$/;
const WAITING_LIMIT = 4 * 1024 * 1024;
/** What is kept is kept in so many files: with each new one the oldest goes. */
const PARTS = 8;
const DAY = 86_400_000;

export class RotatingFile {
	readonly folder: string;
	readonly #kept: () => KeptSize;
	readonly #now: () => number;
	#waiting: string[] = [];
	#waitingLength = 0;
	#lost = 0;
	#size: number | undefined;
	#since = 0;
	#writing: Promise<void> | undefined;

	/** @param now - Milliseconds since 1970. */
	constructor(folder: string, { kept, now }: { kept: () => KeptSize; now: () => number }) {
		this.folder = folder;
		this.#kept = kept;
		this.#now = now;
	}

	/** @param line - Without its line break. */
	append(line: string): void {
		if (this.#waitingLength > WAITING_LIMIT) {
			this.#lost += 1;
			return;
		}
		this.#waiting.push(line);
		this.#waitingLength += line.length;
		this.#writing ??= this.#writeAll();
	}

	/** Lines that found no room, since the start. */
	get lost(): number {
		return this.#lost;
	}

	/** Once everything that was appended is in its file. */
	async settled(): Promise<void> {
		while (this.#writing) await this.#writing;
	}

	/** From the oldest to the newest. */
	async files(): Promise<{ name: string; bytes: number; at: number }[]> {
		const names: string[] = await readdir(this.folder).catch(() => []);
		const mine = names.filter((name) => ROTATED.test(name)).sort();
		if (names.includes(CURRENT)) mine.push(CURRENT);
		const found = await Promise.all(
			mine.map(async (name) => {
				const at = await stat(join(this.folder, name)).catch(() => undefined);
				return at && { name, bytes: at.size, at: at.mtimeMs };
			})
		);
		return found.filter((file) => file !== undefined);
	}

	/** Takes away what is too old, also where nothing is written. */
	async sweep(): Promise<void> {
		await this.settled();
		this.#writing = this.#keep(0).finally(() => (this.#writing = undefined));
		await this.#writing;
	}

	async #writeAll(): Promise<void> {
		// What comes in one turn is written together.
		await Promise.resolve();
		while (this.#waiting.length > 0) {
			const lines = this.#waiting;
			this.#waiting = [];
			this.#waitingLength = 0;
			try {
				await this.#write(lines);
			} catch {
				this.#lost += lines.length;
				this.#size = undefined;
			}
		}
		this.#writing = undefined;
	}

	async #write(lines: string[]): Promise<void> {
		const part = this.#kept().bytes / PARTS;
		if (this.#size === undefined) await this.#open();
		for (let from = 0; from < lines.length;) {
			const full = this.#size! + Buffer.byteLength(lines[from]!) + 1 > part;
			if (this.#size! > 0 && (full || this.#now() - this.#since > DAY)) await this.#rotate();
			let text = '';
			let bytes = 0;
			while (from < lines.length) {
				const more = Buffer.byteLength(lines[from]!) + 1;
				if (text !== '' && this.#size! + bytes + more > part) break;
				text += `${lines[from++]}\n`;
				bytes += more;
			}
			await appendFile(join(this.folder, CURRENT), text, { mode: 0o600 });
			this.#size! += bytes;
		}
	}

	async #open(): Promise<void> {
		await mkdir(this.folder, { recursive: true, mode: 0o700 });
		const current = await stat(join(this.folder, CURRENT)).catch(() => undefined);
		this.#size = current?.size ?? 0;
		this.#since = current ? Math.min(current.birthtimeMs, this.#now()) : this.#now();
	}

	async #rotate(): Promise<void> {
		if (this.#size! > 0) {
			const name = nameAfter((await this.files()).at(-2)?.name, this.#now());
			await rename(join(this.folder, CURRENT), join(this.folder, name));
		}
		this.#size = 0;
		this.#since = this.#now();
		await this.#keep(this.#kept().bytes / PARTS);
	}

	/** @param coming - Bytes that are still to be written. */
	async #keep(coming: number): Promise<void> {
		const { bytes, days } = this.#kept();
		const files = await this.files();
		let total = files.reduce((sum, file) => sum + file.bytes, coming);
		for (const file of files) {
			if (file.name === CURRENT) continue;
			if (total <= bytes && this.#now() - file.at <= days * DAY) continue;
			await rm(join(this.folder, file.name), { force: true });
			total -= file.bytes;
		}
	}
}

/** Names stand in the order in which they were given, whatever becomes of the clock. */
function nameAfter(last: string | undefined, now: number): string {
	const stamp = new Date(now).toISOString().replaceAll(/[-:.]/g, '');
	const [, before = '', count = '0'] = ROTATED.exec(last ?? '') ?? [];
	return before < stamp
		? `connections-${stamp}-0000.jsonl`
		: `connections-${before}-${String(Number(count) + 1).padStart(4, '0')}.jsonl`;
}
