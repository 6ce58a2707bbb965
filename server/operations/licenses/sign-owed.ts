/**
 * What nobody could sign while the hub had no key: those who wait for a seat that is free, and files
 * for what desks drew, get theirs once it has one. [KE1, RE1, AL4]
 *
 * @module
 */
import { and, eq, gt, sql } from 'drizzle-orm';
import { draws } from '#server/db/schema/allotments.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { reopenLedger } from '#server/ledger/held/ledger.ts';

export async function signOwed(hub: Hub): Promise<void> {
	if (hub.signer.ended()) return;
	for (const { customerId, licenseId } of await findOwed(hub))
		await writing(hub.db, customerId, async (shell) => {
			const [license] = await shell.lockLicenses([licenseId]);
			if (license) await closeLedger(shell, reopenLedger(hub, license));
		});
}

async function findOwed({ db }: Hub): Promise<{ customerId: string; licenseId: string }[]> {
	const { active, reserved, cooling, seats } = licenses;
	const waited = await db
		.select({ customerId: licenses.customerId, licenseId: licenses.licenseId })
		.from(licenses)
		.where(and(gt(licenses.waiting, 0), sql`${active} + ${reserved} + ${cooling} < ${seats}`));
	const drawn = await db
		.selectDistinct({ customerId: activations.customerId, licenseId: activations.licenseId })
		.from(draws)
		.innerJoin(
			activations,
			and(eq(activations.customerId, draws.customerId), eq(activations.act, draws.act))
		)
		.where(and(eq(activations.drawn, true), eq(activations.state, 'active')));
	return [...waited, ...drawn];
}
