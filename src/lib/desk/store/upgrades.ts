/**
 * Bringing what earlier versions of the desk stored to what this one reads.
 *
 * @module
 */
import type { Transaction } from 'dexie';

/** Rows of requests, files and license keys as they were before version 5. */
type RowBefore5 = { said?: { no?: unknown }; summary?: object; origin?: string };

/** Version 5: the table `facts` is `states`, a row's `said` is its `summary`. */
export async function renameStored(upgrade: Transaction): Promise<void> {
	await upgrade.table('states').bulkAdd(await upgrade.table('facts').toArray());
	for (const name of ['requests', 'files', 'keys'])
		await upgrade
			.table<RowBefore5>(name)
			.toCollection()
			.modify((row) => {
				const { no: refusal, ...summary } = row.said ?? {};
				row.summary = refusal === undefined ? summary : { ...summary, refusal };
				delete row.said;
				if (row.origin === 'taken') row.origin = 'imported';
			});
}
