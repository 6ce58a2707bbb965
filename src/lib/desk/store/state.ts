/**
 * Reading and writing what the desk knows of itself, value by value.
 *
 * @module
 */
import { device, strict, type DeskDatabase } from './database.ts';
import type { DeviceStates, StateValues } from './state-rows.ts';

/** Known whoever is signed in. Not to be read or written inside a transaction of a person's database. */
const ofDevice: readonly (keyof StateValues)[] = [
	'trust',
	'owedSignOut',
	'people'
] satisfies (keyof DeviceStates)[];

function home(name: keyof StateValues): DeskDatabase {
	return ofDevice.includes(name) ? device : strict;
}

export async function readState<K extends keyof StateValues>(
	name: K,
	connection: DeskDatabase = home(name)
): Promise<StateValues[K] | undefined> {
	const row = await connection.states.get(name);
	// Sound: `StateRow` pairs each name with its own value, and rows are only written by `writeState`.
	return row?.value as StateValues[K] | undefined;
}

/** Writes one value, through the given connection so that it can take part in a transaction. */
export async function writeState<K extends keyof StateValues>(
	name: K,
	value: StateValues[K],
	connection: DeskDatabase = home(name)
): Promise<void> {
	await connection.states.put({ name, value });
}

export async function clearState(name: keyof StateValues): Promise<void> {
	await home(name).states.delete(name);
}
