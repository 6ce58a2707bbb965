/**
 * Where the desk's data lives, and whether the browser may clear it.
 *
 * @module
 */
import { changeSettings } from './desk.ts';

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
