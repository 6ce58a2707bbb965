/**
 * Opening a ledger: it is read under the licenses' locks, and what time has changed of them happens
 * before anything is decided. [CL3]
 *
 * @module
 */
import { and, eq, inArray, lte } from 'drizzle-orm';
import { leave } from '#lib/domain/seats/activation-record.ts';
import { activations, giveBacks } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import { readLedger, type Wanted } from './read-ledger.ts';
import { changeActivation } from '#server/ledger/held/seats.ts';
import { sweepAllotments } from '#server/ledger/allotments/sweep-allotments.ts';

/** @param sweepAll - Time may change more than what keeps seats from being free: for the job. */
export async function openLedger(
	hub: Hub,
	writing: Writing,
	{ sweepAll = false, ...wanted }: Wanted & { sweepAll?: boolean }
): Promise<Ledger> {
	const ledger = await readLedger(hub, writing, wanted);
	await sweepCooled(writing.tx, ledger);
	await sweepAllotments(writing.tx, ledger, { all: sweepAll });
	return ledger;
}

/** Seats that have cooled are free. */
async function sweepCooled(tx: Transaction, ledger: Ledger): Promise<void> {
	const { hub, customerId, licenses, notes } = ledger;
	const cooling = [...licenses.values()].filter((row) => row.cooling > 0);
	if (cooling.length === 0) return;
	const cooled = await tx
		.select({ activation: activations, way: giveBacks.way })
		.from(activations)
		.leftJoin(
			giveBacks,
			and(eq(giveBacks.customerId, activations.customerId), eq(giveBacks.act, activations.act))
		)
		.where(
			and(
				eq(activations.customerId, customerId),
				inArray(
					activations.licenseId,
					cooling.map(({ licenseId }) => licenseId)
				),
				eq(activations.state, 'cooling'),
				lte(activations.coolsUntil, hub.freeingTime())
			)
		);
	for (const { activation, way } of cooled) {
		const { revision: _, ...known } = activation;
		changeActivation(ledger, known, leave(known, way ?? 'return'));
		notes.push({
			at: hub.now(),
			actor: 'hub',
			action: 'seat.cooled',
			subject: known.act,
			facts: { license: known.licenseId }
		});
	}
}
