/**
 * Lookup: any license by number, id, key, machine, customer, file or code, from what this desk
 * holds. All of it by index: it works before any list is in memory. [O9]
 *
 * @module
 */
import {
	foldLicenseNumber,
	nearbyLicenseNumbers,
	parseLicenseNumber
} from '#lib/domain/licenses/license-number.ts';
import { foldText } from '#lib/search/search-text.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';
import type { FoundMachine } from '#lib/search/licenses/machine-index.ts';
import type { MachineHit, SortedHits } from '#lib/search/licenses/sort-hits.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';
import { strict } from '#lib/desk/store/database.ts';
import { mirroredActivations, mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { listSummaries } from './read-licenses.ts';
import type { IdentifiedFile } from './identify-file.ts';

/** A license, and the machine of it that was meant. */
export type Hit = { licenseId: string; act?: string };

export type MachineRow = { machine: FoundMachine; license: LicenseSummary };

/** What a text names exactly. */
export type Lookup = {
	by: 'number' | 'id' | IdentifiedFile['kind'];
	hits: Hit[];
	/** Number of the license that is meant, also where it is not here. */
	number?: string;
	/** A request that was pasted or scanned. */
	request?: { jti: string; text: string; label?: string; isHere: boolean };
};

const IDS = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.\d+)?$/;
/** What can be a file, a code or a fingerprint; only then is the code that reads them loaded. */
const LIKE_FILE = /^KF1:|^KFFP1|-----|~|^[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}$/i;
/** No more than these customers are looked through for a beginning. */
const SOME_CUSTOMERS = 20;

/**
 * What the text names: a number however typed, an id of a license or an activation, a license key,
 * a request, an answer, a return, or a machine's fingerprint.
 *
 * @returns Nothing where it names nothing, and is to be searched for.
 */
export async function lookUp(input: string): Promise<Lookup | undefined> {
	const text = input.trim();
	const number = parseLicenseNumber(text);
	if (!isRefusal(number)) return { by: 'number', number, hits: await hitsByNumber(number) };
	const id = text.toLowerCase();
	if (IDS.test(id)) return { by: 'id', hits: await hitsById(id) };
	if (!LIKE_FILE.test(text)) return undefined;
	const { identifyFile } = await import('./identify-file.ts');
	const named = await identifyFile(text);
	return named && lookUpNamed(named);
}

async function lookUpNamed(file: IdentifiedFile): Promise<Lookup> {
	const { kind: by, number, licenseId, act, request, anchors = [] } = file;
	const ways: (() => Promise<Hit[]> | Hit[])[] = [
		() => (act === undefined ? [] : hitsById(act)),
		() => (request === undefined ? [] : hitsById(request)),
		() => (licenseId === undefined ? [] : hitsById(licenseId)),
		() => (number === undefined ? [] : hitsByNumber(number)),
		// Only where nothing says which license: a machine may hold seats of several.
		() => (by === 'fingerprint' ? hitsByAnchors(anchors) : [])
	];
	let hits: Hit[] = [];
	for (const way of ways) if (hits.length === 0) hits = await way();
	const named: Lookup = { by, hits };
	if (number !== undefined) named.number = number;
	if (by === 'activation-request' && request !== undefined) {
		const isHere = (await strict.requests.get(request)) !== undefined;
		named.request = { jti: request, text: file.text, isHere };
		if (file.label !== undefined) named.request.label = file.label;
	}
	return named;
}

async function hitsByNumber(number: string): Promise<Hit[]> {
	const [row] = await mirroredLicenses.with('licenses.number', [number]);
	return row ? [{ licenseId: row.id }] : [];
}

/**
 * Licenses of this desk that were meant by a number in which one character is off.
 *
 * @returns Nothing for a text that is no such number.
 */
export async function findNearby(input: string): Promise<LicenseSummary[] | undefined> {
	const numbers = nearbyLicenseNumbers(input);
	if (numbers.length === 0) return undefined;
	return mirroredLicenses.with('licenses.number', numbers);
}

