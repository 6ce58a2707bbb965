/**
 * What people bring back after a restore is a set: whoever brings it, in whatever order and however
 * often, the ledger becomes the one that was lost.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkLedger } from '#lib/domain/audit/audit-ledger.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { signToken } from '#lib/signing/jws.ts';
import { activationFiles, activations, giveBacks, revocations } from '#server/db/schema/ledger.ts';
import { keptReturns, requests } from '#server/db/schema/requests.ts';
import type { Store } from '#server/db/store.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { writeBackup } from '#server/operations/restore/backup-file.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { makeDrawingDesk, type OwnBlock } from '../../fixtures/drawing-desk.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import { returnOfFile } from '../../fixtures/returned.ts';
import { withPoison } from '../../fixtures/poison.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function adoptingContract(name: string, makeStore: MakeStore): void {
	describe(`what is brought back to ${name}`, () => {
		let folder: string;
		const { made, store } = openHub(makeStore);
		beforeAll(() => {
			folder = mkdtempSync(join(tmpdir(), 'keyferry-adopting-'));
		});
		afterAll(async () => {
			rmSync(folder, { recursive: true, force: true });
		});

		/** @returns How to make a hub of the backup that is written now, as often as one is wanted. */
		const backUp = async () => {
			const file = join(folder, `${crypto.randomUUID()}.kfbackup`);
			await writeBackup(made.hub, file);
			return async () => {
				const other = await makeStore();
				await restore(other.db, file, { moved: false, now: made.clock.now });
				const again = await makeTestHub(other, { root: made.root, seal: made.hub.seal });
				again.clock.now = made.clock.now;
				return { hub: again.hub, other };
			};
		};
		const grant = async (
			license: TestLicense,
			machine: TestMachine,
			changes: Parameters<typeof askFor>[2] = {}
		) => {
			made.clock.now += 10;
			const answer = await activate(made.hub, await askFor(license, machine, changes));
			if (isRefusal(answer) || answer.refusal) throw new Error('not granted');
			return answerFile(made.hub, answer);
		};
		const give = async (file: string, machine: TestMachine) => {
			made.clock.now += 10;
			const [receipt] = await returnActivations(made.hub, [await returnOf(file, machine)]);
			if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
			return answerFile(made.hub, receipt);
		};

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
				for (const files of batches)
					for (const each of await adopt(hub, files, 'desk')) accept(each);
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

		/** A license with a desk's block, and one machine that is activated in both ways. */
		const makeField = async () => {
			const license = await makeLicense(made, { seats: 6 });
			const { manager: asker } = license;
			const policy = { deskSeats: 4, offlineShare: 4 };
			await setDeskPolicy(made.hub, license, { policy, asker });
			const desk = await makeDrawingDesk(made, asker);
			const machine = await makeMachine();
			const draw = async (block: OwnBlock, by = desk) => {
				const request = await askFor({ number: license.number }, machine);
				const file = await by.draw(block, request, made.clock.now);
				if (isRefusal(file)) throw new Error(file.refused);
				return file;
			};
			const record = async (file: string) => {
				made.clock.now += 10;
				const { file: next } = await desk.tell('activation.draw', { file });
				return next!;
			};
			return {
				license,
				machine,
				reserve: () => desk.reserve(license.number, 2),
				draw,
				/** Of a block that is another desk's. */
				drawElsewhere: async () => {
					const other = await makeDrawingDesk(made, asker);
					return draw(await other.reserve(license.number, 2), other);
				},
				record,
				grant: () => grant(license, machine),
				give: (file: string) => give(file, machine)
			};
		};
		type Field = Awaited<ReturnType<typeof makeField>>;

		/** What was signed of its one machine, and whether that holds a seat once all of it is there. */
		const histories: Record<
			string,
			{
				active: number;
				reserved?: number;
				sign: (field: Field, block: OwnBlock) => Promise<string[]>;
			}
		> = {
			'given back, then drawn': {
				active: 1,
				async sign(field, block) {
					const file = await field.grant();
					return [file, await field.give(file), await field.draw(block)];
				}
			},
			'drawn while it held a seat': {
				active: 1,
				async sign(field, block) {
					const file = await field.grant();
					const joining = await field.draw(block);
					return [file, joining, await field.record(joining)];
				}
			},
			'drawn, with the hub’s next file of it': {
				active: 1,
				async sign(field, block) {
					const first = await field.draw(block);
					return [first, await field.record(first)];
				}
			},
			'drawn while it held a seat that it then gave back': {
				active: 1,
				async sign(field, block) {
					const file = await field.grant();
					const joining = await field.draw(block);
					return [file, joining, await returnOfFile(file, field.machine)];
				}
			},
			'drawn by two desks, and one of them given back': {
				active: 1,
				reserved: 2,
				async sign(field, block) {
					const [first, second] = [await field.draw(block), await field.drawElsewhere()];
					return [first, second, await returnOfFile(first, field.machine)];
				}
			},
			'drawn, told and given back': {
				active: 0,
				async sign(field, block) {
					const first = await field.draw(block);
					const next = await field.record(first);
					return [first, next, await field.give(next)];
				}
			},
			'drawn, given back and granted anew': {
				active: 1,
				async sign(field, block) {
					const first = await field.draw(block);
					const next = await field.record(first);
					return [first, next, await field.give(next), await field.grant()];
				}
			}
		};

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

		test('[FI3, SE8] an odd piece is answered, and stops none of its neighbors', async () => {
			const license = await makeLicense(made, { seats: 9 });
			const restored = await backUp();
			const files = [];
			for (let i = 0; i < 3; i++) files.push(await grant(license, await makeMachine()));
			const odd = await oddPieces(files[0]!);
			const { hub, other } = await restored();
			const mixed = [...Object.values(odd).slice(0, 4), files[0]!, ...Object.values(odd).slice(4)];
			const said = await adopt(hub, [...mixed, ...files.slice(1)], 'desk');
			expect(said).toHaveLength(Object.keys(odd).length + files.length);
			expect(said.filter((each) => !isRefusal(each))).toMatchObject(
				files.map((file) => {
					return { act: claimsOf<'activation'>(file).act, outcome: 'seat' };
				})
			);
			expect(await licenseRowOf(other.db, license)).toMatchObject({ active: 3 });
			await other.close();
		});

		test('[FI3, SE8] a piece that throws is answered alone, by the id that the log has', async () => {
			const license = await makeLicense(made, { seats: 9 });
			const restored = await backUp();
			const files: string[] = [];
			for (const label of ['press', 'poison', 'lathe', 'saw'])
				files.push(await grant(license, await makeMachine(), { label }));
			const { hub, other } = await restored();
			const faults: string[] = [];
			hub.onFault = (support) => void faults.push(support);
			const poison = { table: 'activation', column: 'label', value: 'poison' };
			const said = await withPoison(other, poison, () => adopt(hub, files, 'desk'));
			expect(said.map((each) => (isRefusal(each) ? each : each.outcome))).toEqual([
				'seat',
				refuse('FACT_FAILED', { support: faults[0]! }),
				'seat',
				'seat'
			]);
			expect(await licenseRowOf(other.db, license)).toMatchObject({ active: 3 });
			// It was kept by whoever brought it, and is adopted once the fault is mended.
			expect(await adopt(hub, files, 'desk')).toMatchObject([
				{ outcome: 'known' },
				{ outcome: 'seat' },
				{ outcome: 'known' },
				{ outcome: 'known' }
			]);
			await other.close();
		});

		/** Pieces that nobody can take up, and how each is odd. */
		const oddPieces = async (file: string): Promise<Record<string, string>> => {
			const claims = claimsOf<'activation'>(file);
			const [chain] = /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?=~)/.exec(
				file.replaceAll('\n', '')
			) ?? [''];
			const signed = async (changes: object) =>
				`${chain}~${await signToken('activation', { ...claims, ...changes }, made.hub.signer)}`;
			const stranger = await makeTestHub(store);
			const theirs = await makeLicense(stranger, { seats: 1 });
			const foreign = await activate(stranger.hub, await askFor(theirs, await makeMachine()));
			if (isRefusal(foreign)) throw new Error(foreign.refused);
			return {
				'a NUL in its label': await signed({ label: 'rack\u0000' }),
				'half a surrogate': await signed({ label: 'rack\ud800' }),
				'a time that no calendar has': await signed({ iat: 2 ** 50 }),
				'a generation that no column has': await signed({ gen: 2 ** 31 }),
				'a slot of no allotment': await signed({ allot: claims.jti, slot: 1 }),
				'a license that is nowhere': await signed({ sub: claims.jti, act: claims.jti }),
				damaged: file.replace(/[A-Za-z](?=\n-----END)/, (sign) => (sign === 'A' ? 'B' : 'A')),
				foreign: answerFile(stranger.hub, foreign),
				empty: '',
				'no file of ours': 'Dear customer, please find attached'
			};
		};
	});
}

/** Of each history; all of them are in `adopting-orders.test.ts`. */
const ORDERS = 4;

/** As they were signed, backwards, and shuffled. */
function someOrders<T>(some: readonly T[]): T[][] {
	const all = fc.shuffledSubarray([...some], { minLength: some.length });
	return [[...some], some.toReversed(), ...fc.sample(all, { numRuns: ORDERS - 2, seed: 1 })];
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
