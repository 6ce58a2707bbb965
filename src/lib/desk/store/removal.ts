/**
 * Removing everything that a person holds on this device. [PE5]
 *
 * @module
 */
import { relaxed, strict } from './database.ts';

/** Removes the database of this page's person: at once, whatever another tab still has open. */
export async function removeDesk(): Promise<void> {
	const { name, tables } = strict;
	await strict.transaction('rw', tables, async () =>
		Promise.all(tables.map((table) => table.clear()))
	);
	strict.close();
	relaxed.close();
	await new Promise<void>((resolve) => {
		const request = indexedDB.deleteDatabase(name);
		// Blocked: it is empty already, and goes when the other tab does.
		for (const end of ['success', 'error', 'blocked'])
			request.addEventListener(end, () => resolve());
	});
}
