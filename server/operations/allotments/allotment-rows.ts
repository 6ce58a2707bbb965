/**
 * Allotments as desks mirror them. The file is harmless without the key of its desk. [AL1]
 *
 * @module
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { AllotmentRow } from '#lib/protocol/rows.ts';
import { user } from '#server/db/schema/people.ts';
import { allotments, draws } from '#server/db/schema/allotments.ts';
import type { Database } from '#server/db/database.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import type { DrawRecord } from '#server/ledger/held/ledger.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';

type Found = { allotment: typeof allotments.$inferSelect; userName: string | null };

/** Allotments with the names of those who asked for them, in the order of their ids. */
export function selectAllotments(db: Database) {
	return db
		.select({ allotment: allotments, userName: user.name })
		.from(allotments)
		.leftJoin(user, eq(user.id, allotments.userId))
		.orderBy(asc(allotments.allotment))
		.$dynamic();
}

/** Those that the asker may see, in the order in which they were asked for. */
export async function listAllotments(hub: Hub, asker: Asker): Promise<AllotmentRow[]> {
	const own = [...asker.roles.keys()];
	if (!asker.vendor && own.length === 0) return [];
	const found = await selectAllotments(hub.db).where(
		asker.vendor ? undefined : inArray(allotments.customerId, own)
	);
	const rows: AllotmentRow[] = [];
	for (const [customerId, some] of Map.groupBy(found, (row) => row.allotment.customerId))
		rows.push(...(await allotmentRows(hub, customerId, some)));
	return rows;
}

/** @param found - Of one customer. */
export async function allotmentRows(
	hub: Hub,
	customerId: string,
	found: readonly Found[]
): Promise<AllotmentRow[]> {
	const ended = found.flatMap(({ allotment }) =>
		allotment.endedBy === null ? [] : [allotment.allotment]
	);
	const contested = await findContested(hub.db, customerId, ended);
	return found.map(({ allotment: row, userName }) => {
		const { allotment: id, licenseId, desk, jkt, max, reserved, state, revision } = row;
		const { issueUntil, filesUntil, kid, token } = row;
		return {
			id,
			customerId,
			licenseId,
			desk,
			userName: userName ?? '',
			jkt,
			max,
			reserved,
			state,
			issueUntil,
			filesUntil,
			revision,
			contested: contested.get(id),
			file: answerFile(hub, { kid, token })
		};
	});
}

/** Slots that were drawn twice, with both signatures. [AL5] */
async function findContested(
	db: Database,
	customerId: string,
	ids: readonly string[]
): Promise<ReadonlyMap<string, AllotmentRow['contested']>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select()
		.from(draws)
		.where(and(eq(draws.customerId, customerId), inArray(draws.allotment, [...ids])))
		.orderBy(asc(draws.slot), asc(draws.recordedAt), asc(draws.jti));
	const found = new Map<string, AllotmentRow['contested']>();
	for (const [id, some] of Map.groupBy(rows, ({ allotment }) => allotment)) {
		const slots = [...Map.groupBy(some, ({ slot }) => slot)].filter(([, each]) =>
			each.some(({ state }) => state === 'contested')
		);
		if (slots.length > 0)
			found.set(
				id,
				slots.map(([slot, each]) => ({ slot, draws: each.map(signatureOf) }))
			);
	}
	return found;
}

function signatureOf({ token }: DrawRecord) {
	return { label: storedClaims('activation', token).label, token };
}
