/**
 * What is brought of one machine is a set: every order of it, with hub files, receipts, returns and the
 * draws of two desks, ends in one ledger. In memory, by the very code that decides; what is read and
 * written between is in `adopting-contract.ts`. `ORDER_SETS` says how many sets (60).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { readFile } from '#lib/formats/file.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Store } from '#server/db/store.ts';
import { adoptActivation, type FoundFile } from '#server/ledger/adopt-activation.ts';
import { adoptReceipt, type FoundReceipt } from '#server/ledger/adopt-receipt.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import type { PlacedDraw, PlacedReturn } from '#server/ledger/held/ask.ts';
import { recordReturn } from '#server/ledger/give-back.ts';
import { newLedger, type Ledger } from '#server/ledger/held/ledger.ts';
import { recordDraw } from '#server/ledger/allotments/record-draw.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { openFactReader, readFact } from '#server/operations/facts/read-fact.ts';
import { placeReturns, readReturn } from '#server/operations/facts/read-return.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { roundsOf } from '../../faults/rounds.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { makeDrawingDesk } from '../../fixtures/drawing-desk.ts';
import { askFor, makeLicense, makeMachine, makeTestHub, type TestHub } from '../../fixtures/hub.ts';
import { returnOfFile } from '../../fixtures/returned.ts';
import { makeEmbeddedStore } from '../../fixtures/stores.ts';

const SETS = roundsOf('ORDER_SETS', 60);
/** Of more than four pieces, so many orders. */
const ORDERS = 30;

type Piece =
	| { kind: 'file'; found: FoundFile }
	| { kind: 'receipt'; found: FoundReceipt }
	| { kind: 'draw'; placed: PlacedDraw }
	| { kind: 'return'; placed: PlacedReturn };

let store: Store;
let made: TestHub;
beforeAll(async () => {
	store = await makeEmbeddedStore();
	made = await makeTestHub(store);
});
afterAll(() => store.close());

function must<T>(said: T | Refusal): T {
	if (isRefusal(said)) throw new Error(`${said.refused} ${JSON.stringify(said.facts)}`);
	return said;
}

/** A hub's whole past with one machine: each file that was signed, by a name. */
async function makePast(held: 'desk' | undefined) {
	const { hub, clock } = made;
	const license = await makeLicense(made, { seats: 6 });
	const { manager: asker } = license;
	await setDeskPolicy(hub, license, { policy: { deskSeats: 4, offlineShare: 4 }, asker });
	const machine = await makeMachine();
	const desks = await Promise.all([1, 2].map(() => makeDrawingDesk(made, asker)));
	const blocks = await Promise.all(desks.map((desk) => desk.reserve(license.number, 2)));
	const ask = () => askFor(license, machine, held && { held });
	const grant = async () => {
		clock.now += 10;
		return answerFile(hub, must(await activate(hub, await ask())));
	};
	const give = async (file: string) => {
		clock.now += 10;
		const [receipt] = await returnActivations(hub, [await returnOfFile(file, machine)]);
		return answerFile(hub, must(receipt!));
	};
	const drawAt = async (nth: 0 | 1) =>
		must(await desks[nth]!.draw(blocks[nth]!, await ask(), clock.now));
	const [granted, renewed] = [await grant(), await grant()];
	const back = await returnOfFile(renewed, machine);
	const receipt = await give(renewed);
	const draw = await drawAt(0);
	clock.now += 10;
	const next = (await desks[0]!.tell('activation.draw', { file: draw })).file!;
	const redrawn = await drawAt(0);
	const drawBack = await returnOfFile(draw, machine);
	const drawReceipt = await give(next);
	const other = await drawAt(1);
	const otherBack = await returnOfFile(other, machine);
	const again = await grant();
	const againBack = await returnOfFile(again, machine);
	const texts = {
		granted,
		renewed,
		back,
		receipt,
		draw,
		redrawn,
		next,
		drawBack,
		drawReceipt,
		other,
		otherBack,
		again,
		againBack
	};
	const pieces: Record<string, Piece> = {};
	for (const [name, text] of Object.entries(texts)) pieces[name] = await pieceOf(text);
	const row = { ...(await licenseRowOf(store.db, license)), frozenAt: clock.now };
	return { pieces, row };
}

