/**
 * Files that are whole or not there, whatever happens in between.
 *
 * @module
 */
import {
	chmodSync,
	closeSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
	writeSync
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const PUBLIC_FILE_MODE = 0o644;
export const SECRET_FILE_MODE = 0o600;
const FOLDER_MODE = 0o755;

/** Writes beside the place, syncs, renames, and syncs the folder. */
export function writeDurably(path: string, text: string, mode: number = PUBLIC_FILE_MODE): void {
	renameSync(writeDraft(path, text, mode), path);
	syncFolder(dirname(path));
}

/** The same for what must never be replaced: of two at once the first one stays. */
export function writeOnce(path: string, text: string, mode: number): void {
	const draft = writeDraft(path, text, mode);
	try {
		linkSync(draft, path);
	} catch (fault) {
		if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
	} finally {
		rmSync(draft);
	}
	syncFolder(dirname(path));
}

function writeDraft(path: string, text: string, mode: number): string {
	makeFolder(dirname(path));
	const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
	rmSync(draft, { force: true });
	const file = openSync(draft, 'wx', mode);
	try {
		writeSync(file, text);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	// The mode of a new file passes through the umask of whoever runs this.
	chmodSync(draft, mode);
	return draft;
}

/** Everybody may look inside: a service keeps the state, its admin reads it. [MA3] */
function makeFolder(folder: string): void {
	const made = mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
	if (made !== undefined) chmodSync(folder, FOLDER_MODE);
}

function syncFolder(folder: string): void {
	// Windows opens no folders; its renames are journalled.
	if (process.platform === 'win32') return;
	const handle = openSync(folder, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
