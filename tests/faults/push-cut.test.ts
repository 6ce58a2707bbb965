/**
 * The line to PostgreSQL cut in the middle of pushes. `FAULT_ROUNDS_PUSH` says how often (10).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { openPostgres, type Store } from '#server/db/store.ts';
import { push } from '#server/operations/push.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	makeLicense,
	makeMachine,
	makeTestHub
} from '../makers/hub.ts';
import { makeDatabase, testServer } from '../makers/stores.ts';
import { findDifferences, readLedger, type Entry } from './checker.ts';
import { startCommitCutter, type CommitCutter } from './commit-cutter.ts';
import { countFaults, roundsOf } from './rounds.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_PUSH', 10);
const COMMANDS = 5;

describe.skipIf(testServer === undefined)('a push whose line is cut', () => {
	let cutter: CommitCutter;
	let store: Store;
	let drop: () => Promise<void>;
	beforeAll(async () => {
		const database = await makeDatabase();
		drop = database.drop;
		cutter = await startCommitCutter(database.url);
		store = await openPostgres(cutter.url);
	});
	afterAll(async () => {
		await store.close();
		await cutter.close();
		await drop();
	});

	test('[SY2] is settled once, and answers the same when it is sent again', async () => {
		const made = await makeTestHub(store);
		const { manager, ...license } = await makeLicense(made, { seats: 100_000 });
		const journal = new Map<string, Entry>();
		for (let round = 0; round < ROUNDS; round++) {
			const outbox = uuidv7();
			const commands = await Promise.all(
				Array.from({ length: COMMANDS }, async (_, at) =>
					commandOf(outbox, at + 1, await askFor(license, await makeMachine(uuidv7())))
				)
			);
			const send = async () => {
				const reply = await push(made.hub, { outbox, commands }, manager);
				if (isRefusal(reply)) throw new Error(reply.refused);
				return reply.results;
			};
			const moment = round % 2 === 0 ? 'before-commit' : 'after-commit';
			const cut = cutter.cutAt(moment, () => Promise.resolve());
			await expect(send()).rejects.toThrow();
			await cut;
			const settled = await send();
			expect(await send()).toEqual(settled);
			for (const { file } of settled) {
				const { req, label = '' } = claimsOf<'activation'>(file!);
				const read = readFile(file!);
				if (isRefusal(read)) throw new Error(read.refused);
				journal.set(req, { machine: label, grants: [read.body.text] });
			}
		}
		expect(journal.size).toBe(ROUNDS * COMMANDS);
		expect(findDifferences(journal, await readLedger(store))).toEqual([]);
		countFaults('push-cut', { faults: ROUNDS, commands: ROUNDS * COMMANDS });
	});
});
