/**
 * Several desks bring back a whole ledger. [SE8]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { activationFiles, activations, giveBacks } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import type { Store } from '#server/db/store.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import {
	makeLicense,
	makeMachine,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import type { BringingBack } from '../../fixtures/bringing-back.ts';

export function adoptingLedgersContract({ made, store, backUp, grant, give }: BringingBack): void {
	test('[SE8, SY6] by several desks, in any order and again and again, the ledger is the one that was lost, row by row', async () => {
		const license = await makeLicense(made, { seats: 9 });
		const machines = await Promise.all(Array.from({ length: 6 }, () => makeMachine()));
		const [again, renewed, cooled, cooling, returned, kept] = machines as [
			TestMachine,
			TestMachine,
			TestMachine,
			TestMachine,
			TestMachine,
			TestMachine
		];
		const first = await grant(license, again);
		await grant(license, kept);
		const restored = await backUp();

		const brought = [await give(first, again), await grant(license, again)];
		for (let gen = 1; gen <= 3; gen++) brought.push(await grant(license, renewed));
		const left = await grant(license, cooled, { held: 'desk' });
		brought.push(left, await give(left, cooled), await grant(license, cooled));
		for (const machine of [cooling, returned]) {
			const held = machine === cooling ? ({ held: 'desk' } as const) : {};
			const file = await grant(license, machine, held);
			brought.push(file, await give(file, machine));
		}
		const lost = await ledgerOf(store, license);
		expect(lost.counts).toMatchObject({ active: 4, cooling: 1 });

		const shuffled = fc.sample(fc.shuffledSubarray(brought, { minLength: brought.length }), {
			numRuns: 3,
			seed: 1
		});
		const oneByOne = (files: readonly string[]) => files.map((file) => [file]);
		const orders: string[][][] = [
			[brought],
			oneByOne(brought),
			oneByOne(brought.toReversed()),
			...shuffled.map((files) => [...oneByOne(files), files.slice(0, 4)])
		];
		for (const batches of orders) {
			const { hub, other } = await restored();
			for (const files of batches) for (const each of await adopt(hub, files, 'desk')) accept(each);
			expect(await ledgerOf(other, license)).toEqual(lost);
			await other.close();
		}
		// Three desks at a time, that have some of it in common.
		const { hub, other } = await restored();
		const desks = [0, 1, 2].map((desk) => brought.filter((_, at) => at % 3 !== desk));
		await Promise.all(desks.map((files) => adopt(hub, files, 'desk')));
		expect(await ledgerOf(other, license)).toEqual(lost);
		await other.close();
	});
}

function accept(each: Awaited<ReturnType<typeof adopt>>[number]): void {
	if (isRefusal(each)) throw new Error(`${each.refused} ${JSON.stringify(each.facts)}`);
}

/** All rows of a license's machines, and its counts. */
async function ledgerOf({ db }: Store, license: TestLicense) {
	const { customerId } = license;
	const tables = { activations, activationFiles, requests, giveBacks };
	const rows: Record<string, unknown[]> = {};
	for (const [name, table] of Object.entries(tables)) {
		const found = await db.select().from(table).where(eq(table.customerId, customerId));
		// When a row changed last, and whether it was brought back, is the hub's own matter.
		rows[name] = found
			.map((row) => ({ ...row, revision: undefined, machine: undefined }))
			// So is what a machine said of itself, which no file repeats, and when it was heard from last. [P11]
			.map((row) => ('said' in row ? { ...row, said: undefined, heardAt: undefined } : row))
			// So is whether it has seen the return itself, or the receipt alone.
			.map((row) => JSON.stringify('freed' in row ? { ...row, jkt: undefined } : row))
			.sort();
	}
	const { active, reserved, cooling, ceiling } = await licenseRowOf(db, license);
	const held = await db
		.select()
		.from(activations)
		.where(eq(activations.customerId, customerId))
		.orderBy(activations.act);
	const holding = held
		.filter(({ state }) => state === 'active' || state === 'cooling')
		.map(({ act, state, coolsUntil, firstKey }) => ({ act, state, coolsUntil, firstKey }));
	return { rows, holding, counts: { active, reserved, cooling, ceiling } };
}
