/**
 * What a hub reads of a customer with very many machines: those that it is asked about, and not all of
 * them. Each statement is asked again, and the database says how many rows it looked at.
 *
 * @module
 */
import { sql, TransactionRollbackError } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Store } from '#server/db/store.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { countTrips, type Statement } from '../../fixtures/count-trips.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import { seedMachines } from '../../fixtures/seed-machines.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

/** More than a database would read from beginning to end to find one of them. */
const MACHINES = 20_000;
const MOST = 100;

export function readsContract(name: string, makeStore: MakeStore): void {
	describe(`rows read on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let license: TestLicense;
		beforeAll(async () => {
			license = await makeLicense(made, { seats: 2 * MACHINES });
			await seedMachines(store, license, { from: 0, to: MACHINES });
		});

		const expectFew = async (work: () => Promise<unknown>) => {
			const { statements } = await countTrips(work);
			const reads = statements.filter(({ text }) => /^\s*select\b/i.test(text));
			expect(reads).not.toEqual([]);
			for (const statement of reads)
				expect(await mostRead(store, statement), statement.text).toBeLessThan(MOST);
		};
		const ask = async (request: string) => {
			const answer = await activate(made.hub, request);
			if (isRefusal(answer) || answer.refusal) throw new Error(JSON.stringify(answer));
			return answerFile(made.hub, answer);
		};

		test('an activation, the same again and the next file read that machine alone', async () => {
			const machine = await makeMachine();
			const request = await askFor(license, machine);
			await expectFew(() => ask(request));
			await expectFew(() => ask(request));
			await expectFew(async () => ask(await askFor(license, machine)));
		});

		test('a return and a retirement read that machine alone', async () => {
			const machine = await makeMachine();
			const file = await ask(await askFor(license, machine));
			const carried = await returnOf(file, machine);
			await expectFew(() => returnActivations(made.hub, [carried]));
			const other = await ask(await askFor(license, await makeMachine()));
			const { act } = claimsOf<'activation'>(other);
			await expectFew(() => retireMachine(made.hub, { act, reason: 'burnt' }, license.manager));
		});
	});
}

/** Rows that a part of it looked at, whether it kept them or not: of the part that looked at most. */
async function mostRead({ db }: Store, { text, values }: Statement): Promise<number> {
	const parts = text.split(/\$(\d+)/);
	const asked = sql.join(
		parts.map((part, at) =>
			at % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`
		)
	);
	let most = 0;
	await db
		.transaction(async (tx) => {
			const done: unknown = await tx.execute(sql`explain (analyze, format json) ${asked}`);
			const { rows } = done as { rows: { 'QUERY PLAN': { Plan: Plan }[] }[] };
			most = mostOf(rows[0]!['QUERY PLAN'][0]!.Plan);
			// A function that stores something has been called once.
			tx.rollback();
		})
		.catch((error: unknown) => {
			if (!(error instanceof TransactionRollbackError)) throw error;
		});
	return most;
}

type Plan = {
	'Actual Rows': number;
	'Actual Loops': number;
	'Rows Removed by Filter'?: number;
	'Rows Removed by Index Recheck'?: number;
	Plans?: Plan[];
};

function mostOf(plan: Plan): number {
	const looked =
		plan['Actual Rows'] +
		(plan['Rows Removed by Filter'] ?? 0) +
		(plan['Rows Removed by Index Recheck'] ?? 0);
	return Math.max(looked * plan['Actual Loops'], ...(plan.Plans ?? []).map(mostOf));
}
