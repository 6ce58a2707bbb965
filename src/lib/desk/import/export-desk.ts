/**
 * Exporting the whole desk, as one file.
 *
 * @module
 */
import { clearState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { changeSettings } from '#lib/desk/store/settings.ts';
import { orStorageFull } from '#lib/desk/store/storage.ts';
import { travels, writeDeskExport } from './desk-export.ts';

/** Everything that this desk holds, as one file. */
export async function exportDesk(): Promise<{ blob: Blob; fileName: string }> {
	const exportedAt = deskNow();
	// What changes from here on is not in this file. On a full disk nothing can be noted; it is written all the same.
	await orStorageFull(() => clearState('changedAt'));
	const [requests, files, keys, machineKeys, waiting] = await strict.transaction(
		'r',
		[strict.requests, strict.files, strict.keys, strict.machineKeys, strict.outbox],
		async () =>
			Promise.all([
				strict.requests.toArray(),
				strict.files.toArray(),
				strict.keys.toArray(),
				strict.machineKeys.toArray(),
				strict.outbox.where('state').equals('waiting').sortBy('n')
			])
	);
	const text = writeDeskExport({
		exportedAt,
		requests,
		files,
		keys,
		machineKeys: machineKeys.filter(({ privateKey }) => !(privateKey instanceof CryptoKey)),
		waiting: waiting.filter(({ type }) => travels(type))
	});
	await orStorageFull(() => changeSettings({ exportedAt }));
	const day = new Date(exportedAt * 1000).toISOString().slice(0, 16).replace(/[:T]/g, '-');
	const blob = new Blob([text], { type: 'application/json' });
	return { blob, fileName: `keyferry-desk-${day}.json` };
}
