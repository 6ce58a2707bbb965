/**
 * Whether everything here is in a file as well: in the one-file desk, the file is the truth.
 *
 * @module
 */
import { readState } from '#lib/desk/store/state.ts';

/** When everything was last exported, and whether something changed since. */
export async function readExportState(): Promise<{ exportedAt?: number; changed: boolean }> {
	const [settings, changedAt] = await Promise.all([readState('settings'), readState('changedAt')]);
	const changed = changedAt !== undefined;
	const exportedAt = settings?.exportedAt;
	return exportedAt === undefined ? { changed } : { exportedAt, changed };
}
