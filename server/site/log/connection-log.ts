/**
 * Connections, of clients and with the hub: off, errors, or all. Lines of JSON in a folder whose path is
 * shown, read from the newest on. [LG1]
 *
 * @module
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { lineOf, readLine, type LogEntry, type LogLevel, type KeptEntry } from './entry.ts';
import { pseudonymKey } from './pseudonym.ts';
import { RotatingFile, type KeptSize } from './rotating-file.ts';

export type LogSettings = KeptSize & { level: LogLevel; /** Names as they are. */ names: boolean };

/** Nothing where it is absent. */
export type LogQuestion = {
	with?: 'client' | 'hub';
	level?: 'error';
	/** Found anywhere in a line, in whatever case. */
	search?: string;
	limit: number;
	/** `mark` of the last answer: where nothing was written since, there are no entries to read. */
	mark?: string;
};

export type LogPage = {
	/** The newest first; absent where the mark is still true. */
	entries?: KeptEntry[];
	mark: string;
	/** There are older ones. */
	more: boolean;
};

export type ConnectionLog = ReturnType<typeof openConnectionLog>;

const STEP = 256 * 1024;
const SWEEP_EVERY = 3_600_000;

/**
 * @param folder - `DIR/log`.
 * @param keyPath - File of the key for pseudonyms.
 * @param settings - Asked each time, so that a switch holds at once.
 */
export function openConnectionLog({
	folder,
	keyPath,
	settings,
	now = Date.now
}: {
	folder: string;
	keyPath: string;
	settings: () => LogSettings;
	now?: () => number;
}) {
	const key = pseudonymKey(keyPath);
	const file = new RotatingFile(folder, { kept: settings, now });
	const sweeping = setInterval(() => void file.sweep().catch(() => undefined), SWEEP_EVERY);
	sweeping.unref();

	async function* newestFirst(): AsyncGenerator<string> {
		for (const { name } of (await file.files()).reverse()) yield* backwards(join(folder, name));
	}

	return {
		folder,
		write(entry: LogEntry): void {
			const { level, names } = settings();
			if (level === 'off' || (level === 'errors' && entry.level !== 'error')) return;
			file.append(lineOf(entry, { at: now(), ...(!names && { key }) }));
		},

		async read({ limit, mark, search, ...wanted }: LogQuestion): Promise<LogPage> {
			await file.settled();
			const newest = (await file.files()).map(({ name, bytes }) => `${name} ${bytes}`).join();
			if (newest === mark) return { mark, more: false };
			const text = search?.toLowerCase();
			const entries: KeptEntry[] = [];
			for await (const line of newestFirst()) {
				if (text && !line.toLowerCase().includes(text)) continue;
				const entry = readLine(line);
				if (!entry || (wanted.with && entry.with !== wanted.with)) continue;
				if (wanted.level && entry.level !== wanted.level) continue;
				if (entries.length === limit) return { entries, mark: newest, more: true };
				entries.push(entry);
			}
			return { entries, mark: newest, more: false };
		},

		/** From the oldest to the newest. */
		async files(): Promise<{ name: string; bytes: number }[]> {
			await file.settled();
			return (await file.files()).map(({ name, bytes }) => ({ name, bytes }));
		},

		/**
		 * Some of a file, for whoever downloads it piece by piece.
		 *
		 * @returns `undefined` where there is no such file of the log, or no longer.
		 */
		async piece(name: string, from: number): Promise<{ text: string; next?: number } | undefined> {
			const known = (await file.files()).find((each) => each.name === name);
			if (!known) return undefined;
			const handle = await open(join(folder, name)).catch(() => undefined);
			if (!handle) return undefined;
			try {
				const { buffer, bytesRead } = await handle.read(Buffer.alloc(STEP), 0, STEP, from);
				const whole = buffer.subarray(0, bytesRead);
				// Lines are handed out whole: no letter is cut in two.
				const end = bytesRead < STEP ? bytesRead : whole.lastIndexOf(10) + 1 || bytesRead;
				const text = whole.subarray(0, end).toString();
				return bytesRead < STEP ? { text } : { text, next: from + end };
			} finally {
				await handle.close();
			}
		},

		/** Lines that found no room on the disk, since the start. */
		lost: () => file.lost,
		settled: () => file.settled(),
		async close(): Promise<void> {
			clearInterval(sweeping);
			await file.settled();
		}
	};
}

/** Lines of a file from its end on. One that was rotated away meanwhile has none. */
async function* backwards(path: string): AsyncGenerator<string> {
	const handle = await open(path).catch(() => undefined);
	if (!handle) return;
	try {
		let at = (await handle.stat()).size;
		let rest = Buffer.alloc(0);
		while (at > 0) {
			const length = Math.min(STEP, at);
			at -= length;
			const { buffer } = await handle.read(Buffer.alloc(length), 0, length, at);
			const text = Buffer.concat([buffer, rest]);
			const begin = at === 0 ? 0 : text.indexOf(10) + 1;
			if (at > 0 && begin === 0) {
				rest = text;
				continue;
			}
			rest = text.subarray(0, begin);
			for (const line of text.subarray(begin).toString().split('\n').reverse())
				if (line !== '') yield line;
		}
	} finally {
		await handle.close();
	}
}
