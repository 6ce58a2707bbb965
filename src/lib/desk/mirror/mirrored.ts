/**
 * Licenses and activations of the mirror, however they are stored: those of large pages in blocks, and on
 * top of these, row by row, what changed since. A row on top counts, and the one in a block that it
 * replaces does not. [SY4]
 *
 * Rows on top are read before those of blocks: one that is folded meanwhile is found in either, and a query that is
 * observed is asked again. Whoever reads in a transaction names the tables of `mirroredRowTables` in it.
 *
 * @module
 */
import type { EntityTable, Table } from 'dexie';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { blocksWith, placesOf } from './block-keys.ts';
import { readKeys } from './keys-in-memory.ts';
import { readBlock, rowsWith } from './blocks.ts';
import { strict, type DeskDatabase } from '#lib/desk/store/database.ts';
import type {
	BlockRow,
	BlockTable,
	KeyKind,
	MirroredRow,
	StoredLicense
} from '#lib/desk/store/mirror-rows.ts';

/** Where the rows of a table lie, and by which texts each is found. */
export type MirrorShape<R extends MirroredRow> = {
	table: BlockTable;
	top: (connection: DeskDatabase) => Table<R, string>;
	blocks: (connection: DeskDatabase) => EntityTable<BlockRow, 'id'>;
	/** Rows on top that have one of the texts. */
	onTop: (top: Table<R, string>, kind: KeyKind, texts: readonly string[]) => Promise<R[]>;
	keys: Partial<Record<KeyKind, (row: R) => readonly string[]>>;
	/** What it is found by when its beginning is typed. */
	nameOf: (row: R) => string;
};

/** A line for each row, whatever its case. */
export function nameLines<R extends MirroredRow>(
	{ nameOf }: MirrorShape<R>,
	rows: readonly R[]
): string {
	return rows.map((row) => nameOf(row).toLowerCase().replaceAll('\n', ' ')).join('\n');
}

export const licenseShape: MirrorShape<StoredLicense> = {
	table: 'licenses',
	top: ({ licenses }) => licenses,
	blocks: ({ licenseBlocks }) => licenseBlocks,
	onTop: (top, kind, texts) =>
		kind === 'licenses.number'
			? top.where('number').anyOf(texts).toArray()
			: top.filter(({ frozenAt }) => frozenAt !== undefined).toArray(),
	keys: {
		'licenses.id': ({ id }) => [id],
		'licenses.number': ({ number }) => [number],
		'licenses.frozen': ({ frozenAt }) => (frozenAt === undefined ? [] : ['frozenAt'])
	},
	nameOf: ({ number }) => number
};

export const activationShape: MirrorShape<ActivationRow> = {
	table: 'activations',
	top: ({ activations }) => activations,
	blocks: ({ activationBlocks }) => activationBlocks,
	onTop: (top, kind, texts) => {
		const index = kind.slice('activations.'.length);
		return top.where(index).anyOf(texts).distinct().toArray();
	},
	keys: {
		'activations.id': ({ id }) => [id],
		'activations.request': ({ request }) => [request],
		'activations.parts': ({ parts = [] }) => parts,
		'activations.licenseId': ({ licenseId }) => [licenseId]
	},
	nameOf: ({ label = '' }) => label
};

/** The tables that an answer is read from. */
export function mirroredRowTables({
	licenses,
	activations,
	licenseBlocks,
	activationBlocks,
	blockNames,
	blockKeys
}: DeskDatabase) {
	return [licenses, activations, licenseBlocks, activationBlocks, blockNames, blockKeys];
}

/** Read at once where it is not known which of them are meant. */
const BLOCKS = 4;

export class Mirrored<R extends MirroredRow> {
	readonly shape: MirrorShape<R>;

	constructor(shape: MirrorShape<R>) {
		this.shape = shape;
	}

	get top() {
		return this.shape.top(strict);
	}

	get blocks() {
		return this.shape.blocks(strict);
	}

