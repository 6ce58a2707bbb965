/**
 * Suspending a license and taking that back. What was granted stays granted; nothing new is.
 * Requests may have waited for seats that became free meanwhile, and draws for the hub's file. [RE1, AL4]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { licenses } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { reopenLedger } from '#server/ledger/ledger.ts';
import { saveLedger } from '#server/ledger/close.ts';

type Which = { customerId: string; licenseId: string };

export async function suspendLicense(hub: Hub, which: Which, actor = 'hub'): Promise<void> {
	await setSuspension(hub, which, { suspendedAt: hub.now(), actor });
}

export async function resumeLicense(hub: Hub, which: Which, actor = 'hub'): Promise<void> {
	await setSuspension(hub, which, { suspendedAt: null, actor });
}

async function setSuspension(
	hub: Hub,
	{ customerId, licenseId }: Which,
	{ suspendedAt, actor }: { suspendedAt: number | null; actor: string }
): Promise<void> {
	await writing(hub.db, async (shell) => {
		const { tx, lockLicenses, raiseRevision, audit } = shell;
		const [license] = await lockLicenses(customerId, [licenseId]);
		// Asked twice: the first time stands, and desks have nothing new to learn.
		if (!license || (license.suspendedAt === null) === (suspendedAt === null)) return;
		const revision = await raiseRevision(customerId);
		await tx
			.update(licenses)
			.set({ suspendedAt, revision })
			.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
		audit(customerId, {
			at: hub.now(),
			actor,
			action: suspendedAt === null ? 'license.resumed' : 'license.suspended',
			subject: licenseId,
			facts: {}
		});
		const changed = { ...license, suspendedAt };
		await saveLedger(shell, reopenLedger(hub, changed));
	});
}
