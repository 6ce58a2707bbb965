/**
 * Ending a device: its sessions end, its commands are refused from now on, its allotments freeze. What
 * has happened on it still counts when it is brought. [DV1, SY10]
 *
 * @module
 */
import { and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import { mayEndDevicesOf, VENDOR_ID } from '#lib/domain/access.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { DeviceRow } from '#lib/protocol/people.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { member, session } from '#server/db/schema/people.ts';
import { outboxes, outboxSessions } from '#server/db/schema/outboxes.ts';
import { leaveSteps, takeNote, takeSteps } from '#server/db/steps.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { freezeOutbox } from '#server/operations/allotments/freeze-outbox.ts';
import { showDevice } from './list-devices.ts';

/** What would stay blocked: for whoever may end it, to whom alone it is there. */
export async function showEndable(
	hub: Hub,
	outbox: string,
	asker: Asker
): Promise<DeviceRow | Refusal<'NOT_FOUND'>> {
	const found = await findEndable(hub, outbox, asker);
	return isRefusal(found) ? found : showDevice(hub, outbox, asker);
}

/**
 * Whoever may not end it is answered as if it were not there. Done again, it changes nothing more.
 *
 * @returns The device as it is now, with the seats that stay blocked and until when.
 */
export async function endDevice(
	hub: Hub,
	outbox: string,
	asker: Asker
): Promise<DeviceRow | Refusal<'NOT_FOUND'>> {
	const found = await findEndable(hub, outbox, asker);
	if (isRefusal(found)) return found;
	if (asker.limits?.readOnly) return refuse('NOT_FOUND', { what: `device ${outbox}` });
	const { places } = found;
	const concerned = new Set([...places, ...(await holdersOf(hub, outbox))]);
	const audited = concerned.size > 0 ? [...concerned] : [VENDOR_ID];
	const transfer = `${outbox} ended`;
	// A device is nobody's but its person's: what ends it is the vendor's own.
	await writing(hub.db, VENDOR_ID, async ({ tx }) => {
		const own = eq(outboxes.outbox, outbox);
		const { endedAt } = outboxes;
		const [row] = await tx.select({ endedAt }).from(outboxes).where(own).for('update');
		const sessions = tx
			.select({ id: outboxSessions.sessionId })
			.from(outboxSessions)
			.where(eq(outboxSessions.outbox, outbox));
		await tx.delete(session).where(inArray(session.id, sessions));
		if (row?.endedAt !== null) return;
		const at = hub.now();
		await tx.update(outboxes).set({ endedAt: at, endedBy: asker.userId }).where(own);
		const note = { at, actor: asker.userId, subject: outbox, facts: { user: found.userId } };
		const task = { kind: 'note', note: { ...note, action: 'device.ended' } } as const;
		await leaveSteps(
			tx,
			audited.map((customerId) => ({ customerId, task })),
			transfer
		);
	});
	await takeSteps(hub, takeNote, transfer);
	await freezeOutbox(hub, outbox, { by: asker.userId, reason: 'device-ended' });
	return showDevice(hub, outbox, asker);
}

async function findEndable(
	hub: Hub,
	outbox: string,
	asker: Asker
): Promise<{ userId: string; places: string[] } | Refusal<'NOT_FOUND'>> {
	const [found] = await hub.db
		.select({ userId: outboxes.userId })
		.from(outboxes)
		.where(and(eq(outboxes.outbox, outbox), isNotNull(outboxes.jkt)));
	const places = found ? await placesOf(hub, found.userId) : [];
	if (found && mayEnd(asker, found.userId, places)) return { userId: found.userId, places };
	return refuse('NOT_FOUND', { what: `device ${outbox}` });
}

function mayEnd(asker: Asker, userId: string, places: readonly string[]): boolean {
	// A key that may less than its owner looks after nobody's devices but as its role says.
	if (asker.userId === userId && !asker.limits) return true;
	const customerIds = places.filter((id) => id !== VENDOR_ID);
	return mayEndDevicesOf(asker, { isVendor: places.includes(VENDOR_ID), customerIds });
}

/** Where somebody belongs. */
async function placesOf(hub: Hub, userId: string): Promise<string[]> {
	const { organizationId: id } = member;
	const rows = await hub.db.select({ id }).from(member).where(eq(member.userId, userId));
	return rows.map((row) => row.id);
}

/** Customers whose seats were set aside for it, whether or not its person still belongs there. */
async function holdersOf(hub: Hub, outbox: string): Promise<string[]> {
	const rows = await hub.db
		.selectDistinct({ id: allotments.customerId })
		.from(allotments)
		.innerJoin(
			outboxes,
			or(eq(outboxes.jkt, allotments.jkt), eq(outboxes.outbox, allotments.outbox))
		)
		.where(eq(outboxes.outbox, outbox));
	return rows.map((row) => row.id);
}

/** Whether a device was ended: whoever has its id, which nobody guesses, is told that alone. */
export async function hasEnded(hub: Hub, outbox: string): Promise<boolean> {
	const { endedAt } = outboxes;
	const [row] = await hub.db.select({ endedAt }).from(outboxes).where(eq(outboxes.outbox, outbox));
	return row !== undefined && row.endedAt !== null;
}
