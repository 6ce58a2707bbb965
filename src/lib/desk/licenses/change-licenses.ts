/**
 * Changes of licenses that the vendor's people ask of the hub, one license at a time.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { askHub } from '#lib/desk/hub/asking.ts';

/** Asked twice, the first time stands. */
export async function suspendOne(
	licenseId: string,
	suspend: boolean
): Promise<Refusal | undefined> {
	const verb = suspend ? 'suspend' : 'resume';
	return refusalOf(await askHub((hub) => hub.license[verb].mutate({ licenseId })));
}

/** Ends that stay are left out. */
export async function renewOne(
	number: string,
	ends: { maintainedUntil?: Seconds; expiresAt?: Seconds }
): Promise<Refusal | undefined> {
	return refusalOf(await askHub((hub) => hub.license.renew.mutate({ number, ...ends })));
}

function refusalOf(answer: object | null): Refusal | undefined {
	return isRefusal(answer) ? answer : undefined;
}
