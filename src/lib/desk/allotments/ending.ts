/**
 * What a license manager decides about the allotments of desks. Only online: the hub decides under
 * the license's lock, and the mirror shows it after the next pull. [AL4]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { hubClient, judgeFailure } from '#lib/desk/hub/hub.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';

/** A desk that is lost or should issue no more: it gets no new seats, and nothing is set free yet. */
export function endAllotment(allotment: string, reason: string): Promise<Refusal | undefined> {
	return ask(() => hubClient.allotment.end.mutate({ allotment, reason }));
}

/** Frees the seats that are still set aside, early while something can still be issued from them. [AL1] */
export function writeOffAllotment(
	allotment: string,
	{ reason, early }: { reason: string; early: boolean }
): Promise<Refusal | undefined> {
	return ask(() => hubClient.allotment.writeOff.mutate({ allotment, reason, early }));
}

/** How many seats of a license one person may hold, and for how many days a desk may issue. [AL1] */
export function setDeskPolicy(
	number: string,
	policy: { deskSeats: number; allotmentDays: number }
): Promise<Refusal | undefined> {
	return ask(() => hubClient.license.allotments.mutate({ number, ...policy }));
}

async function ask(decide: () => Promise<unknown>): Promise<Refusal | undefined> {
	try {
		await decide();
		syncNow();
		return undefined;
	} catch (error) {
		const failure = judgeFailure(error);
		if ('refusal' in failure) return failure.refusal;
		return refuse('HUB_UNREACHABLE', { hub: location.origin });
	}
}
