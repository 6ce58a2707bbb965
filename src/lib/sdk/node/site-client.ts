/**
 * Who a client is to a site server: an installation by a key made once, or a name given to what comes
 * and goes. [LE3]
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CountedClient } from './client/claim.ts';
import { SECRET_FILE_MODE, writeOnce } from './durable-file.ts';
import { clientIdOf, makeDhKey, openDhKey, type DhKey } from './lease-keys.ts';
import { readStateJson, type StateFolders } from './state-folder.ts';

const CLIENT_KEY = 'client-key.json';

/** As long as a name may be in a lease; a longer one is told apart by its hash. */
const NAME_LENGTH = 100;

/**
 * @param name - `KEYFERRY_CLIENT`: two copies under one name throw each other out.
 * @returns Of a name a key of this process alone; else the installation's, made at first use. Where
 * nothing can be written it is this process's alone as well, and a seat of its own.
 */
export function openSiteClient(folders: StateFolders, name?: string): CountedClient {
	if (name) {
		const made = makeDhKey();
		return { id: `name:${nameOf(name)}`, dh: made.x, key: openDhKey(made) };
	}
	const made = readClientKey(folders) ?? makeClientKey(folders);
	return { id: clientIdOf(made.x), dh: made.x, key: openDhKey(made) };
}

function nameOf(name: string): string {
	const line = name.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
	if (line.length <= NAME_LENGTH) return line;
	const hash = createHash('sha256').update(name).digest('base64url');
	return `${line.slice(0, NAME_LENGTH - hash.length - 1)} ${hash}`;
}

function readClientKey({ read }: StateFolders): DhKey | undefined {
	// A user's own before the machine's: two people at one machine are two clients.
	const found = read.toReversed().map((folder) => readStateJson<DhKey>(folder, CLIENT_KEY));
	return found.find((key) => key !== undefined);
}

function makeClientKey(folders: StateFolders): DhKey {
	const made = makeDhKey();
	const folder = folders.read.at(-1) ?? folders.write;
	try {
		writeOnce(join(folder, CLIENT_KEY), `${JSON.stringify(made)}\n`, SECRET_FILE_MODE);
	} catch (fault) {
		const { code = '' } = fault as NodeJS.ErrnoException;
		if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(code)) throw fault;
		return made;
	}
	// What lies there counts: another process may have been first.
	return readClientKey(folders) ?? made;
}
