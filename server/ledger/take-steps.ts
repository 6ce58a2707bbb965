/**
 * Steps of what moves between customers, each taken in the transaction of the one that it is for. Seats leave
 * before they arrive, so that none is there twice, wherever it ends. [SE7, SE1, DB1]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { sendStep, takeNote, takeSteps, type TakeStep } from '#server/db/steps.ts';
import { among } from '#server/db/among.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import type { ArriveTask } from '#server/db/schema/steps.ts';
import type { Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addLicense } from './add-license.ts';
import { writeLicense } from './change-license.ts';
import { closeLedger } from './close.ts';
import { newLedger } from '#server/ledger/held/ledger.ts';

/** @param transfer - What steps are taken of; by default, of all that a hub has left. */
export function resumeSteps(hub: Hub, transfer?: string): Promise<void> {
	return takeSteps(hub, takeStep(hub), transfer);
}

function takeStep(hub: Hub): TakeStep {
	return async (shell, { transfer, task }) => {
		switch (task.kind) {
			case 'note':
				return takeNote(shell, { transfer, task });
			case 'arrive':
				await arrive(hub, shell, { transfer, task });
				return true;
			case 'leave':
				await leave(shell, task.licenseId);
				return true;
			case 'seats':
				return addSeats(hub, shell, { transfer, ...task });
		}
	};
}

async function arrive(
	hub: Hub,
	shell: Writing,
	{ transfer, task }: { transfer: string; task: ArriveTask }
): Promise<void> {
	const { license, from, leaves, actor, epoch } = task;
	const { licenseId, number, product, seats } = license;
	// Both keys led to the customer that it comes from.
	if (leaves) await shell.tx.delete(directory).where(among(directory.key, [number, licenseId]));
	const isSure = epoch === hub.epoch;
	await addLicense(shell, isSure ? license : { ...license, frozenAt: hub.now() });
	const note = { at: hub.now(), actor, subject: licenseId };
	shell.audit({ ...note, action: 'license.issued', facts: { number, product, seats, from } });
	const leaving = { kind: 'leave', licenseId } as const;
	if (leaves) await sendStep(shell, { customerId: from, task: leaving }, transfer);
}

/** A row that is gone has no revision: who mirrors the customer reads all of it again. */
async function leave({ tx, customerId, raiseRevision }: Writing, licenseId: string): Promise<void> {
	const resetRevision = await raiseRevision();
	await tx
		.delete(licenses)
		.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	await tx.update(customers).set({ resetRevision }).where(eq(customers.customerId, customerId));
}

/** A license may have moved on meanwhile, and they after it. */
async function addSeats(
	hub: Hub,
	shell: Writing,
	{ transfer, licenseId, seats: more }: { transfer: string; licenseId: string; seats: number }
): Promise<boolean> {
	const [license] = await shell.lockLicenses([licenseId]);
	if (!license) {
		const [found] = await shell.tx.select().from(directory).where(eq(directory.key, licenseId));
		if (!found || found.customerId === shell.customerId) return false;
		const task = { kind: 'seats', licenseId, seats: more } as const;
		await sendStep(shell, { customerId: found.customerId, task }, transfer);
		return true;
	}
	// It is on its way.
	if (license.successor === license.number) return false;
	const seats = license.seats + more;
	const note = { actor: 'hub', action: 'license.changed', facts: { seats } } as const;
	const raised = await writeLicense(hub, shell, { license, change: { set: { seats }, note } });
	// Somebody may wait for one of them. [RE1]
	await closeLedger(shell, newLedger(hub, shell.customerId, [raised]));
	return true;
}
