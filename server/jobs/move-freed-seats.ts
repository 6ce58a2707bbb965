/**
 * Seats of a moved license that have become free follow to its successor: a committed job. Until it
 * runs they are granted to nobody, so no seat counts twice. [SE7, SE1]
 *
 * @module
 */
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { freeSeats } from '#lib/domain/seat.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { across, type LicenseRecord } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { newLedger } from '#server/ledger/ledger.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { closeLedger } from '#server/ledger/close.ts';

/** @returns How many seats moved. */
export async function moveFreedSeats(hub: Hub): Promise<number> {
	// Of all customers: a job looks at the whole, by an index of what has moved.
	const used = sql`${licenses.active} + ${licenses.reserved} + ${licenses.cooling}`;
	const due = await hub.db
		.select({ from: licenses, to: directory })
		.from(licenses)
		.innerJoin(directory, eq(directory.key, licenses.successor))
		.where(and(isNotNull(licenses.successor), sql`${licenses.seats} > ${used}`));
	let moved = 0;
	for (const { from, to } of due) moved += await moveOne(hub, from, to);
	return moved;
}

type Which = { customerId: string; licenseId: string };

async function moveOne(hub: Hub, from: Which, to: Which): Promise<number> {
	return across(hub.db, [from.customerId, to.customerId], async (of) => {
		const rows = new Map<string, LicenseRecord>();
		// In the order in which every other writer locks them.
		for (const { customerId, licenseId } of inOrder([from, to])) {
			const [row] = await of(customerId).lockLicenses([licenseId]);
			if (!row) throw new Error(`license ${licenseId} is in the directory only`);
			rows.set(licenseId, row);
		}
		const [left, taking] = [rows.get(from.licenseId)!, rows.get(to.licenseId)!];
		const free = freeSeats(left.seats, left);
		if (free === 0) return 0;
		for (const id of [from.customerId, to.customerId].sort()) await of(id).raiseRevision();
		const follow = (license: LicenseRecord, seats: number) =>
			writeLicense(hub, of(license.customerId), {
				license,
				change: {
					set: { seats },
					note: { actor: 'hub', action: 'license.changed', facts: { seats } }
				}
			});
		await follow(left, left.seats - free);
		const raised = await follow(taking, taking.seats + free);
		// Somebody may wait for one of them. [RE1]
		await closeLedger(of(to.customerId), newLedger(hub, raised.customerId, [raised]));
		return free;
	});
}

function inOrder(which: readonly Which[]): Which[] {
	const place = ({ customerId, licenseId }: Which) => `${customerId} ${licenseId}`;
	return [...which].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
