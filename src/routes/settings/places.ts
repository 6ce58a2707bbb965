/**
 * Where somebody may do something for other people: customers of theirs, and the vendor itself.
 *
 * @module
 */
import { mayAct, VENDOR_ID, type Action } from '#lib/domain/access.ts';
import type { Identity } from '#lib/desk/store/state-rows.ts';

export type ManagedPlace = { id: string; name: string };

/** @param vendorName - What the vendor's own people are called as a group. */
export function placesWhere(
	identity: Identity | null | undefined,
	action: Action,
	vendorName: string
): ManagedPlace[] {
	if (!identity) return [];
	const places: ManagedPlace[] = identity.customers.filter(({ role }) => mayAct(role, action));
	if (mayAct(identity.vendor, 'staff.manage')) places.push({ id: VENDOR_ID, name: vendorName });
	return places;
}
