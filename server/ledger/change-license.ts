/**
 * Changing a license itself: its row is locked, what changes is decided of it as it is now, and desks
 * and the audit hear of it in the same transaction. [SE2, AU1]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import type { AuditNote } from '#lib/domain/audit/audit.ts';
import { seatCeiling } from '#lib/domain/seat.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { writing, type LicenseRecord, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { closeLedger } from './close.ts';
import { reopenLedger } from '#server/ledger/held/ledger.ts';

/** Of a license, all that is neither counted in its ledger nor what others find it by. */
type Changeable = Omit<
	LicenseRecord,
	| 'customerId'
	| 'licenseId'
	| 'number'
	| 'active'
	| 'reserved'
	| 'cooling'
	| 'waiting'
	| 'revoked'
	| 'ceiling'
	| 'revision'
	| 'createdAt'
>;

/** What is different from now on, and what the audit says about it. */
export type LicenseChange = {
	set: Partial<Changeable>;
	note: Pick<AuditNote, 'actor' | 'action' | 'facts'>;
};

/**
 * Changes one license. Requests may have waited for what changes, and draws for the hub's file: they
 * are served before the transaction ends. [RE1, AL4]
 *
 * @param decide - Pure. `undefined` where it is so already: nothing is written then.
 */
export async function changeLicense(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	decide: (license: LicenseRecord) => LicenseChange | undefined
): Promise<void> {
	await writing(hub.db, customerId, async (shell) => {
		const [license] = await shell.lockLicenses([licenseId]);
		if (!license) throw new Error(`license ${licenseId} is in the directory only`);
		const change = decide(license);
		if (!change) return;
		const changed = await writeLicense(hub, shell, { license, change });
		await closeLedger(shell, reopenLedger(hub, changed));
	});
}

/**
 * The same within a transaction that has locked the license. Where seats may have become free, the
 * caller closes a ledger of it. Fewer seats than are in use cancel nothing. [SE4]
 *
 * @returns The license as it is now.
 */
export async function writeLicense(
	hub: Hub,
	{ tx, raiseRevision, audit }: Writing,
	{ license, change: { set, note } }: { license: LicenseRecord; change: LicenseChange }
): Promise<LicenseRecord> {
	const { customerId, licenseId } = license;
	const revision = await raiseRevision();
	const seats = set.seats ?? license.seats;
	const written = { ...set, ceiling: seatCeiling(seats, license), revision };
	await tx
		.update(licenses)
		.set(written)
		.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	audit({ ...note, at: hub.now(), subject: licenseId });
	return { ...license, ...written };
}
