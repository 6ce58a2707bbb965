/**
 * The part of a ledger that allotments are: read under the locks of their licenses, changed in
 * memory, saved with the rest. As many statements for five hundred draws as for one. [AL4, AL5]
 *
 * @module
 */
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { actOfDraw, slotOfAct, slotsSetAside } from '#lib/domain/allotment.ts';
import { among } from '#server/db/among.ts';
import { allotments, draws } from '#server/db/schema/allotments.ts';
import { activations } from '#server/db/schema/ledger.ts';
import { insertOf, updateOf } from '#server/db/rows.ts';
import type { Transaction } from '#server/db/database.ts';
import type { AllotmentRecord, Blocks, DrawRecord, Ledger } from './ledger.ts';
import { releaseSlots } from './seats.ts';

/** An allotment that is meant, with its slots: it may not be known yet. */
export type MeantBlock = { id: string; max: number };

/** @param meant - Allotments that draws, closes and returns of draws name. */
export async function readBlocks(
	tx: Transaction,
	ledger: Ledger,
	meant: readonly MeantBlock[]
): Promise<void> {
	const { customerId, blocks } = ledger;
	const wanted = [...new Set(meant.map(({ id }) => id))];
	if (wanted.length === 0) return;
	await readAllotments(tx, ledger, wanted);
	noteDraws(
		blocks,
		await tx
			.select()
			.from(draws)
			.where(and(eq(draws.customerId, customerId), inArray(draws.allotment, wanted)))
	);
	const names = meant.flatMap(({ id, max }) =>
		Array.from({ length: max }, (_, at) => actOfDraw(id, at + 1))
	);
	if (names.length === 0) return;
	const told = await tx
		.select({ act: activations.act })
		.from(activations)
		.where(and(eq(activations.customerId, customerId), among(activations.act, names)));
	for (const { act } of told) blocks.told.add(act);
}

/** Allotments that are not known yet, without their draws. */
export async function readAllotments(
	tx: Transaction,
	{ customerId, blocks }: Ledger,
	ids: readonly string[]
): Promise<void> {
	const missing = [...new Set(ids)].filter((id) => !blocks.allotments.has(id));
	if (missing.length === 0) return;
	const rows = await tx
		.select()
		.from(allotments)
		.where(and(eq(allotments.customerId, customerId), inArray(allotments.allotment, missing)));
	for (const { revision: _, ...row } of rows) blocks.allotments.set(row.allotment, row);
}

/** Each draw once, however it was found. */
export function noteDraws({ draws: known }: Blocks, found: readonly DrawRecord[]): void {
	const ids = new Set(known.map(({ jti }) => jti));
	known.push(...found.filter(({ jti }) => !ids.has(jti)));
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
