/**
 * One member among the others of a customer, or of the vendor.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import type { Role, VendorRole } from '#lib/domain/access.ts';
import { member } from '#server/db/schema/people.ts';
import type { Writing } from '#server/db/writing.ts';

export type WhichMember = {
	/** A customer, or the vendor. */
	organizationId: string;
	userId: string;
};

/**
 * Locks the customer, so that of two owners who leave at once the second is the last.
 *
 * @returns With the roles of all others; `undefined` where nobody belongs there by this id.
 */
export async function findMember(
	{ tx, raiseRevision }: Writing,
	{ organizationId, userId }: WhichMember
): Promise<{ id: string; role: Role | VendorRole; others: (Role | VendorRole)[] } | undefined> {
	await raiseRevision();
	const all = await tx.select().from(member).where(eq(member.organizationId, organizationId));
	const found = all.find((each) => each.userId === userId);
	if (!found) return undefined;
	const others = all.filter((each) => each !== found).map(({ role }) => role);
	return { id: found.id, role: found.role, others };
}
