/**
 * Hearing from a machine without anything to be decided for it. [P11]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import { activations } from '#server/db/schema/ledger.ts';
import type { Writing } from '#server/db/writing.ts';

/** Something that the key of this machine has signed has come. Its desks hear of it where the ledger knows it. */
export async function hearMachine(
	{ tx, lockLicenses, raiseRevision }: Writing,
	{ customerId, licenseId, act }: { customerId: string; licenseId: string; act: string },
	heardAt: Seconds
): Promise<void> {
	await lockLicenses([licenseId]);
	const known = and(eq(activations.customerId, customerId), eq(activations.act, act));
	const [row] = await tx.select({ act: activations.act }).from(activations).where(known);
	if (!row) return;
	const revision = await raiseRevision();
	await tx.update(activations).set({ heardAt, revision }).where(known);
}
