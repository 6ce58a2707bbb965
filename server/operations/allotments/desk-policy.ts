/**
 * What desks of a license may hold, as its manager says. [AL1]
 *
 * @module
 */
import type { DeskPolicy } from '#lib/domain/allotment.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { mayManage, type Asker, type Hub } from '#server/hub/hub.ts';
import { changeLicense } from '#server/ledger/change-license.ts';

/** From now on; what is absent stays. */
export type DeskPolicyChange = Partial<DeskPolicy>;

/** The license is one that the asker may see. */
export async function setDeskPolicy(
	hub: Hub,
	which: { customerId: string; licenseId: string },
	{ policy, asker }: { policy: DeskPolicyChange; asker: Asker }
): Promise<Refusal | undefined> {
	if (!mayManage(asker, which.customerId))
		return refuse('NOT_PERMITTED', { action: 'license.allotments' });
	await changeLicense(hub, which, (license) => {
		const { deskSeats, offlineShare, allotmentDays, drawDays } = { ...license, ...policy };
		const set = { deskSeats, offlineShare, allotmentDays, drawDays };
		const facts = { ...set, offlineShare: offlineShare ?? undefined };
		return { set, note: { actor: asker.userId, action: 'license.changed', facts } };
	});
	return undefined;
}
