/**
 * `keyferry init`: a new hub's folder.
 *
 * @module
 */
import { lockFolder } from '#server/db/folder-lock.ts';
import { makeHub, type NewHub } from '#server/keys/make-hub.ts';

export type InitOptions = NewHub & { tls?: { hosts: string[] } };

/** Makes the keys of a new hub. @throws Fault `FILE_EXISTS`, `FOLDER_IN_USE`. */
export async function init({
	tls,
	...hub
}: InitOptions): Promise<{ rootKid: string; authority?: string }> {
	const lock = lockFolder(hub.folder, 'keyferry init');
	try {
		const { rootKid } = await makeHub(hub);
		if (!tls) return { rootKid };
		// A running hub needs none of it.
		const { makeLocalAuthority } = await import('#server/keys/local-authority.ts');
		return { rootKid, authority: await makeLocalAuthority(hub.folder, tls.hosts) };
	} finally {
		lock.release();
	}
}
