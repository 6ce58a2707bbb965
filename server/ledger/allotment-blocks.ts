/**
 * The part of a ledger that allotments are: read under the locks of their licenses, changed in
 * memory, saved with the rest. As many statements for five hundred draws as for one. [AL4, AL5]
 *
 * @module
 */
import { and, eq, inArray } from 'drizzle-orm';
import { slotsSetAside } from '#lib/domain/allotment.ts';
import { allotments, draws } from '#server/db/schema/ledger.ts';
import { insertRows } from '#server/db/rows.ts';
import type { Transaction } from '#server/db/store.ts';
import type { AllotmentRecord, Blocks, Ledger } from './ledger.ts';
import { releaseSlots } from './seats.ts';

/** @param ids - Allotments that draws, closes and returns of draws name. */
export async function readBlocks(
	tx: Transaction,
	{ customerId, blocks }: Ledger,
	ids: readonly string[]
): Promise<void> {
	const wanted = [...new Set(ids)];
	if (wanted.length === 0) return;
	const rows = await tx
		.select()
		.from(allotments)
		.where(and(eq(allotments.customerId, customerId), inArray(allotments.allotment, wanted)));
	for (const { revision: _, ...row } of rows) blocks.allotments.set(row.allotment, row);
	blocks.draws.push(
		...(await tx
			.select()
			.from(draws)
			.where(and(eq(draws.customerId, customerId), inArray(draws.allotment, wanted))))
	);
}

export async function writeBlocks(
	tx: Transaction,
	{ blocks }: Ledger,
	revision: number
): Promise<void> {
	const rows = [...blocks.changed].map((id) => ({ ...blocks.allotments.get(id)!, revision }));
	await insertRows(tx, allotments, rows, [
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
	]);
	await insertRows(tx, draws, blocks.added);
}

/** Slots of an allotment that a draw was recorded of. */
export function recordedSlots({ draws: known }: Blocks, allotment: string): Set<number> {
	return new Set(known.filter((row) => row.allotment === allotment).map(({ slot }) => slot));
}

export function isSetAside(blocks: Blocks, block: AllotmentRecord, slot: number): boolean {
	const recorded = recordedSlots(blocks, block.allotment);
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
