/**
 * What a restored hub is brought: files that it may have forgotten, and the draws that count as them.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { slotOfAct } from '#lib/domain/seats/allotment.ts';
import { draws } from '#server/db/schema/allotments.ts';
import { giveBacks } from '#server/db/schema/ledger.ts';
import { among } from '#server/db/among.ts';
import type { Transaction } from '#server/db/database.ts';
import {
	findDraws,
	noteDraws,
	readAllotments
} from '#server/ledger/allotments/allotment-blocks.ts';

import { readFoundFiles, type Brought } from '#server/ledger/held/found-files.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import { findActivations, findMachines, readRequests } from '#server/ledger/held/find-rows.ts';

/**
 * Reads what else is known of files, and of their machines. [SE8]
 *
 * @param forgotten - Those of them that this ledger may have lost.
 */
export async function readBrought(
	tx: Transaction,
	ledger: Ledger,
	brought: readonly Brought[],
	forgotten: readonly Brought[] = brought
): Promise<void> {
	const { customerId, held } = ledger;
	for (const row of await findMachines(tx, customerId, brought))
		if (!held.has(row.act)) held.set(row.act, row);
	await readFoundFiles(tx, ledger, forgotten);
	await readDrawn(tx, ledger, brought);
}

/** Draws that count as what is brought, or whose own it is, with all that they may count as. [SE8] */
async function readDrawn(
	tx: Transaction,
	ledger: Ledger,
	brought: readonly Brought[]
): Promise<void> {
	if (brought.length === 0) return;
	const { customerId, held, givenBack, blocks } = ledger;
	const named = brought.flatMap(({ act }) => slotOfAct(act)?.allotment ?? []);
	const acts = [...new Set([...brought.map(({ act }) => act), ...held.keys()])];
	const [ofNamed, counted] = await Promise.all([
		findDraws(tx, customerId, [...new Set(named)]),
		tx
			.select()
			.from(draws)
			.where(and(eq(draws.customerId, customerId), among(draws.act, acts))),
		readAllotments(tx, ledger, named)
	]);
	noteDraws(blocks, ofNamed);
	noteDraws(blocks, counted);
	if (blocks.draws.length === 0) return;
	const own = blocks.draws.flatMap(({ act, drawnAct }) => [act, drawnAct]);
	const [others, back] = await Promise.all([
		findActivations(
			tx,
			customerId,
			own.filter((act) => !held.has(act))
		),
		tx
			.select()
			.from(giveBacks)
			.where(and(eq(giveBacks.customerId, customerId), among(giveBacks.act, own))),
		readAllotments(
			tx,
			ledger,
			blocks.draws.map(({ allotment }) => allotment)
		),
		readRequests(
			tx,
			ledger,
			blocks.draws.map(({ request }) => request)
		)
	]);
	for (const row of others) held.set(row.act, row);
	for (const { revision: _, ...row } of back)
		if (!givenBack.has(row.act)) givenBack.set(row.act, row);
}
