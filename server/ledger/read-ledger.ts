/**
 * Reading what a decision needs: as many statements for five hundred requests as for one.
 *
 * @module
 */
import { and, count, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import { countedChanges, type LeavingWay } from '#lib/domain/activation-record.ts';
import { slotOfAct } from '#lib/domain/allotment.ts';
import { QUOTA_SPAN_SECONDS } from '#lib/domain/giving-back.ts';
import { isSameFingerprint, type Fingerprint } from '#lib/domain/machine.ts';
import { draws } from '#server/db/schema/allotments.ts';
import { activationComponents, activations, giveBacks } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { among } from '#server/db/among.ts';
import type { Transaction } from '#server/db/database.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { PlacedRequest } from './ask.ts';
import {
	readMeant,
	findDraws,
	noteBlocks,
	noteDraws,
	readAllotments,
	type MeantBlock
} from './allotment-blocks.ts';
import { readFoundFiles, type Brought } from './found-files.ts';
import { hashesOf } from './held-activations.ts';
import {
	newLedger,
	quotaKey,
	type HeldActivation,
	type Ledger,
	type RequestRecord
} from './ledger.ts';
import { readTrials } from './trials.ts';

/** What a decision is about. */
export type Wanted = {
	asks?: readonly PlacedRequest[];
	/** Activations that are given back, and the request that each was granted to. */
	leaving?: readonly { act: string; licenseId: string; way: LeavingWay; request?: string }[];
	/** Machines that may be known already. */
	alike?: readonly { licenseId: string; fp: Fingerprint }[];
	/** Allotments. */
	blocks?: readonly MeantBlock[];
	/** Requests and activations that are known by their ids alone. */
	requests?: readonly string[];
	acts?: readonly string[];
	/** Further licenses. */
	licenseIds?: readonly string[];
	/** The licenses, where {@link lockMeant} is locking them already. */
	locked?: Promise<LicenseRecord[]>;
};

/** Locks the licenses that are meant. */
export function lockMeant(
	{ lockLicenses }: Writing,
	{ asks = [], leaving = [], licenseIds = [] }: Wanted
): Promise<LicenseRecord[]> {
	const meant = [...asks, ...leaving].map(({ licenseId }) => licenseId);
	return lockLicenses([...new Set([...meant, ...licenseIds])]);
}

/** Reads what is known of these machines, under the locks of the licenses that are meant. */
export async function readLedger(hub: Hub, writing: Writing, wanted: Wanted): Promise<Ledger> {
	const { tx, customerId } = writing;
	const { asks = [], leaving = [], alike = [], blocks = [], licenseIds = [] } = wanted;
	const requestIds = [
		...asks.map(({ request }) => request.claims.jti),
		...leaving.flatMap(({ request }) => request ?? []),
		...(wanted.requests ?? [])
	];
	const acts = [...leaving.map(({ act }) => act), ...(wanted.acts ?? [])];
	// Sent right behind the lock, so each reads what is so under it.
	const [locked, known, machines, seated, found] = await Promise.all([
		wanted.locked ?? lockMeant(writing, wanted),
		findRequests(tx, customerId, requestIds),
		findMachines(tx, customerId, [...asks.map(machineOf), ...alike]),
		findSeated(tx, customerId, { requestIds, acts }),
		readMeant(tx, customerId, blocks)
	]);
	const ledger = newLedger(hub, customerId, locked);
	for (const row of known) ledger.requests.set(row.request, row);
	noteBlocks(ledger, found);
	const drawn = ledger.blocks.draws.map(({ act }) => act);
	for (const row of [...machines, ...seated, ...(await findActivations(tx, customerId, drawn))])
		ledger.held.set(row.act, row);
	if (leaving.length > 0 || blocks.length > 0)
		await readGivenBack(tx, ledger, { leaving, acts: wanted.acts ?? [], licenseIds });
	await readTrials(tx, ledger, asks);
	const retiring = leaving.filter(({ way }) => way === 'retire');
	await readReplacements(tx, ledger, [
		...retiring.map(({ licenseId }) => licenseId),
		...changedMachines(ledger, asks)
	]);
	return ledger;
}

/** Licenses of which a machine asks that shows other components than before. [MA5] */
function changedMachines({ held }: Ledger, asks: readonly PlacedRequest[]): string[] {
	return asks
		.filter(({ licenseId, request: { claims } }) =>
			held
				.sharing(claims.fp)
				.some((row) => row.licenseId === licenseId && !isSameFingerprint(row.fp, claims.fp))
		)
		.map(({ licenseId }) => licenseId);
}

/** How many machines of a license were replaced in the span: retired, or changed and counted. [SE6] */
async function readReplacements(
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

/** Reads what is known of further requests; what this transaction has decided stays. */
export async function readKnown(
	tx: Transaction,
	ledger: Ledger,
	asks: readonly PlacedRequest[]
): Promise<void> {
	const { customerId, held } = ledger;
	const ids = asks.map(({ request }) => request.claims.jti);
	await readRequests(tx, ledger, ids);
	for (const row of await findMachines(tx, customerId, asks.map(machineOf)))
		if (!held.has(row.act)) held.set(row.act, row);
	await readReplacements(tx, ledger, changedMachines(ledger, asks));
	await readTrials(tx, ledger, asks);
}

/**
 * Reads what else is known of files, and of their machines. [SE8]
 *
 * @param forgotten - Those of them that this ledger may have lost.
 */
export async function readBrought(
	tx: Transaction,
	ledger: Ledger,
	brought: readonly Brought[],
	forgotten: readonly Brought[] = brought
): Promise<void> {
	const { customerId, held } = ledger;
	for (const row of await findMachines(tx, customerId, brought))
		if (!held.has(row.act)) held.set(row.act, row);
	await readFoundFiles(tx, ledger, forgotten);
	await readDrawn(tx, ledger, brought);
}

/** Reads the draws that count as an activation. [AL5] */
export async function readJoined(
	tx: Transaction,
	{ customerId, blocks }: Ledger,
	act: string
): Promise<void> {
	const mine = and(eq(draws.customerId, customerId), eq(draws.act, act));
	noteDraws(blocks, await tx.select().from(draws).where(mine));
}

/** Draws that count as what is brought, or whose own it is, with all that they may count as. [SE8] */
async function readDrawn(
	tx: Transaction,
	ledger: Ledger,
	brought: readonly Brought[]
): Promise<void> {
	if (brought.length === 0) return;
	const { customerId, held, givenBack, blocks } = ledger;
	const named = brought.flatMap(({ act }) => slotOfAct(act)?.allotment ?? []);
	const acts = [...new Set([...brought.map(({ act }) => act), ...held.keys()])];
	const [ofNamed, counted] = await Promise.all([
		findDraws(tx, customerId, [...new Set(named)]),
		tx
			.select()
			.from(draws)
			.where(and(eq(draws.customerId, customerId), among(draws.act, acts))),
		readAllotments(tx, ledger, named)
	]);
	noteDraws(blocks, ofNamed);
	noteDraws(blocks, counted);
	if (blocks.draws.length === 0) return;
	const own = blocks.draws.flatMap(({ act, drawnAct }) => [act, drawnAct]);
	const [others, back] = await Promise.all([
		findActivations(
			tx,
			customerId,
			own.filter((act) => !held.has(act))
		),
		tx
			.select()
			.from(giveBacks)
			.where(and(eq(giveBacks.customerId, customerId), among(giveBacks.act, own))),
		readAllotments(
			tx,
			ledger,
			blocks.draws.map(({ allotment }) => allotment)
		),
		readRequests(
			tx,
			ledger,
			blocks.draws.map(({ request }) => request)
		)
	]);
	for (const row of others) held.set(row.act, row);
	for (const { revision: _, ...row } of back)
		if (!givenBack.has(row.act)) givenBack.set(row.act, row);
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

async function findRequests(
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

/** Activations of these names, and those that these requests were answered by. */
async function findSeated(
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

async function readGivenBack(
	tx: Transaction,
	{ hub, customerId, givenBack, freedInSpan, blocks }: Ledger,
	{
		leaving,
		acts: meant,
		licenseIds: others
	}: Required<Pick<Wanted, 'leaving' | 'acts' | 'licenseIds'>>
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
