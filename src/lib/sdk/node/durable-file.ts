/**
 * Files that are whole or not there, whatever happens in between.
 *
 * @module
 */
import {
	chmodSync,
	closeSync,
	existsSync,
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
	renamePatiently(writeDraft(path, text, mode), path);
	syncFolder(dirname(path));
}

/** The same for what must never be replaced: of two at once the first one stays. */
export function writeOnce(path: string, text: string, mode: number): void {
	const draft = writeDraft(path, text, mode);
	try {
		linkSync(draft, path);
	} catch (fault) {
		const { code = '' } = fault as NodeJS.ErrnoException;
		if (UNSUPPORTED.includes(code)) createOnce(path, text, mode);
		else if (code !== 'EEXIST') throw fault;
	} finally {
		rmSync(draft);
	}
	syncFolder(dirname(path));
}

/** What file systems without hard links say: FAT, exFAT, FUSE, shares. */
const UNSUPPORTED = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'];

/** Without links the place itself is the lock; what could not be written whole is taken away. */
function createOnce(path: string, text: string, mode: number): void {
	try {
		writeNew(path, text, mode);
	} catch (fault) {
		if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return;
		rmSync(path, { force: true });
		throw fault;
	}
}

const HELD = ['EPERM', 'EBUSY', 'EACCES'];
const PATIENCE_MS = 2_000;
const PAUSE_MS = 100;

/** A scanner of viruses or an indexer may hold a file for a moment. */
function renamePatiently(from: string, to: string): void {
	for (let waited = 0; ; waited += PAUSE_MS)
		try {
			renameSync(from, to);
			return;
		} catch (fault) {
			const { code = '' } = fault as NodeJS.ErrnoException;
			if (HELD.includes(code) && waited < PATIENCE_MS) pause(PAUSE_MS);
			else {
				rmSync(from, { force: true });
				throw fault;
			}
		}
}

function pause(milliseconds: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function writeDraft(path: string, text: string, mode: number): string {
	makeFolder(dirname(path));
	const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
	rmSync(draft, { force: true });
	writeNew(draft, text, mode);
	return draft;
}

function writeNew(path: string, text: string, mode: number): void {
	const file = openSync(path, 'wx', mode);
	try {
		writeSync(file, text);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	// The mode of a new file passes through the umask of whoever runs this.
	setMode(path, mode);
}

/** Everybody may look inside: a service keeps the state, its admin reads it. [MA3] */
function makeFolder(folder: string): void {
	if (existsSync(folder)) return;
	// One by one: asked for all at once below /proc, Node tries for ever.
	if (dirname(folder) !== folder) makeFolder(dirname(folder));
	try {
		mkdirSync(folder, FOLDER_MODE);
	} catch (fault) {
		if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return;
		throw fault;
	}
	setMode(folder, FOLDER_MODE);
}

/** Where the file system keeps no modes, its own rules stand. */
function setMode(path: string, mode: number): void {
	try {
		chmodSync(path, mode);
	} catch (fault) {
		if (!UNSUPPORTED.includes((fault as NodeJS.ErrnoException).code ?? '')) throw fault;
	}
}

function syncFolder(folder: string): void {
	// Windows opens no folders; its renames are journalled.
	if (process.platform === 'win32') return;
	const handle = openSync(folder, 'r');
	try {
		fsyncSync(handle);
	} catch (fault) {
		if (!UNSUPPORTED.includes((fault as NodeJS.ErrnoException).code ?? '')) throw fault;
	} finally {
		closeSync(handle);
	}
}
