/**
 * Settings as an admin would choose them, before the server is started.
 *
 * @module
 */
import { join } from 'node:path';
import { openSettings, type SettingValues } from '#server/site/store/settings.ts';
import { openSiteStore } from '#server/site/store/site-store.ts';

/** @param data - The folder of a site server that does not run. */
export async function chooseSettings(data: string, chosen: Partial<SettingValues>): Promise<void> {
	const store = openSiteStore(join(data, 'site.db'));
	const settings = openSettings(store);
	for (const [name, value] of Object.entries(chosen))
		await settings.write(name as keyof SettingValues, value);
	await store.close();
}
