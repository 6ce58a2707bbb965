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
import { sendStep } from '#server/db/steps.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { resumeSteps } from '#server/ledger/take-steps.ts';

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
	const left = await writing(hub.db, from.customerId, async (shell) => {
		const [license] = await shell.lockLicenses([from.licenseId]);
		const free = license ? freeSeats(license.seats, license) : 0;
		if (!license || free === 0) return undefined;
		const seats = license.seats - free;
		const note = { actor: 'hub', action: 'license.changed', facts: { seats } } as const;
		await writeLicense(hub, shell, { license, change: { set: { seats }, note } });
		const task = { kind: 'seats', licenseId: to.licenseId, seats: free } as const;
		const transfer = await sendStep(shell, { customerId: to.customerId, task });
		return { free, transfer };
	});
	if (!left) return 0;
	await resumeSteps(hub, left.transfer);
	return left.free;
}
