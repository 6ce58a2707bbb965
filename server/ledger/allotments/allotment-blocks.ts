/**
 * The part of a ledger that allotments are: read under the locks of their licenses, changed in
 * memory, saved with the rest. As many statements for five hundred draws as for one. [AL4, AL5]
 *
 * @module
 */
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { actOfDraw, slotOfAct, slotsSetAside } from '#lib/domain/seats/allotment.ts';
import { among } from '#server/db/among.ts';
import { allotments, draws } from '#server/db/schema/allotments.ts';
import { activations } from '#server/db/schema/ledger.ts';
import { insertOf, updateOf } from '#server/db/rows.ts';
import type { Transaction } from '#server/db/database.ts';
import type { AllotmentRecord, Blocks, DrawRecord, Ledger } from '#server/ledger/held/ledger.ts';
import { releaseSlots } from '#server/ledger/held/seats.ts';

/** An allotment that is meant, with its slots: it may not be known yet. */
export type MeantBlock = { id: string; max: number };

/** What is known of allotments: each of the three reads is sent behind the one before. */
export type FoundBlocks = {
	allotments: AllotmentRecord[];
	draws: DrawRecord[];
	/** Activations that are named for a slot. */
	told: string[];
};

/** @param meant - Allotments that draws, closes and returns of draws name. */
export async function readMeant(
	tx: Transaction,
	customerId: string,
	meant: readonly MeantBlock[]
): Promise<FoundBlocks> {
	const ids = [...new Set(meant.map(({ id }) => id))];
	const names = meant.flatMap(({ id, max }) =>
		Array.from({ length: max }, (_, at) => actOfDraw(id, at + 1))
	);
	const [found, drawn, told] = await Promise.all([
		findAllotments(tx, customerId, ids),
		findDraws(tx, customerId, ids),
		names.length === 0
			? []
			: tx
					.select({ act: activations.act })
					.from(activations)
					.where(and(eq(activations.customerId, customerId), among(activations.act, names)))
	]);
	return { allotments: found, draws: drawn, told: told.map(({ act }) => act) };
}

export function noteBlocks({ blocks }: Ledger, found: FoundBlocks): void {
	noteAllotments(blocks, found.allotments);
	noteDraws(blocks, found.draws);
	for (const act of found.told) blocks.told.add(act);
}

/** Allotments that are not known yet, without their draws. */
export async function readAllotments(
	tx: Transaction,
	{ customerId, blocks }: Ledger,
	ids: readonly string[]
): Promise<void> {
	const missing = [...new Set(ids)].filter((id) => !blocks.allotments.has(id));
	noteAllotments(blocks, await findAllotments(tx, customerId, missing));
}

async function findAllotments(
	tx: Transaction,
	customerId: string,
	ids: readonly string[]
): Promise<AllotmentRecord[]> {
	if (ids.length === 0) return [];
	const rows = await tx
		.select()
		.from(allotments)
		.where(and(eq(allotments.customerId, customerId), inArray(allotments.allotment, [...ids])));
	return rows.map(({ revision: _, ...row }) => row);
}

/** Draws of allotments. */
export async function findDraws(
	tx: Transaction,
	customerId: string,
	ids: readonly string[]
): Promise<DrawRecord[]> {
	if (ids.length === 0) return [];
	return tx
		.select()
		.from(draws)
		.where(and(eq(draws.customerId, customerId), inArray(draws.allotment, [...ids])));
}

/** What this transaction has changed stays. */
function noteAllotments({ allotments: known }: Blocks, found: readonly AllotmentRecord[]): void {
	for (const row of found) if (!known.has(row.allotment)) known.set(row.allotment, row);
}

/** Each draw once, however it was found. */
export function noteDraws({ draws: known }: Blocks, found: readonly DrawRecord[]): void {
	const ids = new Set(known.map(({ jti }) => jti));
	known.push(...found.filter(({ jti }) => !ids.has(jti)));
}

/** Reads the draws that count as an activation. [AL5] */
export async function readJoined(
	tx: Transaction,
	{ customerId, blocks }: Ledger,
	act: string
): Promise<void> {
	const mine = and(eq(draws.customerId, customerId), eq(draws.act, act));
	noteDraws(blocks, await tx.select().from(draws).where(mine));
}

export function writeBlocks({ customerId, blocks }: Ledger, revision: number): SQL[] {
	const rows = [...blocks.changed].map((id) => ({ ...blocks.allotments.get(id)!, revision }));
	const ended = insertOf(allotments, rows, {
		customerId,
		onKnown: [
			'outbox',
			'userId',
			'desk',
			'reserved',
			'state',
			'drawn',
			'closeToken',
			'endedBy',
			'reason',
			'endedAt',
			'revision'
		]
	});
	const moved = [...blocks.moved].filter((row) => !blocks.added.includes(row));
	return [
		...ended,
		...insertOf(draws, blocks.added, { customerId }),
		...updateOf(draws, moved, { customerId, set: ['act', 'state'] })
	];
}

/** Slots of an allotment that are known to be drawn: by a draw, or by what the hub signed of it. [SE8] */
export function recordedSlots({ blocks, held }: Ledger, allotment: string): Set<number> {
	const slots = blocks.draws.filter((row) => row.allotment === allotment).map(({ slot }) => slot);
	for (const act of [...blocks.told, ...held.keys()]) {
		const named = slotOfAct(act);
		if (named?.allotment === allotment) slots.push(named.slot);
	}
	return new Set(slots);
}

export function isSetAside(ledger: Ledger, block: AllotmentRecord, slot: number): boolean {
	const recorded = recordedSlots(ledger, block.allotment);
	return slotsSetAside({ ...block, drawn: block.drawn ?? undefined }, recorded).includes(slot);
}

/** The desk was copied, or its manager ended it: it issues no more, and its seats stay. [AL4, AL5] */
export function freeze(
	{ hub, notes, blocks }: Ledger,
	block: AllotmentRecord,
	{ by, reason }: { by: string; reason: string }
): void {
	if (block.state !== 'open' && block.state !== 'closed') return;
	const endedAt = hub.now();
	Object.assign(block, { state: 'frozen', endedBy: by, reason, endedAt });
	blocks.changed.add(block.allotment);
	notes.push({
		at: endedAt,
		actor: by,
		action: 'allotment.frozen',
		subject: block.allotment,
		facts: { license: block.licenseId, reason, reserved: block.reserved }
	});
}

/** Its seats are free before its files have ended: what was drawn and never told is then over. [AL4] */
export function writeOff(
	ledger: Ledger,
	block: AllotmentRecord,
	{ by, reason }: { by: string; reason: string }
): void {
	const endedAt = ledger.hub.now();
	const freed = block.reserved;
	releaseSlots(ledger, block, freed);
	Object.assign(block, { state: 'written-off', endedBy: by, reason, endedAt });
	ledger.blocks.changed.add(block.allotment);
	ledger.notes.push({
		at: endedAt,
		actor: by,
		action: 'allotment.written-off',
		subject: block.allotment,
		facts: { license: block.licenseId, freed, mayBeOverage: freed, reason }
	});
}
