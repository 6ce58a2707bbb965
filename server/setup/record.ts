/**
 * What is known of a hub that is being set up: one file in its folder, written anew as a whole after each
 * step, so that a set-up that was killed goes on where it was. [SU2]
 *
 * @module
 */
import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync
} from 'node:fs';
import { join } from 'node:path';
import type { SkippableStep } from '#lib/domain/hub/setup.ts';
import type { PrivateJwk } from '#lib/signing/keys.ts';
import { Fault } from '#server/fault.ts';
import { writeSecret } from '#server/keys/folder.ts';
import type { RootGrant } from '#server/keys/granted.ts';
import type { SaidReach } from '#server/reach/said-reach.ts';

/** `DIR/setup.json`. Neither the code nor a password nor the browser's token is in it, only hashes. */
export type SetupRecord = {
	v: 1;
	/** SHA-256 of the token of the browser that used the code. */
	browser?: string;
	admin?: { email: string; name: string; passwordHash: string };
	reach?: SaidReach;
	/** Until a root has vouched for it: then it lies with the keys. */
	hubKey?: PrivateJwk;
	grant?: RootGrant;
	skipped: SkippableStep[];
	/** The last test mail. */
	mail?: string;
};

/** By any of these a folder is a hub's, or was to become one. */
const OF_A_HUB = ['secrets.json', 'roots.json', 'trust.jwt', 'keys', 'pgdata'];

/** Whether a hub that is started on this folder is to be set up first. */
export function needsSetup(folder: string): boolean {
	if (existsSync(fileOf(folder))) return true;
	return !OF_A_HUB.some((name) => existsSync(join(folder, name)));
}

export function readRecord(folder: string): SetupRecord {
	const file = fileOf(folder);
	if (!existsSync(file)) return { v: 1, skipped: [] };
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as SetupRecord;
	} catch (cause) {
		throw new Fault(
			'FOLDER_NOT_READY',
			`The file ${file} is damaged: this hub was being set up.`,
			'Remove it to begin again.',
			{ cause }
		);
	}
}

/** Whole or not at all, and there after a loss of power. */
export function writeRecord(folder: string, record: SetupRecord): void {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const file = fileOf(folder);
	const unfinished = `${file}.new`;
	rmSync(unfinished, { force: true });
	writeSecret(unfinished, JSON.stringify(record, undefined, '\t') + '\n');
	renameSync(unfinished, file);
	syncFolder(folder);
}

/** The folder is an ordinary hub's from now on. */
export function removeRecord(folder: string): void {
	rmSync(fileOf(folder), { force: true });
	syncFolder(folder);
}

function fileOf(folder: string): string {
	return join(folder, 'setup.json');
}

function syncFolder(folder: string): void {
	// Windows opens no folders.
	if (process.platform === 'win32') return;
	const descriptor = openSync(folder, 'r');
	fsyncSync(descriptor);
	closeSync(descriptor);
}