async function pieceOf(text: string): Promise<Piece> {
	const { hub } = made;
	const file = must(readFile(text));
	if (file.body.type === 'return') {
		const [placed] = await placeReturns(hub, [must(await readReturn(hub, text))], 'carrier');
		return { kind: 'return', placed: must(placed!) };
	}
	if (file.allotment) {
		const placed = must(await readFact(openFactReader(hub, 'carrier'), text, 'draw'));
		return { kind: 'draw', placed: placed as PlacedDraw };
	}
	const plain = { ...file, trust: undefined, revocation: undefined };
	const { body } = must(await verifyFile(plain, hub));
	const { kid, text: token } = body;
	if (body.type === 'receipt')
		return { kind: 'receipt', found: { claims: body.claims, kid, text: token } };
	if (body.type !== 'activation') throw new Error(body.type);
	return { kind: 'file', found: { claims: body.claims, kid, text: token } };
}

async function bring(ledger: Ledger, piece: Piece): Promise<void> {
	if (piece.kind === 'file') adoptActivation(ledger, piece.found, 'desk');
	else if (piece.kind === 'receipt') adoptReceipt(ledger, piece.found, 'desk');
	else if (piece.kind === 'draw') await recordDraw(ledger, piece.placed);
	else {
		if (piece.placed.draw) await recordDraw(ledger, piece.placed.draw);
		await recordReturn(ledger, piece.placed);
	}
}

/** What holds a seat or has one cool, and the counts of the license. */
async function ledgerAfter(order: readonly Piece[], row: LicenseRecord) {
	const license = { ...row, active: 0, reserved: 0, cooling: 0 };
	const ledger = newLedger(made.hub, row.customerId, [license]);
	for (const piece of order) await bring(ledger, piece);
	const rows = [...ledger.held.values()]
		.filter(({ state }) => state === 'active' || state === 'cooling')
		.map(({ act, state, coolsUntil, firstKey, fp }) => ({ act, state, coolsUntil, firstKey, fp }))
		.sort((one, other) => (one.act < other.act ? -1 : 1));
	const { active, cooling, reserved } = license;
	const counted = ledger.blocks.draws.map(({ drawnAct, act }) => [drawnAct, act].join(' ')).sort();
	return { rows, counted, counts: { active, cooling, reserved } };
}

function* ordersOf<T>(some: readonly T[]): Generator<T[]> {
	if (some.length === 0) yield [];
	for (const [at, first] of some.entries())
		for (const rest of ordersOf(some.toSpliced(at, 1))) yield [first, ...rest];
}

describe.each([undefined, 'desk'] as const)('keys held by the machine or by: %s', (held) => {
	test('[SE8, AL5] up to six files of one machine, of its hub and of two desks: one ledger in every order', async () => {
		const { pieces, row } = await makePast(held);
		const names = fc.shuffledSubarray(Object.keys(pieces), { minLength: 2, maxLength: 6 });
		const property = fc.asyncProperty(names, fc.infiniteStream(fc.nat()), async (some, chance) => {
			const all = some.length < 5 ? [...ordersOf(some)] : [];
			while (some.length >= 5 && all.length < ORDERS)
				all.push(shuffled(some, () => chance.next().value as number));
			const after = (order: readonly string[]) =>
				ledgerAfter(
					[...order, ...order.slice(0, 2)].map((name) => pieces[name]!),
					row
				);
			const first = await after(some);
			expect(first.counts.active).toBeLessThanOrEqual(1);
			for (const order of all) expect(await after(order), order.join()).toEqual(first);
		});
		await fc.assert(property, { numRuns: SETS });
	});
});

function shuffled<T>(some: readonly T[], chance: () => number): T[] {
	const left = [...some];
	return some.map(() => left.splice(chance() % left.length, 1)[0]!);
}
