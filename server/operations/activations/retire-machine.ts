/**
 * A machine that burnt or was lost: its manager says so, and its seat is free again, at once as far
 * as the quota goes. What was signed for it is revoked, as far as files travel. [SE6]
 *
 * @module
 */
import { and, eq, ne } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { GivenBack } from '#lib/domain/seats/giving-back.ts';
import { draws } from '#server/db/schema/allotments.ts';
import type { Transaction } from '#server/db/database.ts';
import { writing } from '#server/db/writing.ts';
import { recordRetirement } from '#server/ledger/give-back.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { readJoined } from '#server/ledger/allotments/allotment-blocks.ts';
import { openLedger } from '#server/ledger/open.ts';
import { revoke } from '#server/ledger/revocations.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { findActivation } from './find-activation.ts';

/** `isNew` is false where the seat had been given back before, by whichever way. */
export type Retired = GivenBack & { act: string; isNew: boolean };

export async function retireMachine(
	hub: Hub,
	{ act, reason }: { act: string; reason: string },
	asker: Asker
): Promise<Retired | Refusal<'NOT_FOUND' | 'NOT_PERMITTED'>> {
	const found = await findActivation(hub, act, asker);
	if (isRefusal(found)) return found;
	const { customerId, licenseId } = found;
	if (!may(asker, 'machine.retire', customerId))
		return refuse('NOT_PERMITTED', { action: 'machine.retire' });
	return writing(hub.db, customerId, async (shell) => {
		const leaving = [{ act, licenseId, way: 'retire' as const }];
		const ledger = await openLedger(hub, shell, { leaving });
		await readJoined(shell.tx, ledger, act);
		const { given, isNew } = recordRetirement(ledger, {
			act,
			by: { userId: asker.userId, reason }
		});
		const license = ledger.licenses.get(licenseId)!;
		if (isNew) await revoke(hub, shell.tx, license, await actsOf(shell.tx, customerId, act));
		await closeLedger(shell, ledger);
		return { ...given, act, isNew };
	});
}

/**
 * All that its files call it: those of desks may have other names. A contested slot's name is its
 * first machine's, which is not gone. [AL5]
 */
async function actsOf(tx: Transaction, customerId: string, act: string): Promise<string[]> {
	const drawn = await tx
		.selectDistinct({ act: draws.drawnAct })
		.from(draws)
		.where(and(eq(draws.customerId, customerId), eq(draws.act, act), ne(draws.state, 'contested')));
	return [...new Set([act, ...drawn.map((row) => row.act)])];
}
