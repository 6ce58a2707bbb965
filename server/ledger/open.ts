/**
 * Reading what a decision needs: as many statements for five hundred requests as for one.
 *
 * @module
 */
import { and, count, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { QUOTA_SPAN_SECONDS } from '#lib/domain/giving-back.ts';
import type { Seconds } from '#lib/domain/license.ts';
import type { Fingerprint } from '#lib/domain/machine.ts';
import {
	activationComponents,
	activations,
	giveBacks,
	requests
} from '#server/db/schema/ledger.ts';
import { among } from '#server/db/among.ts';
import type { Transaction } from '#server/db/store.ts';
import type { Writing } from '#server/db/writing.ts';
import type { PlacedRequest } from './ask.ts';
import { loadBlocks } from './allotment-blocks.ts';
import { hashesOf } from './held-activations.ts';
import type { Hub } from '#server/hub/hub.ts';
import {
	leftState,
	newLedger,
	quotaKey,
	type HeldActivation,
	type Ledger,
	type RequestRow,
	type Way
} from './ledger.ts';
import { sweepAllotments } from './sweep-allotments.ts';

/** What a decision is about. */
export type Wanted = {
	asks?: readonly PlacedRequest[];
	/** Activations that are given back, and the request that each was granted to. */
	leaving?: readonly { act: string; licenseId: string; way: Way; request?: string }[];
	/** Machines that may be known already. */
	alike?: readonly { licenseId: string; fp: Fingerprint }[];
	/** Allotments, by their ids. */
	blocks?: readonly string[];
	/** Requests and activations that are known by their ids alone. */
	requests?: readonly string[];
	acts?: readonly string[];
	/** Further licenses, whose cooled seats are looked through. */
	licenseIds?: readonly string[];
	/** Whether time may change more than what keeps seats from being free: for the job. */
	sweepAll?: boolean;
};

/** Locks the licenses that are meant, and reads what is known of these machines. */
export async function openLedger(
	hub: Hub,
	writing: Writing,
	customerId: string,
	{ asks = [], leaving = [], alike = [], licenseIds = [], ...byId }: Wanted
): Promise<Ledger> {
	const meant = [...asks, ...leaving].map(({ licenseId }) => licenseId);
	const locked = await writing.lockLicenses(customerId, [...new Set([...meant, ...licenseIds])]);
	const { tx } = writing;
	const [known, machines] = await Promise.all([
		findRequests(tx, customerId, [
			...asks.map(({ request }) => request.claims.jti),
			...leaving.flatMap(({ request }) => request ?? []),
			...(byId.requests ?? [])
		]),
		findMachines(tx, customerId, [...asks.map(machineOf), ...alike])
	]);
	const ledger = newLedger(hub, customerId, locked);
	for (const row of known) ledger.requests.set(row.request, row);
	await loadBlocks(tx, ledger, byId.blocks ?? []);
	const drawn = ledger.blocks.draws.map(({ act }) => act);
	const acts = [
		...[...known, ...leaving].flatMap(({ act }) => act ?? []),
		...drawn,
		...(byId.acts ?? [])
	];
	for (const row of [...machines, ...(await findActivations(tx, customerId, acts))])
		ledger.held.set(row.act, row);
	if (leaving.length > 0) await addGivenBack(tx, ledger, leaving, hub.now());
	await sweepCooled(hub, tx, ledger);
	await sweepAllotments(tx, ledger, { all: byId.sweepAll });
	return ledger;
}

/** Reads what is known of further requests; what this transaction has decided stays. */
export async function addKnown(
	tx: Transaction,
	ledger: Ledger,
	asks: readonly PlacedRequest[]
): Promise<void> {
	const { customerId, held } = ledger;
	const ids = asks.map(({ request }) => request.claims.jti);
	await addRequests(tx, ledger, ids);
	for (const row of await findMachines(tx, customerId, asks.map(machineOf)))
		if (!held.has(row.act)) held.set(row.act, row);
}

/** Reads requests that are not known yet. */
export async function addRequests(
	tx: Transaction,
	{ customerId, requests: known }: Ledger,
	ids: readonly string[]
): Promise<void> {
	const missing = ids.filter((id) => !known.has(id));
	for (const row of await findRequests(tx, customerId, missing)) known.set(row.request, row);
}

async function findRequests(
	tx: Transaction,
	customerId: string,
	ids: readonly string[]
): Promise<RequestRow[]> {
	if (ids.length === 0) return [];
	return tx
		.select()
		.from(requests)
		.where(and(eq(requests.customerId, customerId), among(requests.request, ids)));
}

function machineOf({ licenseId, request }: PlacedRequest) {
	return { licenseId, fp: request.claims.fp };
}

/** Activations that share a component with any of these machines, by index. */
async function findMachines(
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

async function findActivations(
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

async function addGivenBack(
	tx: Transaction,
	{ customerId, givenBack, freedInSpan, blocks }: Ledger,
	leaving: NonNullable<Wanted['leaving']>,
	now: Seconds
): Promise<void> {
	// A drawn file is given back by its own name, and counts as what it was recorded as.
	const counted = blocks.draws.map(({ act }) => act);
	const acts = [...new Set([...leaving.map(({ act }) => act), ...counted])];
	const before = await tx
		.select()
		.from(giveBacks)
		.where(and(eq(giveBacks.customerId, customerId), among(giveBacks.act, acts)));
	for (const { revision: _, ...row } of before) givenBack.set(row.act, row);
	const ways = [...new Set(leaving.map(({ way }) => way))];
	const licenseIds = [...new Set(leaving.map(({ licenseId }) => licenseId))];
	const freed = await tx
		.select({ licenseId: giveBacks.licenseId, way: giveBacks.way, freed: count() })
		.from(giveBacks)
		.where(
			and(
				eq(giveBacks.customerId, customerId),
				inArray(giveBacks.licenseId, licenseIds),
				inArray(giveBacks.way, ways),
				gt(giveBacks.at, now - QUOTA_SPAN_SECONDS),
				sql`${giveBacks.freed}`
			)
		)
		.groupBy(giveBacks.licenseId, giveBacks.way);
	for (const row of freed) freedInSpan.set(quotaKey(row.licenseId, row.way), row.freed);
}

/** Seats that have cooled are free: time changes state only inside a transaction. [CL3] */
async function sweepCooled(hub: Hub, tx: Transaction, ledger: Ledger): Promise<void> {
	const { customerId, licenses, held, notes, changed } = ledger;
	const cooling = [...licenses.values()].filter((row) => row.cooling > 0);
	if (cooling.length === 0) return;
	const cooled = await tx
		.select({ activation: activations, way: giveBacks.way })
		.from(activations)
		.leftJoin(
			giveBacks,
			and(eq(giveBacks.customerId, activations.customerId), eq(giveBacks.act, activations.act))
		)
		.where(
			and(
				eq(activations.customerId, customerId),
				inArray(
					activations.licenseId,
					cooling.map(({ licenseId }) => licenseId)
				),
				eq(activations.state, 'cooling'),
				lte(activations.coolsUntil, hub.freeingTime())
			)
		);
	for (const { activation, way } of cooled) {
		const { act, licenseId } = activation;
		held.set(act, { ...activation, state: leftState(way ?? 'return'), coolsUntil: null });
		licenses.get(licenseId)!.cooling -= 1;
		changed.activations.add(act);
		changed.licenses.add(licenseId);
		notes.push({
			...{ at: hub.now(), actor: 'hub', action: 'seat.cooled', subject: act },
			facts: { license: licenseId }
		});
	}
}
