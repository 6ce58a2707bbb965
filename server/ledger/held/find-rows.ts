/**
 * The rows that decisions start from, found by index: one statement each, however many are asked for.
 *
 * @module
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import { activationComponents, activations } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { among } from '#server/db/among.ts';
import type { Transaction } from '#server/db/database.ts';
import { hashesOf } from './held-activations.ts';
import type { HeldActivation, Ledger, RequestRecord } from './ledger.ts';

export async function findRequests(
	tx: Transaction,
	customerId: string,
	ids: readonly string[]
): Promise<RequestRecord[]> {
	if (ids.length === 0) return [];
	return tx
		.select()
		.from(requests)
		.where(and(eq(requests.customerId, customerId), among(requests.request, ids)));
}

/** Reads requests that are not known yet. */
export async function readRequests(
	tx: Transaction,
	{ customerId, requests: known }: Ledger,
	ids: readonly string[]
): Promise<void> {
	const missing = ids.filter((id) => !known.has(id));
	for (const row of await findRequests(tx, customerId, missing)) known.set(row.request, row);
}

/** Activations that share a component with any of these machines, by index. */
export async function findMachines(
	tx: Transaction,
	customerId: string,
	machines: readonly { licenseId: string; fp: Fingerprint }[]
): Promise<HeldActivation[]> {
	const hashes = [...new Set(machines.flatMap(({ fp }) => hashesOf(fp)))];
	if (hashes.length === 0) return [];
	const licenseIds = [...new Set(machines.map(({ licenseId }) => licenseId))];
	const alike = tx
		.selectDistinct({ act: activationComponents.act })
		.from(activationComponents)
		.where(
			and(
				eq(activationComponents.customerId, customerId),
				among(activationComponents.licenseId, licenseIds),
				among(activationComponents.hash, hashes)
			)
		);
	return tx
		.select()
		.from(activations)
		.where(
			and(
				eq(activations.customerId, customerId),
				inArray(activations.act, alike),
				inArray(activations.state, ['active', 'cooling'])
			)
		);
}

/** Activations of these names, and those that these requests were answered by. */
export async function findSeated(
	tx: Transaction,
	customerId: string,
	{ requestIds, acts }: { requestIds: readonly string[]; acts: readonly string[] }
): Promise<HeldActivation[]> {
	if (requestIds.length === 0) return findActivations(tx, customerId, acts);
	const answered = tx
		.select({ act: requests.act })
		.from(requests)
		.where(and(eq(requests.customerId, customerId), among(requests.request, requestIds)));
	// As one list: by one or the other, every activation of the customer would be looked at.
	const named = sql`select unnest(${sql.param([...acts])}::text[])`;
	const meant = sql`${activations.act} in (${named} union ${answered})`;
	return tx
		.select()
		.from(activations)
		.where(and(eq(activations.customerId, customerId), meant));
}

export async function findActivations(
	tx: Transaction,
	customerId: string,
	acts: readonly string[]
): Promise<HeldActivation[]> {
	if (acts.length === 0) return [];
	return tx
		.select()
		.from(activations)
		.where(and(eq(activations.customerId, customerId), among(activations.act, acts)));
}