	get #tables() {
		return [this.top, this.blocks, strict.blockKeys];
	}

	async get(id: string): Promise<R | undefined> {
		const [row] = await this.bulkGet([id]);
		return row;
	}

	/** In the order of the ids; `undefined` for each that is not here. */
	bulkGet(ids: readonly string[]): PromiseLike<(R | undefined)[]> {
		// In one transaction: as many as there are questions keep the page's thread busy for longer than the answers.
		return strict.transaction('r', this.#tables, async () => this.#get(ids));
	}

	async #get(ids: readonly string[]): Promise<(R | undefined)[]> {
		const rows = (await this.#isTopEmpty())
			? ids.map(() => undefined)
			: await this.top.bulkGet([...ids]);
		const others = ids.filter((_, at) => rows[at] === undefined);
		if (others.length === 0) return rows;
		const found = await this.#inBlocks(`${this.shape.table}.id` as KeyKind, others);
		const byId = new Map(found.map((row) => [row.id, row]));
		return rows.map((row, at) => row ?? byId.get(ids[at]!));
	}

	/** Rows that have one of the texts, each once. */
	with(kind: KeyKind, texts: readonly string[]): PromiseLike<R[]> {
		return strict.transaction('r', this.#tables, async () => this.#with(kind, texts));
	}

	async #with(kind: KeyKind, texts: readonly string[]): Promise<R[]> {
		const rows = await this.shape.onTop(this.top, kind, texts);
		const inBlocks = await this.#inBlocks(kind, texts);
		const others = inBlocks.filter(({ id }) => !rows.some((row) => row.id === id));
		if (others.length === 0 || (await this.#isTopEmpty())) return [...rows, ...others];
		// As they are now: what lies on top may say something else.
		const textsOf = this.shape.keys[kind]!;
		const now = await this.bulkGet(others.map(({ id }) => id));
		const still = (row: R) => textsOf(row).some((text) => texts.includes(text));
		return [...rows, ...now.flatMap((row) => (row && still(row) ? [row] : []))];
	}

	/** Rows of customers for which something holds: so many at most. */
	async ofCustomers(
		ids: readonly string[],
		most = Infinity,
		isMeant: (row: R) => boolean = () => true
	): Promise<R[]> {
		const rows = await this.top.where('customerId').anyOf(ids).filter(isMeant).toArray();
		const ofThem = await this.blocks.where('customerId').anyOf(ids).primaryKeys();
		for (const id of ofThem) {
			if (rows.length >= most) break;
			const block = await this.blocks.get(id);
			if (block) rows.push(...(await this.unreplaced(readBlock<R>(block).filter(isMeant))));
		}
		return eachOnce(rows).slice(0, most);
	}

	/** Rows whose name begins so, whatever its case: so many at most. */
	async beginning(text: string, most: number): Promise<R[]> {
		const rows = await this.top
			.where(this.shape.table === 'licenses' ? 'number' : 'label')
			.startsWithIgnoreCase(text)
			.limit(most)
			.toArray();
		const sought = `\n${text.toLowerCase()}`;
		const names = await strict.blockNames
			.where('table')
			.equals(this.shape.table)
			.filter((row) => `\n${row.names}`.includes(sought))
			.limit(most)
			.toArray();
		for (const { block } of names) {
			if (rows.length >= most) break;
			const there = await this.blocks.get(block);
			const meant = (there ? readBlock<R>(there) : []).filter((row) =>
				`\n${nameLines(this.shape, [row])}`.startsWith(sought)
			);
			rows.push(...(await this.unreplaced(meant)));
		}
		return eachOnce(rows).slice(0, most);
	}

	/** Some rows for which something holds: all of them where there are no more than so many. */
	async first(most: number, isMeant: (row: R) => boolean = () => true): Promise<R[]> {
		const rows = await this.top.filter(isMeant).limit(most).toArray();
		let after = 0;
		while (rows.length < most) {
			const blocks = await this.blocks.where(':id').above(after).limit(BLOCKS).toArray();
			const last = blocks.at(-1);
			if (!last) break;
			after = last.id;
			const meant = blocks.flatMap((block) => readBlock<R>(block)).filter(isMeant);
			rows.push(...(await this.unreplaced(meant)));
		}
		return eachOnce(rows).slice(0, most);
	}

	/** Whether there is any. */
	async isEmpty(): Promise<boolean> {
		const [onTop, inBlocks] = await Promise.all([
			this.top.limit(1).count(),
			this.blocks.limit(1).count()
		]);
		return onTop + inBlocks === 0;
	}

	async #inBlocks(kind: KeyKind, texts: readonly string[]): Promise<R[]> {
		const keys = await readKeys(strict, kind, placesOf(kind, texts));
		if (keys.length === 0) return [];
		const sought = new Map<number, string[]>();
		for (const text of texts)
			for (const block of blocksWith(keys, text))
				sought.set(block, [...(sought.get(block) ?? []), text]);
		if (sought.size === 0) return [];
		const textsOf = this.shape.keys[kind]!;
		const rows = new Map<string, R>();
		for (const block of await this.blocks.bulkGet([...sought.keys()]))
			for (const text of block ? sought.get(block.id)! : [])
				for (const row of rowsWith<R>(block!, text))
					if (textsOf(row).includes(text)) rows.set(row.id, row);
		return [...rows.values()];
	}

	/** Those that no row on top replaces. */
	async unreplaced(rows: R[]): Promise<R[]> {
		if (rows.length === 0 || (await this.#isTopEmpty())) return rows;
		const onTop = await this.top.bulkGet(rows.map(({ id }) => id));
		return rows.filter((_, at) => onTop[at] === undefined);
	}

	/**
	 * Each as it lies on top, where it does. Whoever reads all rows must not leave those for later: by then they
	 * may be folded into blocks that were read.
	 */
	async newest(rows: R[]): Promise<R[]> {
		if (rows.length === 0 || (await this.#isTopEmpty())) return rows;
		const onTop = await this.top.bulkGet(rows.map(({ id }) => id));
		return rows.map((row, at) => onTop[at] ?? row);
	}

	async #isTopEmpty(): Promise<boolean> {
		return (await this.top.limit(1).count()) === 0;
	}
}

/** The first of those that came twice: it was on top. */
function eachOnce<R extends MirroredRow>(rows: readonly R[]): R[] {
	const ids = new Set<string>();
	return rows.filter(({ id }) => !ids.has(id) && ids.add(id));
}

export const mirroredLicenses = new Mirrored(licenseShape);
export const mirroredActivations = new Mirrored(activationShape);
