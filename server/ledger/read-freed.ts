/**
 * What counts against a quota: activations that were given back in the span, and machines replaced.
 *
 * @module
 */
import { and, count, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import { countedChanges, type LeavingWay } from '#lib/domain/seats/activation-record.ts';
import { QUOTA_SPAN_SECONDS } from '#lib/domain/seats/giving-back.ts';
import { activations, giveBacks } from '#server/db/schema/ledger.ts';
import { among } from '#server/db/among.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';
import { quotaKey, type Ledger } from '#server/ledger/held/ledger.ts';

/** How many machines of a license were replaced in the span: retired, or changed and counted. [SE6] */
export async function readReplacements(
	tx: Transaction,
	{ hub, customerId, freedInSpan }: Ledger,
	licenseIds: readonly string[]
): Promise<void> {
	const missing = [...new Set(licenseIds)].filter(
		(licenseId) => !freedInSpan.has(quotaKey(licenseId, 'replace'))
	);
	if (missing.length === 0) return;
	const [retired, changed] = await Promise.all([
		countFreed(tx, { customerId, licenseIds: missing, way: 'retire', since: spanStart(hub) }),
		tx
			.select({ licenseId: activations.licenseId, changes: activations.changes })
			.from(activations)
			.where(
				and(
					eq(activations.customerId, customerId),
					inArray(activations.licenseId, missing),
					isNotNull(activations.changes)
				)
			)
	]);
	for (const licenseId of missing) {
		const ofLicense = <R extends { licenseId: string }>(rows: readonly R[]) =>
			rows.filter((row) => row.licenseId === licenseId);
		const counted = ofLicense(changed).flatMap((row) => countedChanges(row, hub.now()));
		const freed = ofLicense(retired).reduce((sum, row) => sum + row.freed, 0);
		freedInSpan.set(quotaKey(licenseId, 'replace'), freed + counted.length);
	}
}

function spanStart(hub: Hub): number {
	return hub.now() - QUOTA_SPAN_SECONDS;
}

type GivenBackWanted = {
	leaving: readonly { act: string; licenseId: string; way: LeavingWay }[];
	/** Further activations. */
	acts: readonly string[];
	/** Licenses whose quota counts where any of these is meant. */
	licenseIds: readonly string[];
};

export async function readGivenBack(
	tx: Transaction,
	{ hub, customerId, givenBack, freedInSpan, blocks }: Ledger,
	{ leaving, acts: meant, licenseIds: others }: GivenBackWanted
): Promise<void> {
	// A drawn file is given back by its own name, and counts as what it was recorded as.
	const counted = blocks.draws.map(({ act }) => act);
	const acts = [...new Set([...leaving.map(({ act }) => act), ...counted, ...meant])];
	const returned = leaving.filter(({ way }) => way === 'return');
	// A draw may prove a return that came before it.
	const drawn = meant.length > 0 ? others : [];
	const licenseIds = [...new Set([...returned.map(({ licenseId }) => licenseId), ...drawn])];
	const since = spanStart(hub);
	const [before, freed] = await Promise.all([
		tx
			.select()
			.from(giveBacks)
			.where(and(eq(giveBacks.customerId, customerId), among(giveBacks.act, acts))),
		countFreed(tx, { customerId, licenseIds, way: 'return', since })
	]);
	for (const { revision: _, ...row } of before) givenBack.set(row.act, row);
	for (const row of freed) freedInSpan.set(quotaKey(row.licenseId, 'return'), row.freed);
}

type Freed = { licenseId: string; freed: number };

async function countFreed(
	tx: Transaction,
	asked: { customerId: string; licenseIds: readonly string[]; way: LeavingWay; since: number }
): Promise<Freed[]> {
	if (asked.licenseIds.length === 0) return [];
	return tx
		.select({ licenseId: giveBacks.licenseId, freed: count() })
		.from(giveBacks)
		.where(
			and(
				eq(giveBacks.customerId, asked.customerId),
				inArray(giveBacks.licenseId, [...asked.licenseIds]),
				eq(giveBacks.way, asked.way),
				gt(giveBacks.at, asked.since),
				sql`${giveBacks.freed}`
			)
		)
		.groupBy(giveBacks.licenseId);
}
