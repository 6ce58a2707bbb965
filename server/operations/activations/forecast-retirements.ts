/**
 * What would become of the seats of machines if they were retired now, one after the other: decided as it
 * would be, and then forgotten. [SE6, P11]
 *
 * @module
 */
import type { GivenBack } from '#lib/domain/seats/giving-back.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { writing } from '#server/db/writing.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { recordRetirement } from '#server/ledger/give-back.ts';
import { replacementsLeft } from '#server/ledger/held/given-back.ts';
import { openLedger } from '#server/ledger/open.ts';
import { readJoined } from '#server/ledger/allotments/allotment-blocks.ts';
import { findActivation } from './find-activation.ts';

export type RetirementForecast = {
	/** In the order of what was asked. */
	seats: (GivenBack & { act: string })[];
	/** Of each license: how many machines may still be replaced this year with their seats free at once. */
	quotas: { number: string; left: number }[];
};

/** @returns The first refusal that retiring any of them would meet. */
export async function forecastRetirements(
	hub: Hub,
	acts: readonly string[],
	asker: Asker
): Promise<RetirementForecast | Refusal<'NOT_FOUND' | 'NOT_PERMITTED'>> {
	const meant: { act: string; customerId: string; licenseId: string }[] = [];
	for (const act of new Set(acts)) {
		const found = await findActivation(hub, act, asker);
		if (isRefusal(found)) return found;
		if (!may(asker, 'machine.retire', found.customerId))
			return refuse('NOT_PERMITTED', { action: 'machine.retire' });
		meant.push({ act, ...found });
	}
	const given = new Map<string, GivenBack>();
	const quotas: RetirementForecast['quotas'] = [];
	for (const [customerId, own] of Map.groupBy(meant, (each) => each.customerId))
		await writing(hub.db, customerId, async (shell) => {
			const leaving = own.map(({ act, licenseId }) => ({ act, licenseId, way: 'retire' as const }));
			const ledger = await openLedger(hub, shell, { leaving });
			for (const license of ledger.licenses.values())
				quotas.push({ number: license.number, left: replacementsLeft(ledger, license) });
			for (const { act } of own) {
				await readJoined(shell.tx, ledger, act);
				given.set(act, recordRetirement(ledger, { act }).given);
			}
			// The ledger is not closed: nothing of it is written.
		});
	return { seats: meant.map(({ act }) => ({ act, ...given.get(act)! })), quotas };
}