/** @param id - Of a license, an activation or a request. */
async function hitsById(id: string): Promise<Hit[]> {
	const [ofRequest] = await mirroredActivations.with('activations.request', [id]);
	const activation = (await mirroredActivations.get(id)) ?? ofRequest;
	if (activation) return [{ licenseId: activation.licenseId, act: activation.id }];
	if (await mirroredLicenses.get(id)) return [{ licenseId: id }];
	const asked = await strict.requests.get(id);
	return asked ? hitsByNumber(asked.number) : [];
}

async function hitsByAnchors(anchors: readonly string[]): Promise<Hit[]> {
	const rows = await mirroredActivations.with('activations.parts', anchors);
	const active = rows.filter(({ state }) => state === 'active');
	return (active.length > 0 ? active : rows).map(({ id: act, licenseId }) => ({ licenseId, act }));
}

/**
 * Licenses whose number or customer begins like this, and machines that do: what can be found before
 * everything is in memory.
 */
export async function lookUpBeginnings(input: string, limit: number): Promise<SortedHits> {
	const text = input.trim();
	if (text === '') return { licenses: [], machines: [] };
	const [numbers, machines, customers] = await Promise.all([
		mirroredLicenses.beginning(beginningOf(text), limit),
		mirroredActivations.beginning(text, limit),
		customersLike(text)
	]);
	const byCustomer = await mirroredLicenses.ofCustomers(customers, limit);
	const licenses = new Map([...numbers, ...byCustomer].map((row) => [row.id, row]));
	return {
		licenses: [...licenses.values()].slice(0, limit),
		machines: machines.map(({ id: act, licenseId }) => ({ licenseId, act }))
	};
}

/** A number that was begun, as far as it is written. */
function beginningOf(text: string): string {
	const symbols = foldLicenseNumber(text.replace(/^kf$/i, 'KF-'));
	return ['KF', ...(symbols.match(/.{1,4}/g) ?? [''])].join('-');
}

async function customersLike(text: string): Promise<string[]> {
	const folded = foldText(text);
	const rows = await strict.customers.toArray();
	return rows
		.filter(({ name }) => foldText(name).includes(folded))
		.slice(0, SOME_CUSTOMERS)
		.map(({ customerId }) => customerId);
}

/**
 * Machines with what a row says of their licenses; those that are not here any more are left out.
 *
 * @param known - Licenses that are in memory, by id.
 */
export async function readMachineRows(
	hits: readonly MachineHit[],
	known: (licenseId: string) => LicenseSummary | undefined
): Promise<MachineRow[]> {
	const [machines, licenses] = await Promise.all([
		mirroredActivations.bulkGet(hits.map(({ act }) => act)),
		readLicenses(
			hits.map(({ licenseId }) => licenseId),
			known
		)
	]);
	return machines.flatMap((machine, at) => {
		const license = licenses[at];
		return machine && license ? [{ machine, license }] : [];
	});
}

/** Those in memory are not read. */
async function readLicenses(
	ids: readonly string[],
	known: (licenseId: string) => LicenseSummary | undefined
): Promise<(LicenseSummary | undefined)[]> {
	const there = ids.map(known);
	const others = await mirroredLicenses.bulkGet(ids.filter((_, at) => !there[at]));
	return there.map((license) => license ?? others.shift());
}

/** How many licenses are remembered as seen. */
const SEEN = 8;

/** Licenses that were looked at last on this desk, newest first. */
export async function listSeen(): Promise<LicenseSummary[]> {
	return listSummaries((await readState('seen')) ?? []);
}

/** Remembers that a license was looked at. */
export async function rememberSeen(licenseId: string): Promise<void> {
	await strict.transaction('rw', strict.states, async () => {
		const before = (await readState('seen')) ?? [];
		if (before[0] === licenseId) return;
		const seen = [licenseId, ...before.filter((id) => id !== licenseId)].slice(0, SEEN);
		await writeState('seen', seen);
	});
}
