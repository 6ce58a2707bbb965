/**
 * One process per data folder: two on one embedded database lose data silently.
 *
 * The lock is the operating system's own (SQLite takes it on an empty file: `fcntl` here,
 * `LockFileEx` on Windows), so it ends with its process, however that ends, and cannot be stolen
 * from a live one. The file beside it only says who holds it.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault, systemCode } from '#server/fault.ts';

export type Holder = { pid: number; since: string; program: string };

export type FolderLock = { release: () => void };

/** @throws Fault `FOLDER_IN_USE` naming the holder, `FOLDER_NOT_WRITABLE`. */
export function lockFolder(folder: string, program: string): FolderLock {
	const lockFile = join(folder, 'lock');
	const holderFile = join(folder, 'lock.json');
	let lock: DatabaseSync | undefined;
	try {
		mkdirSync(folder, { recursive: true });
		lock = new DatabaseSync(lockFile, { timeout: 0 });
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
		const holder: Holder = { pid: process.pid, since: new Date().toISOString(), program };
		writeFileSync(holderFile, JSON.stringify(holder) + '\n');
	} catch (cause) {
		lock?.close();
		if (isBusy(cause)) throw inUse(folder, readHolder(holderFile), cause);
		throw new Fault(
			'FOLDER_NOT_WRITABLE',
			`The folder ${folder} cannot be written (${systemCode(cause) ?? String(cause)}).`,
			'Choose another one with --data, or make it yours.',
			{ cause }
		);
	}
	const held = lock;
	return { release: () => held.close() };
}

function inUse(folder: string, holder: Holder | undefined, cause: unknown): Fault {
	const who = holder
		? `${holder.program} (process ${holder.pid}, since ${holder.since})`
		: 'another process';
	return new Fault(
		'FOLDER_IN_USE',
		`The folder ${folder} is in use by ${who}.`,
		'Stop that process, or choose another folder with --data.',
		{ cause }
	);
}

function readHolder(file: string): Holder | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Holder;
	} catch {
		// The holder may be writing it at this moment; the lock itself does not depend on it.
		return undefined;
	}
}

function isBusy(error: unknown): boolean {
	const SQLITE_BUSY = 5;
	return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
