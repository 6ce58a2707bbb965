/**
 * Saving answers: all at once, under names that match their requests, never two under one name. [FI4]
 *
 * @module
 */
import { utcDay } from '#lib/domain/calendar.ts';
import { writeZip } from '#lib/formats/zip.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';
import { readLicenseNames } from '#lib/desk/mirror/license-names.ts';
import { packAnswers, type Carrying } from './answer-archive.ts';
import { listAnswers } from './newest-answers.ts';
import { numbered, uniqueNames, type ArchivedFile } from '#lib/formats/unique-names.ts';

/** What a person saves in one step. */
export type SavedFiles = { blob: Blob; fileName: string; count: number };

/**
 * One archive with all of them, and marks them as saved; a single answer is its own file.
 *
 * @param jtis - Of the answers; without them, all that this desk holds.
 */
export async function saveAnswers(jtis?: readonly string[]): Promise<SavedFiles> {
	const all = await listAnswers();
	const wanted = jtis && new Set(jtis);
	const rows = wanted ? all.filter(({ jti }) => wanted.has(jti)) : all;
	const saved = await pack(rows, 'answers');
	await markAll(rows.map(({ jti }) => jti));
	return saved;
}

/** The same of requests and returns that somebody else is to submit. */
export async function saveRequests(jtis: readonly string[]): Promise<SavedFiles> {
	const rows = (await strict.requests.bulkGet([...jtis])).flatMap((row) => row ?? []);
	const saved = await pack(rows, 'requests');
	await markRequestsSaved(jtis);
	return saved;
}

async function pack(
	rows: readonly Pick<FileRow, 'fileName' | 'text' | 'number' | 'summary'>[],
	carrying: Carrying
): Promise<SavedFiles> {
	const names = await readLicenseNames(rows.flatMap(({ number }) => number ?? []));
	const { fileName, files } = packAnswers(
		rows.map((row) => ({
			...row,
			customer: names.get(row.number ?? '')?.customer ?? row.summary.organization
		})),
		utcDay(deskNow()),
		carrying
	);
	return { blob: blobOf(fileName, files), fileName, count: files.length };
}

function blobOf(fileName: string, files: readonly ArchivedFile[]): Blob {
	const [only] = files;
	if (only && only.name === fileName)
		return new Blob([only.text], { type: 'application/octet-stream' });
	const encoder = new TextEncoder();
	const entries = files.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }));
	return new Blob([writeZip(entries)], { type: 'application/zip' });
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

/** Remembers that a request or return has left this desk to be carried on. [DK7] */
export async function markRequestsSaved(jtis: readonly string[]): Promise<void> {
	await strict.requests.where('jti').anyOf(jtis).modify({ savedAt: deskNow() });
}

async function markAll(jtis: string[]): Promise<void> {
	await strict.files.where('jti').anyOf(jtis).modify({ savedAt: deskNow() });
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
