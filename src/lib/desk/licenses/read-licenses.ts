/**
 * Licenses that this desk knows: those of the mirror, and those whose key it holds.
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ShownText } from '#lib/domain/licenses/change.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';
import { urgencyOf } from '#lib/search/licenses/urgency.ts';
import { listRequests, type RequestView } from '#lib/desk/requests/read-requests.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { KeyRow } from '#lib/desk/store/file-rows.ts';
import { readLicenseNames } from '#lib/desk/mirror/license-names.ts';
import { readMirroredKey, readOwedCustomers } from '#lib/desk/mirror/license-keys.ts';
import { mirroredActivations, mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { readState } from '#lib/desk/store/state.ts';
import { readSwitches, type ShownSwitch } from './switches.ts';
import { nameMachines, readText, type NamedMachine } from './texts.ts';
import { REMEMBERED } from './urgent.ts';

export type LicenseView = LicenseRow & {
	/** The note, with what was changed here. */
	shownNote: ShownText;
	/** What its customer may switch, with what was switched here. [P7] */
	shownSwitches: ShownSwitch[];
	activations: NamedMachine[];
	/** Requests of this desk for it. */
	requests: RequestView[];
	/** The license key, if the desk holds it: own, or by the role of who is signed in. */
	keyText?: string;
	/** It is still to come. */
	isKeyComing?: true;
};

/**
 * What a list begins with before all licenses are in memory: where there are no more than asked for, all
 * of them; else those that were most urgent last.
 */
export async function listFirstLicenses(limit = REMEMBERED): Promise<LicenseSummary[]> {
	const [known, some] = await Promise.all([
		// The worst first: each lies in a block of its own, and Lookup has room for a few.
		readState('urgent').then((ids = []) => mirroredLicenses.bulkGet(ids.slice(0, limit))),
		mirroredLicenses.first(limit)
	]);
	const rows = [...known.flatMap((row) => row ?? []), ...some];
	const now = deskNow();
	return [...new Map(rows.map((row) => [row.id, row])).values()]
		.map((row) => ({ row, urgency: urgencyOf(row, now) }))
		.sort((a, b) => a.urgency - b.urgency || (a.row.number < b.row.number ? -1 : 1))
		.slice(0, limit)
		.map(({ row }) => row);
}

/** Those of these licenses that are here. */
export async function listSummaries(ids: readonly string[]): Promise<LicenseSummary[]> {
	return (await mirroredLicenses.bulkGet(ids)).flatMap((row) => row ?? []);
}

/** What the mirror says of one license. */
export function readMirroredLicense(id: string): Promise<LicenseRow | undefined> {
	return mirroredLicenses.get(id);
}

/** @param id - License id or license number. */
export async function readLicense(id: string): Promise<LicenseView | undefined> {
	const row =
		(await mirroredLicenses.get(id)) ?? (await mirroredLicenses.with('licenses.number', [id]))[0];
	if (!row) return undefined;
	const [shownNote, shownSwitches, activations, requests, key, mirrored] = await Promise.all([
		readText({ field: 'note', of: row.id }),
		readSwitches(row),
		mirroredActivations.with('activations.licenseId', [row.id]).then(nameMachines),
		listRequests(row.number),
		strict.keys.where('licenseId').equals(row.id).last(),
		readMirroredKey(row)
	]);
	const view: LicenseView = { ...row, shownNote, shownSwitches, activations, requests };
	const keyText = mirrored ?? key?.text;
	if (keyText !== undefined) return { ...view, keyText };
	return (await readOwedCustomers()).has(row.customerId) ? { ...view, isKeyComing: true } : view;
}

/** License keys that this desk holds, with or without a hub. */
export function listKeys(): Promise<KeyRow[]> {
	return strict.keys.toArray();
}

/** Where a license went, as far as the mirror knows: what still waits for it will hear so. [SE7] */
export async function findMove(number: string): Promise<Refusal<'LICENSE_MOVED'> | undefined> {
	const [row] = await mirroredLicenses.with('licenses.number', [number]);
	const { successor, contact = '' } = row ?? {};
	return successor === undefined
		? undefined
		: refuse('LICENSE_MOVED', { number, successor, contact });
}

/**
 * Product titles by license number, of licenses and license keys that this desk knows.
 *
 * @param numbers - Without them, those of the requests of this desk.
 */
export async function readTitles(numbers?: readonly string[]): Promise<Map<string, string>> {
	const asked = numbers ?? (await strict.requests.orderBy('number').uniqueKeys()).map(String);
	const names = await readLicenseNames(asked);
	return new Map([...names].map(([number, { title }]) => [number, title ?? number] as const));
}
