/**
 * Several desks bring back a whole ledger. [SE8]
 *
 * @module
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adopt } from '#server/operations/restore/adopt.ts';
import { makeLicense, makeMachine, type TestMachine } from '../../fixtures/hub.ts';
import { accept, ledgerOf } from '../../fixtures/ledger-of.ts';
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
