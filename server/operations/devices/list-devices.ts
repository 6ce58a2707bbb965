/**
 * Devices of a person or of a customer's people, with the seats that each still blocks: whoever ends
 * one reads them before and after. [DV1]
 *
 * @module
 */
import { and, asc, eq, gt, inArray, isNotNull, not, or, sql, type SQL } from 'drizzle-orm';
import { mayEndDevicesOf, rankAt, VENDOR_ID } from '#lib/domain/access.ts';
import { freesAt } from '#lib/domain/seats/allotment.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { BlockedSeats, DeviceRow } from '#lib/protocol/people.ts';
import { among } from '#server/db/among.ts';
import { products } from '#server/db/schema/catalog.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { member, user } from '#server/db/schema/people.ts';
import { outboxes, outboxSessions } from '#server/db/schema/outboxes.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';

const PAGE = 100;

export type DeviceQuestion = {
	/** Of the people of this customer, or of the vendor; absent: one's own. */
	customerId?: string;
	after?: string;
	limit?: number;
};

export type DevicePage = { devices: DeviceRow[]; next?: string };

/** Those that may still be ended, and those that are over and block seats. */
export async function listDevices(
	hub: Hub,
	{ customerId, after, limit = PAGE }: DeviceQuestion,
	asker: Asker
): Promise<DevicePage | Refusal<'NOT_FOUND' | 'NOT_PERMITTED'>> {
	if (customerId !== undefined) {
		if (rankAt(asker, customerId) === undefined)
			return refuse('NOT_FOUND', { what: `customer ${customerId}` });
		const people = { isVendor: customerId === VENDOR_ID, customerIds: [customerId] };
		if (!mayEndDevicesOf(asker, people)) return refuse('NOT_PERMITTED', { action: 'device.list' });
	}
	const whose =
		customerId === undefined
			? eq(outboxes.userId, asker.userId)
			: inArray(
					outboxes.userId,
					hub.db
						.select({ id: member.userId })
						.from(member)
						.where(eq(member.organizationId, customerId))
				);
	const isOver = or(isNotNull(outboxes.endedAt), isNotNull(outboxes.forkedAt));
	const blocking = await blockingKeys(hub, and(whose, isOver));
	const isListed = or(not(isOver!), among(outboxes.jkt, blocking));
	const isAfter = after === undefined ? undefined : gt(outboxes.outbox, after);
	const rows = await deviceRows(hub, asker, and(whose, isListed, isAfter), limit + 1);
	const devices = rows.slice(0, limit);
	return { devices, next: rows.length > limit ? devices.at(-1)!.id : undefined };
}

/** Keys of such devices that seats are still set aside for: those of customers, asked apart. [DB1] */
async function blockingKeys({ db }: Hub, which: SQL | undefined): Promise<string[]> {
	const over = await db.select({ jkt: outboxes.jkt }).from(outboxes).where(which);
	const keys = over.flatMap(({ jkt }) => jkt ?? []);
	if (keys.length === 0) return [];
	const found = await db
		.selectDistinct({ jkt: allotments.jkt })
		.from(allotments)
		.where(and(among(allotments.jkt, keys), gt(allotments.reserved, 0)));
	return found.map(({ jkt }) => jkt);
}

/** One device as it is now. */
export async function showDevice(hub: Hub, outbox: string, asker: Asker): Promise<DeviceRow> {
	const [row] = await deviceRows(hub, asker, eq(outboxes.outbox, outbox), 1);
	if (!row) throw new Error(`device ${outbox} is gone`);
	return row;
}

async function deviceRows(
	hub: Hub,
	asker: Asker,
	which: SQL | undefined,
	limit: number
): Promise<DeviceRow[]> {
	const sessions = hub.db
		.select({ outbox: outboxSessions.outbox, count: sql<number | null>`count(*)::int`.as('count') })
		.from(outboxSessions)
		.groupBy(outboxSessions.outbox)
		.as('sessions');
	const found = await hub.db
		.select({ row: outboxes, name: user.name, email: user.email, sessions: sessions.count })
		.from(outboxes)
		.leftJoin(user, eq(user.id, outboxes.userId))
		.leftJoin(sessions, eq(sessions.outbox, outboxes.outbox))
		// Without a key it is nobody's yet.
		.where(and(isNotNull(outboxes.jkt), which))
		.orderBy(asc(outboxes.outbox))
		.limit(limit);
	const keys = found.flatMap(({ row }) => row.jkt ?? []);
	const blocked = await blockedBy(hub, asker, keys);
	return found.map(({ row, name, email, sessions: count }) => ({
		id: row.outbox,
		name: row.desk ?? '',
		person: { id: row.userId, name: name ?? '', email: email ?? '' },
		createdAt: row.createdAt,
		seenAt: row.seenAt ?? undefined,
		endedAt: row.endedAt ?? undefined,
		forkedAt: row.forkedAt ?? undefined,
		sessions: count ?? 0,
		blocked: blocked.get(row.jkt ?? '') ?? []
	}));
}

/** Seats that stay set aside, by desk key and license, as far as the asker may see them. [RE2] */
async function blockedBy(
	hub: Hub,
	asker: Asker,
	keys: readonly string[]
): Promise<ReadonlyMap<string, BlockedSeats[]>> {
	if (keys.length === 0) return new Map();
	const rows = await hub.db
		.select({ block: allotments, number: licenses.number, title: products.title })
		.from(allotments)
		.innerJoin(
			licenses,
			and(
				eq(licenses.customerId, allotments.customerId),
				eq(licenses.licenseId, allotments.licenseId)
			)
		)
		.leftJoin(products, eq(products.slug, licenses.product))
		.where(and(inArray(allotments.jkt, [...keys]), gt(allotments.reserved, 0)));
	const seen = rows.filter(({ block }) => may(asker, 'customer.read', block.customerId));
	const byKey = Map.groupBy(seen, ({ block }) => block.jkt);
	return new Map(
		[...byKey].map(([jkt, some]) => [
			jkt,
			[...Map.groupBy(some, ({ number }) => number)].map(([number, blocks]) => ({
				number,
				title: blocks[0]!.title ?? '',
				seats: blocks.reduce((sum, { block }) => sum + block.reserved, 0),
				until: Math.max(...blocks.map(({ block }) => freesAt(block)))
			}))
		])
	);
}
