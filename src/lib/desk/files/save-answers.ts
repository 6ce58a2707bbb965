/**
 * Saving answers: all at once, under names that match their requests, never two under one name. [FI4]
 *
 * @module
 */
import { writeZip } from '#lib/formats/zip.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { listAnswers } from './newest-answers.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';

export type ArchivedFile = { name: string; text: string };

/** Names for files that go into one folder: a name that is taken by another text gets a number. */
export function uniqueNames(rows: readonly Pick<FileRow, 'fileName' | 'text'>[]): ArchivedFile[] {
	const taken = new Map<string, string>();
	return rows.flatMap(({ fileName, text }) => {
		const name = freeName(fileName, (candidate) => {
			// File systems of sticks do not tell upper from lower case.
			const holder = taken.get(candidate.toLowerCase());
			return holder === undefined || holder === text;
		});
		if (taken.get(name.toLowerCase()) === text) return [];
		taken.set(name.toLowerCase(), text);
		return [{ name, text }];
	});
}

/**
 * One archive with all of them, and marks them as saved.
 *
 * @param jtis - Of the answers; without them, all that this desk holds.
 */
export async function saveAnswers(
	jtis?: readonly string[]
): Promise<{ blob: Blob; fileName: string; count: number }> {
	const all = await listAnswers();
	const rows = jtis ? all.filter(({ jti }) => jtis.includes(jti)) : all;
	const encoder = new TextEncoder();
	const entries = uniqueNames(rows).map(({ name, text }) => ({
		name,
		bytes: encoder.encode(text)
	}));
	const blob = new Blob([writeZip(entries)], { type: 'application/zip' });
	await markAll(rows.map(({ jti }) => jti));
	return { blob, fileName: 'answers.zip', count: entries.length };
}

/** Whether this browser can write into a folder that a person picks. */
export function canSaveToFolder(): boolean {
	return 'showDirectoryPicker' in globalThis;
}

/**
 * Writes all of them into a folder. A file that lies there already with the same text is left, one
 * with another text is never replaced.
 *
 * @returns How many files are there now.
 */
export async function saveToFolder(
	folder: FileSystemDirectoryHandle,
	rows: readonly FileRow[]
): Promise<number> {
	const named = uniqueNames(rows);
	for (const { name, text } of named) {
		for (let number = 1; ; number++) {
			const candidate = number === 1 ? name : numbered(name, number);
			const there = await readExisting(folder, candidate);
			if (there === text) break;
			if (there !== undefined) continue;
			const handle = await folder.getFileHandle(candidate, { create: true });
			const stream = await handle.createWritable();
			await stream.write(text);
			await stream.close();
			break;
		}
	}
	await markAll(rows.map(({ jti }) => jti));
	return named.length;
}

/**
 * Remembers that an answer has left this desk: saved, shared, or shown as QR codes.
 *
 * @param jti - Of the answer, or of the request that it answers.
 */
export async function markSaved(jti: string): Promise<void> {
	const rows = await strict.files.where('request').equals(jti).primaryKeys();
	await markAll([jti, ...rows]);
}

async function markAll(jtis: string[]): Promise<void> {
	await strict.files.where('jti').anyOf(jtis).modify({ savedAt: deskNow() });
}

function freeName(name: string, isFree: (candidate: string) => boolean): string {
	for (let number = 1; ; number++) {
		const candidate = number === 1 ? name : numbered(name, number);
		if (isFree(candidate)) return candidate;
	}
}

function numbered(name: string, number: number): string {
	const dot = name.lastIndexOf('.');
	return dot < 0 ? `${name}-${number}` : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
}

async function readExisting(
	folder: FileSystemDirectoryHandle,
	name: string
): Promise<string | undefined> {
	try {
		return await (await (await folder.getFileHandle(name)).getFile()).text();
	} catch (error) {
		if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
		throw error;
	}
}
