/**
 * Lookup: any license by number, key, machine or customer, from what this desk holds.
 *
 * @module
 */
import { parseLicenseNumber } from '#lib/domain/license-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { LicenseRow } from '#lib/domain/sync.ts';
import { readFile } from '#lib/formats/file.ts';
import { strict } from './database.ts';
import { readBody } from './said.ts';

/**
 * The one license that the text names exactly, by index: by number however typed, or by key as file
 * or token. Works before any list is in memory.
 */
export async function lookUpExactly(text: string): Promise<LicenseRow | undefined> {
	const number = parseLicenseNumber(text);
	if (!isRefusal(number)) return strict.licenses.where('number').equals(number).first();
	const file = readFile(text.trim());
	const body = isRefusal(file) ? file : readBody(file);
	if (isRefusal(body) || body.type !== 'license') return undefined;
	return strict.licenses.get(body.claims.sub);
}

/** A list to be searched with every key stroke: each row folded once, then only compared. */
export class LicenseSearch {
	readonly #rows: readonly LicenseRow[];
	readonly #haystack: readonly string[];

	/** @param labels - Machine labels by license id, to find a license by its machines. */
	constructor(rows: readonly LicenseRow[], labels: ReadonlyMap<string, string> = new Map()) {
		this.#rows = rows;
		this.#haystack = rows.map((row) =>
			foldText(
				[row.number, row.number.replaceAll('-', ''), row.customer, row.title, row.edition]
					.concat(labels.get(row.id) ?? '')
					.join(' ')
			)
		);
	}

	/** Rows in which every word of the text occurs, in the order of the list. */
	find(text: string, limit = Infinity): LicenseRow[] {
		const words = foldText(text).split(/\s+/).filter(Boolean);
		const found: LicenseRow[] = [];
		for (let at = 0; at < this.#rows.length && found.length < limit; at++)
			if (words.every((word) => this.#haystack[at]!.includes(word))) found.push(this.#rows[at]!);
		return found;
	}
}

/** Labels of the machines of each license, joined. */
export async function readMachineLabels(): Promise<Map<string, string>> {
	const labels = new Map<string, string>();
	await strict.activations.each(({ licenseId, label, name }) => {
		labels.set(licenseId, `${labels.get(licenseId) ?? ''} ${label ?? ''} ${name}`);
	});
	return labels;
}

/** Lower case, without accents. */
export function foldText(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
