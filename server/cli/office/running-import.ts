/**
 * An import as it runs: rows read one by one, judged, and handed to the hub part by part. Interrupted, it
 * is run again, and what is there already is known. [IM1]
 *
 * @module
 */
import { statSync } from 'node:fs';
import {
	importColumns,
	readCustomerRow,
	readLicenseRow,
	type ImportedCustomer,
	type ImportedLicense,
	type ImportKind,
	type RowFault
} from '#lib/domain/licenses/imported-rows.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import { readRows } from './import-file.ts';

/** Rows of one transaction, and of one body that a hub takes. */
const BATCH_ROWS = 200;
const BATCH_BYTES = 128 * 1024;
/** More problems than anybody reads at once: the rest is counted. */
const SHOWN_PROBLEMS = 1000;

const faults: Record<RowFault, string> = {
	missing: 'is missing',
	blank: 'has nothing in it that anybody sees',
	'too-long': 'is too long',
	'control-character': 'has a control character or a line break in it',
	'not-utf-8': 'has signs that are no UTF-8: save the file in that encoding',
	'not-a-whole-number': 'is no whole number',
	'below-one': 'is below 1',
	'too-large': 'is above 1,000,000',
	'not-a-date': 'is no date such as 2027-12-31',
	'not-versions': 'is no major version such as 8 or 8-9',
	'versions-fall': 'ends before it begins',
	'not-a-code': 'has other signs than letters, digits, dots, dashes and underscores',
	'too-many': 'names too many',
	'not-an-address': 'has something in it that is no e-mail address',
	'twice-in-the-file': 'was there in a line before'
};

export type ImportProblem = { line: number; column?: string; problem: string; value?: string };
type Row = ImportedLicense | ImportedCustomer;
type Sent = { line: number; row: Row };

export class RunningImport {
	readonly problems: ImportProblem[] = [];
	rows = 0;
	imported = 0;
	known = 0;
	wrong = 0;
	readonly #ask: AskHub;
	readonly #kind: ImportKind;
	readonly #dryRun: boolean;
	readonly #onProgress: (share: number, rows: number) => void;
	/** References or names of all rows: as much memory as they have letters. */
	readonly #seen = new Set<string>();
	#batch: Sent[] = [];
	#bytes = 0;

	constructor(
		ask: AskHub,
		{
			kind,
			dryRun,
			onProgress = () => {}
		}: {
			kind: ImportKind;
			dryRun: boolean;
			/** Told how much of the file is done. */
			onProgress?: (share: number, rows: number) => void;
		}
	) {
		this.#onProgress = onProgress;
		this.#ask = ask;
		this.#kind = kind;
		this.#dryRun = dryRun;
	}

	async take(path: string): Promise<Refusal | undefined> {
		const { size } = statSync(path);
		for await (const found of readRows(path, importColumns[this.#kind])) {
			this.rows += 1;
			if ('fault' in found) {
				this.#note({ line: found.line, problem: found.fault });
				this.wrong += 1;
				continue;
			}
			const { line, cells } = found;
			const row = this.#kind === 'licenses' ? readLicenseRow(cells) : readCustomerRow(cells);
			const read = Array.isArray(row) ? row : this.#refuseTwice(row);
			if (read) {
				for (const { column, fault, value } of read)
					this.#note({ line, column, problem: faults[fault], value });
				this.wrong += 1;
				continue;
			}
			this.#batch.push({ line, row: row as Row });
			this.#bytes += JSON.stringify(row).length;
			if (this.#batch.length < BATCH_ROWS && this.#bytes < BATCH_BYTES) continue;
			const refusal = await this.#send();
			if (refusal) return refusal;
			this.#onProgress(found.bytes / size, this.rows);
		}
		return this.#send();
	}

	#refuseTwice(row: Row) {
		const [column, value] = 'reference' in row ? ['reference', row.reference] : ['name', row.name];
		if (this.#seen.has(value)) return [{ column, fault: 'twice-in-the-file' as const, value }];
		this.#seen.add(value);
		return undefined;
	}

	async #send(): Promise<Refusal | undefined> {
		const batch = this.#batch;
		if (batch.length === 0) return undefined;
		this.#batch = [];
		this.#bytes = 0;
		const input = { rows: batch.map(({ row }) => row), dryRun: this.#dryRun };
		const procedure = this.#kind === 'licenses' ? 'license.import' : 'customer.import';
		const outcomes = await this.#ask<('imported' | 'known' | Refusal)[]>({ procedure, input });
		if (isRefusal(outcomes)) return outcomes;
		for (const [at, { line }] of batch.entries()) {
			const outcome = outcomes[at]!;
			if (outcome === 'imported') this.imported += 1;
			else if (outcome === 'known') this.known += 1;
			else {
				this.wrong += 1;
				this.#note({ line, problem: explain(outcome).title });
			}
		}
		return undefined;
	}

	#note(problem: ImportProblem): void {
		if (this.problems.length < SHOWN_PROBLEMS) this.problems.push(problem);
	}
}
