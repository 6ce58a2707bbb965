/**
 * Compares journals, as JSON on standard input, with the ledger of a hub that has stopped, whose
 * folder is the argument. Prints the differences as JSON.
 */
import { json } from 'node:stream/consumers';
import { openEmbedded } from '#server/db/store.ts';
import type { DeskJournal } from '../fixtures/field-work.ts';
import { differencesOfCounts, readLedger } from './checker.ts';
import { findDeskDifferences, readDeskLedger } from './desk/desk-journals.ts';

const journals = (await json(process.stdin)) as DeskJournal[];
const store = await openEmbedded(process.argv[2]!);
const differences = [
	...findDeskDifferences(journals, await readDeskLedger(store)),
	...differencesOfCounts(await readLedger(store))
];
await store.close();
console.log(JSON.stringify(differences));
