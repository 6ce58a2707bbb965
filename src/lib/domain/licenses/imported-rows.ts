/**
 * Rows of a table that a vendor brings along: what was sold before. Each is read by itself, and all that
 * is wrong with it is named, so that one dry run finds everything. [IM1]
 *
 * @module
 */
import { parseDate } from '../calendar.ts';
import type { Seconds } from '../time.ts';
import { isRefusal } from '../refusal.ts';
import { isBlank } from '../typed-name.ts';

/** A license as its row says it. */
export type ImportedLicense = {
	/** What the vendor calls it: it is imported once under this name, however often it comes. */
	reference: string;
	customer: string;
	product: string;
	versions: { from: number; to: number };
	edition: string;
	entitlements: string[];
	seats: number;
	clients?: number;
	maintainedUntil?: Seconds;
	expiresAt?: Seconds;
};

export type ImportedCustomer = { name: string; contacts: string[]; note: string };

/** Columns by name; the first ones must be there. */
export const importColumns = {
	licenses: {
		needed: ['reference', 'customer', 'product', 'versions'],
		optional: ['edition', 'entitlements', 'seats', 'clients', 'maintenance', 'expires']
	},
	customers: { needed: ['name'], optional: ['contacts', 'note'] }
} as const;

export type ImportKind = keyof typeof importColumns;

export type RowFault =
	| 'missing'
	| 'blank'
	| 'too-long'
	| 'control-character'
	| 'not-utf-8'
	| 'not-a-whole-number'
	| 'below-one'
	| 'too-large'
	| 'not-a-date'
	| 'not-versions'
	| 'versions-fall'
	| 'not-a-code'
	| 'too-many'
	| 'not-an-address'
	| 'twice-in-the-file';

export type RowProblem = { column: string; fault: RowFault; value: string };

export type Cells = Readonly<Record<string, string | undefined>>;

const TEXT_LIMIT = 200;
const NOTE_LIMIT = 4000;
const MOST = 1_000_000;
const MOST_ENTITLEMENTS = 64;
const MOST_CONTACTS = 20;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const ADDRESS =
	/^[^\s@"<>(),;:\\[\]]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

export function readLicenseRow(cells: Cells): ImportedLicense | RowProblem[] {
	const row = new RowReader(cells);
	const license: ImportedLicense = {
		reference: row.text('reference'),
		customer: row.text('customer'),
		product: row.code('product'),
		versions: row.versions('versions'),
		edition: row.has('edition') ? row.text('edition') : 'Standard',
		entitlements: row.list('entitlements', {
			most: MOST_ENTITLEMENTS,
			each: CODE,
			fault: 'not-a-code'
		}),
		seats: row.has('seats') ? row.amount('seats') : 1,
		clients: row.has('clients') ? row.amount('clients') : undefined,
		maintainedUntil: row.date('maintenance'),
		expiresAt: row.date('expires')
	};
	return row.problems.length > 0 ? row.problems : license;
}

export function readCustomerRow(cells: Cells): ImportedCustomer | RowProblem[] {
	const row = new RowReader(cells);
	const customer = {
		name: row.text('name'),
		contacts: row.list('contacts', { most: MOST_CONTACTS, each: ADDRESS, fault: 'not-an-address' }),
		note: row.has('note') ? row.text('note', NOTE_LIMIT) : ''
	};
	return row.problems.length > 0 ? row.problems : customer;
}

/** Reads cells, and notes what cannot be read: what is returned then is nobody's to use. */
class RowReader {
	readonly problems: RowProblem[] = [];
	readonly #cells: Cells;

	constructor(cells: Cells) {
		this.#cells = cells;
	}

	has(column: string): boolean {
		return this.#of(column) !== '';
	}

	text(column: string, limit = TEXT_LIMIT): string {
		const text = this.#of(column);
		if (text === '') return this.#fault(column, 'missing', '');
		if (text.includes('\uFFFD')) return this.#fault(column, 'not-utf-8', '');
		const plain = limit === NOTE_LIMIT ? text.replace(/[\n\t]/g, ' ') : text;
		if (/[\p{Cc}\p{Cs}]/u.test(plain)) return this.#fault(column, 'control-character', '');
		if (text.length > limit) return this.#fault(column, 'too-long', '');
		return isBlank(text) ? this.#fault(column, 'blank', '') : text;
	}

	code(column: string): string {
		const text = this.text(column);
		return text === '' || CODE.test(text) ? text : this.#fault(column, 'not-a-code', '');
	}

	amount(column: string): number {
		const text = this.#of(column);
		if (!/^-?\d+$/.test(text)) return this.#fault(column, 'not-a-whole-number', 0);
		const value = Number(text);
		if (value < 1) return this.#fault(column, 'below-one', 0);
		return value > MOST ? this.#fault(column, 'too-large', 0) : value;
	}

	versions(column: string): { from: number; to: number } {
		const none = { from: 0, to: 0 };
		const text = this.#of(column);
		if (text === '') return this.#fault(column, 'missing', none);
		const [, from, to = from] = /^(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?$/.exec(text) ?? [];
		if (from === undefined) return this.#fault(column, 'not-versions', none);
		const range = { from: Number(from), to: Number(to) };
		return range.from > range.to ? this.#fault(column, 'versions-fall', none) : range;
	}

	/** The last second of a day, as everywhere. [DT1] */
	date(column: string): Seconds | undefined {
		const text = this.#of(column);
		if (text === '') return undefined;
		const end = parseDate(text, 'end');
		return isRefusal(end) ? this.#fault<Seconds | undefined>(column, 'not-a-date', undefined) : end;
	}

	/** Codes and addresses have neither blanks nor commas. */
	list(
		column: string,
		{ most, each, fault }: { most: number; each: RegExp; fault: RowFault }
	): string[] {
		const all = this.#of(column)
			.split(/[\s,;|]+/)
			.filter(Boolean);
		if (all.length > most) return this.#fault(column, 'too-many', []);
		return all.every((one) => one.length <= TEXT_LIMIT && each.test(one))
			? all
			: this.#fault(column, fault, []);
	}

	#of(column: string): string {
		return this.#cells[column]?.trim() ?? '';
	}

	#fault<T>(column: string, fault: RowFault, instead: T): T {
		this.problems.push({ column, fault, value: this.#of(column).slice(0, 60) });
		return instead;
	}
}
