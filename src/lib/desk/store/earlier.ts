/**
 * Earlier versions had one database for everybody. What is in it belongs to whoever used it last. [PE5]
 *
 * @module
 */
import { adoptUnowned } from './adoption.ts';
import { databaseOf, device, mirrorTables } from './database.ts';
import { owner, setOwner } from './owner.ts';
import type { StateValues } from './state-rows.ts';
import { readState, writeState } from './state.ts';

/** Moves it into the database of that person, who stays signed in if they were. */
export async function moveEarlier(): Promise<void> {
	if (owner !== undefined) return;
	const identity = await readState('identity', device);
	const head: (StateValues['outbox'] & { user?: string }) | undefined = await readState(
		'outbox',
		device
	);
	const user = identity?.id ?? head?.user;
	if (user === undefined) return;
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
			'seen',
			'used',
			'sync'
		]);
	});
	if (identity) setOwner(user);
}
