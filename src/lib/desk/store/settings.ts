/**
 * How this desk is set, by people and by what it remembers for them.
 *
 * @module
 */
import type { Machine } from '#lib/domain/machines/machine.ts';
import { strict } from './database.ts';
import type { ListChange, ListSettings } from '#lib/search/list-settings.ts';
import type { ListName, Settings } from './state-rows.ts';
import { readState, writeState } from './state.ts';

export const defaultSettings: Settings = { language: 'auto', theme: 'auto' };

export async function readSettings(): Promise<Settings> {
	return { ...defaultSettings, ...(await readState('settings')) };
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
	await strict.transaction('rw', strict.states, async () => {
		await writeState('settings', { ...(await readSettings()), ...change });
	});
}

/** Columns and views of one list. */
export async function readListSettings(list: ListName): Promise<ListSettings> {
	return (await readSettings()).lists?.[list] ?? {};
}

export async function changeListSettings(list: ListName, change: ListChange): Promise<void> {
	await strict.transaction('rw', strict.states, async () => {
		const before = await readSettings();
		const settings = change(before.lists?.[list] ?? {});
		await writeState('settings', { ...before, lists: { ...before.lists, [list]: settings } });
	});
}

/** The machine that activation files are compared with, if the desk was told of one. */
export async function readMachine(): Promise<Machine | undefined> {
	return (await readState('settings'))?.machine;
}
