/**
 * Where a machine keeps what it holds: one folder for the machine, one for each user who cannot
 * write there. Readers merge both. [MA3]
 *
 * @module
 */
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export type StateFolders = {
	/** New files go here. */
	write: string;
	/** All that are read, the machine's own first. */
	read: string[];
};

/** @param named - One folder instead of the machine's; else `KEYFERRY_STATE`, else the system's. */
export function findStateFolders(named?: string): StateFolders {
	const chosen = named ?? (process.env.KEYFERRY_STATE || undefined);
	const shared = chosen ?? machineWideFolder();
	if (chosen && isWritable(chosen)) return { write: chosen, read: [chosen] };
	const own = userFolder();
	if (own === undefined) return { write: shared, read: [shared] };
	return { write: isWritable(shared) ? shared : own, read: [shared, own] };
}

export function machineWideFolder(): string {
	if (process.platform === 'win32')
		return join(process.env.ProgramData ?? 'C:\\ProgramData', 'Keyferry');
	if (process.platform === 'darwin') return '/Library/Application Support/Keyferry';
	return '/var/lib/keyferry';
}

function userFolder(): string | undefined {
	const home = homeFolder();
	if (home === undefined) return undefined;
	if (process.platform === 'win32')
		return join(process.env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Keyferry');
	if (process.platform === 'darwin')
		return join(home, 'Library', 'Application Support', 'Keyferry');
	return join(process.env.XDG_STATE_HOME || join(home, '.local', 'state'), 'keyferry');
}

/** A container may run as a number that has neither an account nor a home. */
function homeFolder(): string | undefined {
	try {
		return homedir();
	} catch {
		return undefined;
	}
}

/** Looks without making anything: reading a status must leave no folders behind. */
export function isWritable(folder: string): boolean {
	let nearest = folder;
	while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
	try {
		accessSync(nearest, constants.W_OK | constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Text of a file of the state, or `undefined` where it is not there or not for this user. */
export function readStateFile(folder: string, ...path: string[]): string | undefined {
	try {
		return readFileSync(join(folder, ...path), 'utf8');
	} catch (fault) {
		if (isAbsent(fault)) return undefined;
		throw fault;
	}
}

/**
 * The type is what this SDK writes.
 *
 * @throws When a file of the state is there and is not JSON: a fault of the disk, or of a hand.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function readStateJson<T>(folder: string, ...path: string[]): T | undefined {
	const text = readStateFile(folder, ...path);
	if (text === undefined) return undefined;
	try {
		return JSON.parse(text) as T;
	} catch (cause) {
		throw new Error(`${join(folder, ...path)} is damaged: it is not JSON`, { cause });
	}
}

/** Whose a file or folder is, in words; `undefined` where there is none. */
export function ownerOf(path: string): string | undefined {
	let uid: number;
	try {
		({ uid } = statSync(path));
	} catch (fault) {
		// In a folder that nobody else may look into: its owner is whose it is.
		if ((fault as NodeJS.ErrnoException).code === 'EACCES') return ownerOf(dirname(path));
		return undefined;
	}
	if (process.platform === 'win32') return 'another account';
	const names = readStateFile('/etc', 'passwd') ?? '';
	const line = names.split('\n').find((each) => each.split(':')[2] === `${uid}`);
	return line?.split(':')[0] ?? (uid === 0 ? 'root' : `user ${uid}`);
}

export function listStateFiles(folder: string, name: string, extension: string): string[] {
	try {
		const names = readdirSync(join(folder, name)).sort();
		return names.filter((each) => each.endsWith(extension) && !each.startsWith('.'));
	} catch (fault) {
		if (isAbsent(fault)) return [];
		throw fault;
	}
}

function isAbsent(fault: unknown): boolean {
	const code = (fault as NodeJS.ErrnoException).code;
	return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES';
}
