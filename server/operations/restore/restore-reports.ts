/**
 * After a restore: which desks have told the hub what they hold, and who has brought something back.
 * Staff see it before they lift a freeze. [SY6]
 *
 * A desk that knew the hub before brings back what it holds as soon as it meets the new epoch, and
 * keeps the new cursor only then. So a desk has reported once it pulls by a cursor of this epoch.
 *
 * @module
 */
import { VENDOR_ID } from '#lib/domain/access.ts';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { AuditAction } from '#lib/domain/audit/audit.ts';
import type { Cursor } from '#lib/protocol/pull.ts';
import { member, user } from '#server/db/schema/people.ts';
import { audit } from '#server/db/schema/hub.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';

/** A desk as staff know it, and whether it has told this hub what it holds. */
export type DeskReport = {
	outbox: string;
	/** What people call it. */
	desk?: string;
	/** E-mail address of who uses it. */
	user: string;
	/** Whether it belongs to one of the vendor's own people. */
	staff: boolean;
	/** Ids of the customers whose members use it. */
	customers: string[];
	reportedAt?: number;
};

/** Who has brought something back: a user's address, or `carrier` for files that somebody carried. */
export type BroughtBack = { customerId: string; who: string; count: number };

export type RestoreReports = { desks: DeskReport[]; brought: BroughtBack[] };

const noted = new WeakMap<Hub, Set<string>>();

/** Notes that a desk has reported: once for each epoch, whatever it pulls afterwards. */
export async function noteReport(
	hub: Hub,
	{ outbox, cursor }: { outbox?: string; cursor?: Cursor },
	{ userId }: Asker
): Promise<void> {
	if (outbox === undefined || cursor?.hubEpoch !== hub.epoch) return;
	const known = noted.get(hub) ?? new Set();
	noted.set(hub, known);
	const mark = `${hub.epoch} ${userId} ${outbox}`;
	if (known.has(mark)) return;
	const report = { reportedEpoch: hub.epoch, reportedAt: hub.now() };
	// An outbox is somebody's from its first signed push on: a pull neither makes nor marks one. [DV1]
	const own = and(eq(outboxes.outbox, outbox), eq(outboxes.userId, userId));
	const [desk] = await hub.db.select({ epoch: outboxes.reportedEpoch }).from(outboxes).where(own);
	if (!desk) return;
	if (desk.epoch !== hub.epoch) await hub.db.update(outboxes).set(report).where(own);
	known.add(mark);
}

/** Of all customers. Desks whose outbox was closed by a fork are left out. */
export async function restoreReports({ db, epoch }: Hub): Promise<RestoreReports> {
	const rows = await db
		.select({
			row: outboxes,
			email: user.email,
			customer: member.organizationId
		})
		.from(outboxes)
		.leftJoin(user, eq(user.id, outboxes.userId))
		.leftJoin(member, eq(member.userId, outboxes.userId))
		.where(isNull(outboxes.forkedAt));
	const desks = [...Map.groupBy(rows, ({ row }) => row.outbox).values()].map((some): DeskReport => {
		const [{ row, email }] = some as [(typeof rows)[0]];
		return {
			outbox: row.outbox,
			desk: row.desk ?? undefined,
			user: email ?? row.userId,
			staff: some.some(({ customer }) => customer === VENDOR_ID),
			customers: some.flatMap(({ customer }) =>
				customer === null || customer === VENDOR_ID ? [] : [customer]
			),
			reportedAt: row.reportedEpoch === epoch ? (row.reportedAt ?? undefined) : undefined
		};
	});
	return { desks, brought: await broughtBack(db) };
}

/** What can have been done with a file that was brought back. */
const bringing: AuditAction[] = ['license.adopted', 'activation.adopted', 'activation.returned'];

async function broughtBack(db: Hub['db']): Promise<BroughtBack[]> {
	const restored = db
		.select({ customerId: audit.customerId, n: sql<number>`max(${audit.n})`.as('restored_n') })
		.from(audit)
		.where(eq(audit.action, 'hub.restored'))
		.groupBy(audit.customerId)
		.as('restored');
	return db
		.select({
			customerId: audit.customerId,
			who: sql<string>`coalesce(${user.email}, ${audit.actor})`,
			count: sql<number>`count(*)::int`
		})
		.from(audit)
		.innerJoin(
			restored,
			and(eq(restored.customerId, audit.customerId), sql`${audit.n} > ${restored.n}`)
		)
		.leftJoin(user, eq(user.id, audit.actor))
		.where(inArray(audit.action, bringing))
		.groupBy(audit.customerId, user.email, audit.actor);
}

/** Desks of a customer's people, and of staff, who see all. */
export function desksOf({ desks }: RestoreReports, customerId: string): DeskReport[] {
	return desks.filter(({ staff, customers }) => staff || customers.includes(customerId));
}
