/**
 * What is brought back of one machine counts one seat at most, in any order. [SE8]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLedger } from '#lib/domain/audit/audit-ledger.ts';
import { activations, revocations } from '#server/db/schema/ledger.ts';
import { keptReturns } from '#server/db/schema/requests.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestMachine
} from '../../fixtures/hub.ts';
import { accept, ledgerOf } from '../../fixtures/ledger-of.ts';
import type { BringingBack } from '../../fixtures/bringing-back.ts';

export function adoptingMachinesContract({
	made,
	store,
	backUp,
	grant,
	give,
	makeField,
	histories
}: BringingBack): void {
	test('[SE8, AL4, AL5] draws, hub files and receipts of one machine count one seat, in every order', async () => {
		const fields = [];
		for (const [history, { sign, active, reserved = 1 }] of Object.entries(histories))
			for (const isBlockKnown of [true, false]) {
				const field = await makeField();
				const known = isBlockKnown ? await field.reserve() : undefined;
				const counts = { active, reserved, cooling: 0 };
				fields.push({ field, known, sign, counts, history: `${history} ${isBlockKnown}` });
			}
		const restored = await backUp();
		const signed = [];
		for (const { field, known, sign, counts, history } of fields) {
			const block = known ?? (await field.reserve());
			const pieces = [...(known ? [] : [block.file]), ...(await sign(field, block))];
			signed.push({ license: field.license, said: counts, history, orders: someOrders(pieces) });
		}
		const first = new Map<string, unknown>();
		for (let at = 0; at < ORDERS; at++) {
			const { hub, other } = await restored();
			for (const { license, said, history, orders } of signed) {
				const order = orders[at]!;
				for (const piece of [...order, order[0]!])
					for (const each of await adopt(hub, [piece], 'desk')) accept(each);
				const { counts, holding } = await ledgerOf(other, license);
				expect(counts, history).toMatchObject(said);
				if (!first.has(history)) first.set(history, holding);
				expect(holding, history).toEqual(first.get(history));
				const { entries } = await auditPage(other.db, { ...license, after: 0 });
				expect(checkLedger(entries), history).toBeUndefined();
			}
			await other.close();
		}
	});

	test('[SE8, FI6] a return alone, brought with the draw that it ends, finds it', async () => {
		const { license, machine, reserve, draw } = await makeField();
		const block = await reserve();
		const restored = await backUp();
		const file = await draw(block);
		const alone = (await returnOf(file, machine)).split('~').at(-1)!;
		const { hub, other } = await restored();
		for (const each of await adopt(hub, [alone, file], 'desk')) accept(each);
		expect((await ledgerOf(other, license)).counts).toMatchObject({ active: 0, reserved: 1 });
		await other.close();
	});

	test('[SE8, FI6] a return alone that comes first counts once its activation is brought', async () => {
		const field = await makeField();
		const block = await field.reserve();
		const license = await makeLicense(made, { seats: 1 });
		const machine = await makeMachine();
		const restored = await backUp();
		const drawn = await field.draw(block);
		const granted = await grant(license, machine);
		const early = [
			{ file: drawn, license: field.license, machine: field.machine, reserved: 1 },
			{ file: granted, license, machine, reserved: 0 }
		];
		const { hub, other } = await restored();
		for (const { file, license: own, machine: its, reserved } of early) {
			const alone = (await returnOf(file, its)).split('~').at(-1)!;
			const forged = (await returnOf(file, await makeMachine())).split('~').at(-1)!;
			for (const text of [forged, alone, alone])
				expect((await adopt(hub, [text], 'carrier'))[0]).toMatchObject({
					refused: 'RETURN_KEPT'
				});
			for (const each of await adopt(hub, [file], 'desk')) accept(each);
			const { counts } = await ledgerOf(other, own);
			expect(counts).toMatchObject({ active: 0, reserved });
			const [receipt] = await adopt(hub, [alone], 'carrier');
			expect(receipt).toMatchObject({ outcome: 'receipt' });
			expect((await ledgerOf(other, own)).counts).toEqual(counts);
		}
		expect(await other.db.$count(keptReturns)).toBe(0);
		await other.close();
	});

	test.each([
		[['grant', 'receipt']],
		[['receipt', 'grant']],
		[['return', 'grant']],
		[['grant', 'return', 'receipt']]
	])('[SE8, SE1] the newest activation of a machine holds the only seat: %s', async (order) => {
		const license = await makeLicense(made, { seats: 1 });
		const machine = await makeMachine();
		const first = await grant(license, machine);
		const restored = await backUp();
		const given = await returnOf(first, machine);
		const pieces: Record<string, string> = {
			return: given,
			receipt: await give(first, machine),
			grant: await grant(license, machine)
		};
		const { hub, other } = await restored();
		for (const piece of order)
			for (const each of await adopt(hub, [pieces[piece]!], 'desk')) accept(each);
		await unfreezeLicense(hub, license, 'staff');
		const next = await activate(hub, await askFor(license, await makeMachine()));
		expect(next).toMatchObject({ refusal: { refused: 'SEAT_LIMIT_REACHED' } });
		const rows = await other.db
			.select({ act: activations.act, state: activations.state })
			.from(activations)
			.where(eq(activations.customerId, license.customerId));
		expect(Object.fromEntries(rows.map(({ act, state }) => [act, state]))).toEqual({
			[claimsOf<'activation'>(first).act]: 'returned',
			[claimsOf<'activation'>(pieces.grant!).act]: 'active'
		});
		await other.close();
	});

	test('[SE6, SE8] a machine that was retired is gone again, by the list that rides in later files', async () => {
		const license = await makeLicense(made, { seats: 3, replacementsPerYear: 1 });
		const machines = await Promise.all(Array.from({ length: 4 }, () => makeMachine()));
		const [burnt, lost, kept, later] = machines as [
			TestMachine,
			TestMachine,
			TestMachine,
			TestMachine
		];
		const early = await grant(license, burnt);
		const restored = await backUp();
		const pieces = [await grant(license, lost), await grant(license, kept)];
		for (const file of [early, pieces[0]!]) {
			const { act } = claimsOf<'activation'>(file);
			await retireMachine(made.hub, { act, reason: 'gone' }, license.manager);
		}
		pieces.push(await grant(license, later));
		const before = (await ledgerOf(store, license)).counts;
		expect(before).toMatchObject({ active: 2, cooling: 1 });
		for (const order of [pieces, pieces.toReversed()]) {
			const { hub, other } = await restored();
			for (const piece of [...order, order[0]!])
				for (const each of await adopt(hub, [piece], 'desk')) accept(each);
			const { counts } = await ledgerOf(other, license);
			expect(counts).toEqual(before);
			const { entries } = await auditPage(other.db, { ...license, after: 0 });
			expect(checkLedger(entries)).toBeUndefined();
			// Whoever is granted next carries on the list.
			await unfreezeLicense(hub, license, 'staff');
			const next = await activate(hub, await askFor(license, kept));
			const [one] = await other.db.select().from(revocations);
			expect(next).toMatchObject({ revocation: { token: one!.token } });
			expect(one!.acts).toHaveLength(2);
			await other.close();
		}
	});
}

/** Of each history; all of them are in `adopting-orders.test.ts`. */
const ORDERS = 4;

/** As they were signed, backwards, and shuffled. */
function someOrders<T>(some: readonly T[]): T[][] {
	const all = fc.shuffledSubarray([...some], { minLength: some.length });
	return [[...some], some.toReversed(), ...fc.sample(all, { numRuns: ORDERS - 2, seed: 1 })];
}
