/**
 * Where the desk's data lives, and whether the browser may clear it.
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isQuotaFault } from './quota-fault.ts';
import { changeSettings } from './settings.ts';

export type StorageReport = {
	/** The browser has promised not to clear it by itself. `undefined`: it cannot say. */
	persisted?: boolean;
	usedBytes?: number;
	quotaBytes?: number;
};

export async function readStorage(): Promise<StorageReport> {
	const storage = navigator.storage as StorageManager | undefined;
	if (!storage) return {};
	const [persisted, estimate] = await Promise.all([storage.persisted(), storage.estimate()]);
	return { persisted, usedBytes: estimate.usage, quotaBytes: estimate.quota };
}

/**
 * Whether what this desk stores is safe from the browser: it promised so, now or before, or the desk
 * is installed. Call it from a click, because it may ask. [AL1]
 */
export async function isStorageKept(): Promise<boolean> {
	if (__ONE_FILE__) return false;
	const { persisted } = await readStorage();
	if (persisted === true || matchMedia('(display-mode: standalone)').matches) return true;
	return askPersistence();
}

/**
 * Does what stores something, and says so where the disk or the browser's quota is full: then nothing
 * of it was stored.
 */
export async function orStorageFull<T>(
	store: () => Promise<T>
): Promise<T | Refusal<'STORAGE_FULL'>> {
	try {
		return await store();
	} catch (error) {
		if (!isQuotaFault(error)) throw error;
		const { usedBytes = 0, quotaBytes = 0 } = await readStorage();
		return refuse('STORAGE_FULL', { usedBytes, quotaBytes });
	}
}

/**
 * Asks the browser to keep the data. Call it from a click, after the first save.
 *
 * @returns Whether it promised to.
 */
export async function askPersistence(): Promise<boolean> {
	const storage = navigator.storage as StorageManager | undefined;
	const persisted = (await storage?.persist()) ?? false;
	await changeSettings({ persisted });
	return persisted;
}
