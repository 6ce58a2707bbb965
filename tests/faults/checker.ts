/**
 * Compares what callers were told with what the hub's ledger says, after whatever happened in
 * between.
 *
 * @module
 */
import { allotments } from '#server/db/schema/allotments.ts';
import { activationFiles, activations, licenses } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import type { Store } from '#server/db/store.ts';

/** What a caller knows of one request: its machine, and the token of each grant it was given. */
export type Entry = { machine: string; grants: readonly string[] };

/** By the request's `jti`. */
export type Journal = ReadonlyMap<string, Entry>;

export type Row<T extends { $inferSelect: object }, K extends keyof T['$inferSelect']> = Pick<
	T['$inferSelect'],
	K
>;

export type Ledger = {
	licenses: Row<typeof licenses, 'licenseId' | 'seats' | 'active' | 'reserved' | 'cooling'>[];
	activations: Row<typeof activations, 'act' | 'licenseId' | 'state' | 'label' | 'overage'>[];
	allotments: Row<typeof allotments, 'licenseId' | 'reserved'>[];
	files: Row<typeof activationFiles, 'act' | 'gen' | 'request' | 'token'>[];
	requests: Row<typeof requests, 'request' | 'state' | 'act' | 'token'>[];
};

export type Difference = {
	/** `stuck`: never settled. `unknown`: a file is out that the hub does not know of. */
	kind: 'lost' | 'changed' | 'double' | 'count' | 'oversold' | 'torn' | 'stuck' | 'unknown';
	/** A request, a machine, a license, a command, a draw or a file. */
	about: string;
};

/** As it is at one moment: callers go on while it is read. */
export async function readLedger({ db }: Pick<Store, 'db'>): Promise<Ledger> {
	return db.transaction(
		async (tx) => ({
			licenses: await tx.select().from(licenses),
			activations: await tx.select().from(activations),
			allotments: await tx.select().from(allotments),
			files: await tx.select().from(activationFiles),
			requests: await tx.select().from(requests)
		}),
		{ isolationLevel: 'repeatable read', accessMode: 'read only' }
	);
}

/** @returns Nothing where all is well. */
export function findDifferences(journal: Journal, ledger: Ledger): Difference[] {
	return [
		...differencesOfAnswers(journal, ledger),
		...doubles(journal, ledger),
		...differencesOfCounts(ledger),
		...tornGrants(ledger)
	];
}

/** Each answer that was given is there, and is the only one. [SE3] */
function differencesOfAnswers(journal: Journal, ledger: Ledger): Difference[] {
	const stored = new Map(ledger.requests.map((row) => [row.request, row]));
	return [...journal].flatMap(([about, { grants }]): Difference[] => {
		const [first] = grants;
		if (first === undefined) return [];
		const row = stored.get(about);
		if (row?.state !== 'granted') return [{ kind: 'lost', about }];
		const same = grants.every((token) => token === row.token);
		return same ? [] : [{ kind: 'changed', about }];
	});
}

/** One machine, one seat; one request, one file. */
function doubles(journal: Journal, ledger: Ledger): Difference[] {
	const machines = new Set([...journal.values()].map(({ machine }) => machine));
	const seats = ledger.activations
		.filter(({ label, state }) => state === 'active' && label !== null && machines.has(label))
		.map(({ licenseId, label }) => `${licenseId} ${label ?? ''}`);
	const repeated = [...repeats(seats), ...repeats(ledger.files.map(({ request }) => request))];
	return repeated.map((about) => ({ kind: 'double', about }));
}

function repeats(list: readonly string[]): string[] {
	return [...Map.groupBy(list, (each) => each)].flatMap(([each, { length }]) =>
		length > 1 ? [each] : []
	);
}

/** The counts are those of the rows, and never above the seats but for what is marked so. [SE1, SE4] */
export function differencesOfCounts(
	ledger: Pick<Ledger, 'licenses' | 'activations' | 'allotments'>
): Difference[] {
	return ledger.licenses.flatMap(({ licenseId, seats, ...kept }): Difference[] => {
		const machines = ledger.activations.filter((row) => row.licenseId === licenseId);
		const blocks = ledger.allotments.filter((row) => row.licenseId === licenseId);
		const active = machines.filter(({ state }) => state === 'active').length;
		const cooling = machines.filter(({ state }) => state === 'cooling').length;
		const reserved = blocks.reduce((sum, block) => sum + block.reserved, 0);
		if (active !== kept.active || cooling !== kept.cooling || reserved !== kept.reserved)
			return [{ kind: 'count', about: licenseId }];
		const beyond = machines.filter(({ state, overage }) => state !== 'returned' && overage).length;
		const used = active + cooling + reserved;
		return used - beyond > seats ? [{ kind: 'oversold', about: licenseId }] : [];
	});
}

/** A granted request has its activation and its file: a transaction is there whole or not at all. */
function tornGrants(ledger: Ledger): Difference[] {
	const acts = new Set(ledger.activations.map(({ act }) => act));
	const tokens = new Set(ledger.files.map(({ token }) => token));
	return ledger.requests
		.filter(({ state }) => state === 'granted')
		.filter(({ act, token }) => act === null || !acts.has(act) || !tokens.has(token))
		.map(({ request }) => ({ kind: 'torn', about: request }));
}
