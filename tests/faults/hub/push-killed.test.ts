/**
 * Pushes of 500 commands over 40 customers to a hub that ends at random points: between two customers, or
 * within one's transaction. `FAULT_ROUNDS_PUSH_KILLED` says how often (4), `FAULT_SEED` repeats a run.
 */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import { audit } from '#server/db/schema/hub.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { testServer } from '../../fixtures/empty-database.ts';
import {
	askFor,
	commandOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestHub,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import { settledOf } from '../../fixtures/settled.ts';
import { makeEmbeddedStore, makePostgresStore, type TestStore } from '../../fixtures/stores.ts';
import { Killed, killedAt } from '../../fixtures/with-transaction.ts';
import { oneOf, randomOf } from '../../fuzz/inputs.ts';
import { findDifferences, readLedger, type Entry } from '../checker.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_PUSH_KILLED', 4);
const COMMANDS = 500;
const CUSTOMERS = 40;

type Held = { license: TestLicense; machine: TestMachine; file: string };

describe.for([
	['the embedded database', makeEmbeddedStore, false],
	['PostgreSQL', makePostgresStore, testServer === undefined]
] as const)('a hub on %s that ends while it settles a push', ([name, makeStore, isMissing]) => {
	let store: TestStore;
	let made: TestHub;
	let asker: Asker;
	const random = randomOf(FAULT_SEED);
	const licenses: TestLicense[] = [];
	/** What machines hold, to be given back. */
	const held: Held[] = [];
	const journal = new Map<string, Entry>();
	/** How often each was done: of a license its notes, of an activation its return. */
	const done = new Map<string, number>();
	beforeAll(async () => {
		if (isMissing) return;
		store = await makeStore();
		made = await makeTestHub(store);
		for (let n = 0; n < CUSTOMERS; n++)
			licenses.push(await makeLicense(made, { seats: 10_000, returnsPerYear: 1_000 }));
		const roles = licenses.map(({ customerId }) => [customerId, 'manager'] as const);
		asker = { userId: uuidv7(), roles: new Map(roles) };
	}, 60_000);
	afterAll(() => (isMissing ? undefined : store.close()));

	/** What each command asks, for whoever counts what became of it. */
	type Asked = {
		command: Command;
		jti?: string;
		machine?: TestMachine;
		license?: TestLicense;
		gives?: string;
	};

	async function draft(outbox: string): Promise<Asked[]> {
		const notes = new Map<string, string>();
		const before: { license: TestLicense; machine: TestMachine }[] = [];
		const asked: Asked[] = [];
		for (let n = 1; n <= COMMANDS; n++) {
			const dice = random();
			const given = dice < 0.1 ? held.splice(0, 1)[0] : undefined;
			const known = dice < 0.25 ? before.at(Math.floor(random() * before.length)) : undefined;
			const license = known?.license ?? oneOf(random, licenses);
			if (given) {
				const file = await returnOf(given.file, given.machine);
				asked.push({
					...change(outbox, n, 'activation.return', { file }),
					gives: actOf(given.file)
				});
			} else if (dice > 0.85) {
				const { licenseId } = license;
				const [was, value] = [notes.get(licenseId) ?? noteOf(licenseId), `${n} of ${outbox}`];
				notes.set(licenseId, value);
				asked.push({
					...change(outbox, n, 'license.note', { license: licenseId, value, was }),
					license
				});
			} else {
				const machine = known?.machine ?? (await makeMachine(uuidv7()));
				before.push({ license, machine });
				const jti = uuidv7();
				const command = commandOf(outbox, n, await askFor(license, machine, { jti }));
				asked.push({ command, jti, machine, license });
			}
		}
		for (const [licenseId, note] of notes) lastNotes.set(licenseId, note);
		return asked;
	}

	const lastNotes = new Map<string, string>();
	const noteOf = (licenseId: string) => lastNotes.get(licenseId) ?? '';

	test.skipIf(isMissing)(
		'[SY2, DB1] every command is settled once, and nothing is there twice',
		{ timeout: 300_000 + ROUNDS * 60_000 },
		async () => {
			let kills = 0;
			for (let round = 0; round < ROUNDS; round++) {
				const outbox = uuidv7();
				const asked = await draft(outbox);
				const pushed = { outbox, commands: asked.map(({ command }) => command) };
				const pushTo = (hub: Hub) => push(hub, pushed, asker);
				for (let times = 0; times < 3; times++) {
					const transaction = Math.floor(random() * CUSTOMERS);
					const point = { transaction, isCommitted: random() < 0.5 };
					const ends = pushTo({ ...made.hub, db: killedAt(made.hub.db, point) });
					// The same again meets transactions that write nothing any more: each is one all the same.
					await expect(ends).rejects.toThrow(Killed);
					kills++;
				}
				const results = resultsOf(await pushTo(made.hub));
				expect(results.map(({ n }) => n)).toEqual(asked.map(({ command }) => command.n));
				expect(resultsOf(await pushTo(made.hub)).map(said)).toEqual(results.map(said));
				note(asked, results);
				expect(await settledOf(store.db, outbox)).toHaveLength(COMMANDS);
			}
			expect(findDifferences(journal, await readLedger(store))).toEqual([]);
			for (const [subject, times] of done) {
				const action = licenses.some(({ licenseId }) => licenseId === subject)
					? 'license.noted'
					: 'activation.returned';
				const noted = and(eq(audit.subject, subject), eq(audit.action, action));
				expect(await store.db.$count(audit, noted), `${action} ${subject}`).toBe(times);
			}
			const counted = { faults: kills, commands: ROUNDS * COMMANDS, activations: journal.size };
			countFaults(`push-killed on ${name}`, counted);
		}
	);

	function note(asked: readonly Asked[], results: readonly CommandResult[]): void {
		for (const [at, { jti, machine, license, gives }] of asked.entries()) {
			const { refusal, file } = results[at]!;
			if (refusal) throw new Error(`${refusal.refused} of ${asked[at]!.command.type}`);
			if (jti && machine && license) {
				journal.set(jti, { machine: machine.name, grants: [readBody(file!)] });
				if (!held.some((each) => each.machine === machine))
					held.push({ license, machine, file: file! });
			} else {
				const subject = gives ?? license!.licenseId;
				done.set(subject, (done.get(subject) ?? 0) + 1);
			}
		}
	}
});

function change(outbox: string, n: number, type: Command['type'], args: Command['args']) {
	const body = { type, version: 1, args } as Command;
	return { command: commandOf(outbox, n, '', { ...body, hash: hashOf(body) }) };
}

function resultsOf(reply: Awaited<ReturnType<typeof push>>): CommandResult[] {
	if (isRefusal(reply)) throw new Error(reply.refused);
	return reply.results;
}

/** What a result says, without what rides along once. */
const said = ({ n, file, refusal }: CommandResult) => ({
	n,
	refusal,
	body: file && readBody(file)
});

function readBody(file: string): string {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	return read.body.text;
}

function actOf(file: string): string {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	return (read.body.payload as { act: string }).act;
}
