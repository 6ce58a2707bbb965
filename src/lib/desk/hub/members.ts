/**
 * Who belongs to a customer or to the vendor's own people, as whoever looks after them asks the hub. The
 * procedures of both are alike. [PE2]
 *
 * @module
 */
import { VENDOR_ID, type Rank, type Role, type VendorRole } from '#lib/domain/access.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { askHub } from './asking.ts';
import type { hubClient } from './hub.ts';

export type Members = Awaited<ReturnType<typeof hubClient.people.list.query>>;
export type Member = Members['members'][number];
export type Invitee = Members['invitations'][number];

export function askMembers(place: string): Promise<Members | Refusal> {
	return askHub((hub) =>
		place === VENDOR_ID ? hub.staff.list.query() : hub.people.list.query({ customerId: place })
	);
}

/** @param role - One that there is at the place. */
export function inviteMember(
	place: string,
	order: { email: string; role: Rank; language: 'en' | 'de' }
): Promise<object | Refusal> {
	return askHub((hub) =>
		place === VENDOR_ID
			? hub.staff.invite.mutate({ ...order, role: order.role as VendorRole })
			: hub.people.invite.mutate({ ...order, role: order.role as Role, customerId: place })
	);
}

export function changeMemberRole(
	place: string,
	{ userId, role }: { userId: string; role: Rank }
): Promise<null | Refusal> {
	return askHub((hub) =>
		place === VENDOR_ID
			? hub.staff.role.mutate({ userId, role: role as VendorRole })
			: hub.people.role.mutate({ userId, role: role as Role, customerId: place })
	);
}

export function dropMember(place: string, userId: string): Promise<null | Refusal> {
	return askHub((hub) =>
		place === VENDOR_ID
			? hub.staff.remove.mutate({ userId })
			: hub.people.remove.mutate({ userId, customerId: place })
	);
}

export function uninvite(place: string, id: string): Promise<null | Refusal> {
	return askHub((hub) =>
		place === VENDOR_ID
			? hub.staff.withdraw.mutate({ id })
			: hub.people.withdraw.mutate({ id, customerId: place })
	);
}
