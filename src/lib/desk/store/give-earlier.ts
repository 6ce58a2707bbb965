/**
 * Giving what an earlier version kept for everybody to the person who used it last. [PE5]
 *
 * @module
 */
import { adoptUnowned } from './adoption.ts';
import { databaseOf, device, mirrorTables } from './database.ts';
import { setOwner } from './owner.ts';
import type { StateValues } from './state-rows.ts';
import { readState, writeState } from './state.ts';

/** @param identity - Of that person, if they were signed in. */
export async function giveEarlier(
	user: string,
	identity: StateValues['identity'] | undefined
): Promise<void> {
	const settings = await readState('settings', device);
	const desk = databaseOf(user);
	if (settings) await writeState('settings', settings, desk);
	if (identity) await writeState('identity', identity, desk);
	desk.close();
	await adoptUnowned(user);
	// The mirror is asked for once more.
	await device.transaction('rw', [device.states, ...mirrorTables(device)], async () => {
		await Promise.all(mirrorTables(device).map((table) => table.clear()));
		await device.states.bulkDelete([
			'identity',
			'people',
			'cursor',
			'firstSync',
			'owedKeys',
			'seen',
			'used',
			'sync'
		]);
	});
	if (identity) setOwner(user);
}
