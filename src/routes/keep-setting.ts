/**
 * Keeps how this desk is set, and says so where it has no room for it: nothing else would.
 *
 * @module
 */
import { changeSettings } from '#lib/desk/store/settings.ts';
import { orStorageFull } from '#lib/desk/store/storage.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { notices } from '#lib/ui/base/notices.svelte.ts';

/** @returns Whether it was kept. */
export async function keepOrSay(store: () => Promise<void>): Promise<boolean> {
	const kept = await orStorageFull(store);
	if (!isRefusal(kept)) return true;
	const { explain } = await import('#lib/ui/base/explain.ts');
	notices.warn(explain(kept).title);
	return false;
}

export function keepSetting(change: Parameters<typeof changeSettings>[0]): Promise<boolean> {
	return keepOrSay(() => changeSettings(change));
}
