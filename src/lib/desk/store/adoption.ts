/**
 * What was made or kept while nobody was signed in is the device's. Whoever signs in may take it
 * along: then it is theirs. [PE5]
 *
 * @module
 */
import { databaseOf, device, type DeskDatabase } from './database.ts';
import type { OutboxRow } from './desk-rows.ts';
import { newHead, placeCommands, waitingCommands } from './outbox.ts';
import { readState, writeState } from './state.ts';

/** What exists nowhere else, the outbox aside. What the hub mirrors is fetched again. */
function ownTables(connection: DeskDatabase) {
	const { keys, machineKeys, requests, files, ownAllotments, draws, deskKeys } = connection;
	return [keys, machineKeys, requests, files, ownAllotments, draws, deskKeys];
}

/** What lies on this device and belongs to nobody: requests, files and license keys. */
export async function countUnowned(): Promise<number> {
	const { requests, files, keys } = device;
	const counts = await Promise.all([requests, files, keys].map((table) => table.count()));
	return counts.reduce((sum, count) => sum + count, 0);
}

/** Moves all of it into this person's database. Ended midway, it can be done again: nothing doubles. */
export async function adoptUnowned(user: string): Promise<void> {
	const to = databaseOf(user);
	try {
		await move(device, to);
	} finally {
		to.close();
	}
}

async function move(from: DeskDatabase, to: DeskDatabase): Promise<void> {
	const { tables, waiting, settled } = await readAll(from);
	await to.transaction('rw', [...ownTables(to), to.outbox, to.states], async () => {
		for (const { name, keys, rows } of tables) {
			// What is there already stays as it is.
			const known = await to.table(name).bulkGet(keys);
			await to.table(name).bulkAdd(rows.filter((_, at) => known[at] === undefined));
		}
		const head = (await readState('outbox', to)) ?? newHead();
		const known = new Set(await to.outbox.toCollection().primaryKeys());
		const isNew = ({ id }: OutboxRow) => !known.has(id);
		const placed = placeCommands(waiting.filter(isNew), head);
		await to.outbox.bulkAdd([...settled.filter(isNew), ...placed]);
		await writeState('outbox', head, to);
	});
	await from.transaction('rw', [...ownTables(from), from.outbox, from.states], async () => {
		for (const { name, keys } of tables) await from.table(name).bulkDelete(keys);
		await from.outbox.bulkDelete([...settled, ...waiting].map(({ id }) => id));
		// What is asked next while nobody is signed in begins another one.
		await from.states.delete('outbox');
	});
}

function readAll(from: DeskDatabase) {
	return from.transaction('r', [...ownTables(from), from.outbox], async () => ({
		tables: await Promise.all(
			ownTables(from).map(async (table) => ({
				name: table.name,
				keys: await table.toCollection().primaryKeys(),
				rows: await table.toArray()
			}))
		),
		waiting: await waitingCommands(from),
		settled: await from.outbox.where('state').equals('settled').toArray()
	}));
}
