/**
 * How this desk is set, by people and by what it remembers for them.
 *
 * @module
 */
import type { Machine } from '#lib/domain/machine.ts';
import { strict } from './database.ts';
import type { Settings } from './state-rows.ts';
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

/** The machine that activation files are compared with, if the desk was told of one. */
export async function readMachine(): Promise<Machine | undefined> {
	return (await readState('settings'))?.machine;
}
