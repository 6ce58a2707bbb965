/**
 * What desks of a license may hold, as its manager says. [AL1]
 *
 * @module
 */
import type { DeskPolicy } from '#lib/domain/seats/allotment.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { changeLicense } from '#server/ledger/change-license.ts';

/** From now on; what is absent stays. */
export type DeskPolicyChange = Partial<DeskPolicy>;

/** The license is one that the asker may see. A trial has no offline seats. [TR2] */
export async function setDeskPolicy(
	hub: Hub,
	which: { customerId: string; licenseId: string },
	{ policy, asker }: { policy: DeskPolicyChange; asker: Asker }
): Promise<Refusal | undefined> {
	if (!may(asker, 'license.allotments', which.customerId))
		return refuse('NOT_PERMITTED', { action: 'license.allotments' });
	let refusal: Refusal | undefined;
	await changeLicense(hub, which, (license) => {
		if (license.trialDays !== null) {
			const { number } = license;
			refusal = refuse('ALLOTMENT_LIMIT_REACHED', { number, allowed: 0, held: 0, of: 'license' });
			return undefined;
		}
		const { deskSeats, offlineShare, allotmentDays, drawDays } = { ...license, ...policy };
		const set = { deskSeats, offlineShare, allotmentDays, drawDays };
		const facts = { ...set, offlineShare: offlineShare ?? undefined };
		return { set, note: { actor: asker.userId, action: 'license.changed', facts } };
	});
	return refusal;
}
