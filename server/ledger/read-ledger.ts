/**
 * Reading what a decision needs: as many statements for five hundred requests as for one.
 *
 * @module
 */
import type { LeavingWay } from '#lib/domain/seats/activation-record.ts';
import { isSameFingerprint, type Fingerprint } from '#lib/domain/machines/machine.ts';
import type { Transaction } from '#server/db/database.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import {
	noteBlocks,
	readMeant,
	type MeantBlock
} from '#server/ledger/allotments/allotment-blocks.ts';
import type { PlacedRequest } from '#server/ledger/held/ask.ts';
import {
	findActivations,
	findMachines,
	findRequests,
	findSeated,
	readRequests
} from '#server/ledger/held/find-rows.ts';
import { newLedger, type Ledger } from '#server/ledger/held/ledger.ts';
import { readGivenBack, readReplacements } from './read-freed.ts';
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

function machineOf({ licenseId, request }: PlacedRequest) {
	return { licenseId, fp: request.claims.fp };
}
