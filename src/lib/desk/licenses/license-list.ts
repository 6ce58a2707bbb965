/**
 * All licenses of the mirror in memory, for lists and for search. They are read in the background
 * once a screen wants them, and follow the mirror row by row from then on.
 *
 * @module
 */
import { createSubscriber } from 'svelte/reactivity';
import { LicenseTable } from '#lib/search/license-table.ts';
import { strict } from '#lib/desk/store/database.ts';
import { onMirrorNews, type MirrorNews } from '#lib/desk/store/mirror-news.ts';

/** Read at a time: a few milliseconds of work, so that typing never waits for it. */
const CHUNK = 500;
/** Screens are told of changes so often at most, in milliseconds. */
const PACE_MS = 250;

class LicenseList {
	readonly #table = new LicenseTable();
	#isStarted = false;
	#isWhole = false;
	#failure: unknown;
	/** Resolves when the reading may go on. */
	#free: Promise<void> = Promise.resolve();
	#release = () => {};
	#told = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#work: Promise<void> = Promise.resolve();
	#update = () => {};
	#subscribe = createSubscriber((update) => {
		this.#update = update;
		this.start();
		return () => (this.#update = () => {});
	});

	/**
	 * The table as far as it has been read. Whatever reads it is run again when rows change. Throws
	 * what the reading threw, for the nearest boundary.
	 */
	get table(): LicenseTable {
		this.#subscribe();
		// eslint-disable-next-line @typescript-eslint/only-throw-error -- what was thrown, unchanged
		if (this.#failure !== undefined) throw this.#failure;
		return this.#table;
	}

	/** Everything is in the table. */
	get isWhole(): boolean {
		this.#subscribe();
		return this.#isWhole;
	}

	/** Begins to read, if that has not happened yet. */
	start(): void {
		if (this.#isStarted) return;
		this.#isStarted = true;
		// Heard from now on and done after the reading: no change falls between the two.
		onMirrorNews((news) => this.#enqueue(() => this.#follow(news)));
		this.#enqueue(() => this.#read());
	}

	/** While somebody waits for one license, the reading of all of them stands still. */
	hold(isHeld: boolean): void {
		this.#release();
		if (isHeld) this.#free = new Promise((resolve) => (this.#release = resolve));
	}

	/** One after the other. */
	#enqueue(run: () => Promise<void> | void): void {
		this.#work = this.#work.then(run).catch((failure: unknown) => {
			this.#failure = failure;
			this.#changed();
		});
	}

	async #read(): Promise<void> {
		await eachChunk(
			async (after) => {
				await this.#free;
				return strict.licenses.where(':id').above(after).limit(CHUNK).toArray();
			},
			(rows) => {
				this.#table.put(rows);
				this.#changed();
			}
		);
		await eachChunk(
			async (after) => {
				await this.#free;
				return strict.activations.where(':id').above(after).limit(CHUNK).toArray();
			},
			(rows) => this.#table.putMachines(rows)
		);
		this.#isWhole = true;
		this.#changed();
	}

	#follow({ gone, licenses, machines }: MirrorNews): void {
		if (gone.length > 0) this.#table.keep(({ customerId }) => !gone.includes(customerId));
		this.#table.put(licenses);
		this.#table.putMachines(machines);
		this.#changed();
	}

	/** Pages of a first sync come faster than anyone reads. */
	#changed(): void {
		if (this.#timer !== undefined) return;
		const tell = () => {
			this.#timer = undefined;
			this.#told = performance.now();
			this.#update();
		};
		this.#timer = setTimeout(tell, Math.max(0, this.#told + PACE_MS - performance.now()));
	}
}

/** Reads a table by its keys, each part in a transaction of its own. */
async function eachChunk<R extends { id: string }>(
	read: (after: string) => PromiseLike<R[]>,
	take: (rows: R[]) => void
): Promise<void> {
	let after = '';
	for (;;) {
		const rows = await read(after);
		const last = rows.at(-1);
		if (!last) return;
		take(rows);
		after = last.id;
	}
}

export const licenseList = new LicenseList();
