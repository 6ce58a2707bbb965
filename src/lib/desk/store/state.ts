/**
 * Reading and writing what the desk knows of itself, value by value.
 *
 * @module
 */
import { strict, type DeskDatabase } from './database.ts';
import type { StateValues } from './state-rows.ts';

export async function readState<K extends keyof StateValues>(
	name: K,
	connection: DeskDatabase = strict
): Promise<StateValues[K] | undefined> {
	const row = await connection.states.get(name);
	// Sound: `StateRow` pairs each name with its own value, and rows are only written by `writeState`.
	return row?.value as StateValues[K] | undefined;
}

/** Writes one value, through the given connection so that it can take part in a transaction. */
export async function writeState<K extends keyof StateValues>(
	name: K,
	value: StateValues[K],
	connection: DeskDatabase = strict
): Promise<void> {
	await connection.states.put({ name, value });
}

export async function clearState(name: keyof StateValues): Promise<void> {
	await strict.states.delete(name);
}
