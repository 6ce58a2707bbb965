/**
 * What people decide about allotments: a lost desk is ended, and its seats are written off once it can
 * issue no more. [AL4]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { freesAt, judgeWriteOff, type AllotmentState } from '#lib/domain/seats/allotment.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { writing } from '#server/db/writing.ts';
import { freeze, writeOff } from '#server/ledger/allotments/allotment-blocks.ts';
import type { AllotmentRecord, Ledger } from '#server/ledger/held/ledger.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';

/** How an allotment stands now. */
export type AllotmentStanding = {
	id: string;
	state: AllotmentState;
	/** Seats that stay blocked, and when they are free at the latest. */
	blocked: number;
	until: Seconds;
};

type Named = { allotment: string; reason: string };

/** A desk is lost: it gets no other, and its seats stay until its files have ended. */
export async function endAllotment(
	hub: Hub,
	{ allotment: id, reason }: Named,
	asker: Asker
): Promise<AllotmentStanding | Refusal> {
	return changeAllotment(hub, { id, action: 'allotment.end', asker }, (ledger, block) => {
		if (block.state === 'frozen') return undefined;
		if (block.state !== 'open')
			return refuse('ALLOTMENT_CLOSED', { allotment: id, state: block.state });
		freeze(ledger, block, { by: asker.userId, reason });
		return undefined;
	});
}

/**
 * Its seats are free before its files have ended: what was drawn and never told is then over.
 *
 * @param named - `early`: while the desk may still issue. [AL1]
 */
export async function writeOffAllotment(
	hub: Hub,
	{ allotment: id, reason, early = false }: Named & { early?: boolean },
	asker: Asker
): Promise<AllotmentStanding | Refusal> {
	return changeAllotment(hub, { id, action: 'allotment.writeOff', asker }, (ledger, block) => {
		if (block.state === 'written-off') return undefined;
		// A leap of the clock ends nothing. [CL3]
		const refusal = judgeWriteOff({ ...block, id }, { now: hub.freeingTime(), isEarly: early });
		if (refusal) return refusal;
		writeOff(ledger, block, { by: asker.userId, reason });
		return undefined;
	});
}

async function changeAllotment(
	hub: Hub,
	{ id, action, asker }: { id: string; action: string; asker: Asker },
	change: (ledger: Ledger, block: AllotmentRecord) => Refusal | undefined
): Promise<AllotmentStanding | Refusal> {
	const [found] = await hub.db
		.select({ customerId: allotments.customerId, licenseId: allotments.licenseId })
		.from(allotments)
		.where(eq(allotments.allotment, id));
	if (!found || !may(asker, 'customer.read', found.customerId))
		return refuse('ALLOTMENT_NOT_FOUND', { allotment: id });
	const { customerId, licenseId } = found;
	if (!may(asker, 'allotment.end', customerId)) return refuse('NOT_PERMITTED', { action });
	return writing(hub.db, customerId, async (shell) => {
		const ledger = await openLedger(hub, shell, {
			licenseIds: [licenseId],
			blocks: [{ id, max: 0 }]
		});
		const block = ledger.blocks.allotments.get(id);
		if (!block) throw new Error(`allotment ${id} is gone`);
		const refusal = change(ledger, block);
		await closeLedger(shell, ledger);
		if (refusal) return refusal;
		return { id, state: block.state, blocked: block.reserved, until: freesAt(block) };
	});
}
