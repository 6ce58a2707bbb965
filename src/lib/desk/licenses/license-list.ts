/**
 * All licenses of the mirror in memory, for lists and for search. They are read in the background
 * once a screen wants them, and follow the mirror row by row from then on.
 *
 * @module
 */
import { createSubscriber } from 'svelte/reactivity';
import { LicenseTable } from '#lib/search/license-table.ts';
import { deskNow } from '#lib/desk/store/database.ts';
import { onMirrorNews, type MirrorNews } from '#lib/desk/store/mirror-news.ts';
import { licensesById, machinesByLicense } from './read-parts.ts';
import { REMEMBERED, rememberUrgent } from './urgent.ts';

/** Read at a time: a few milliseconds of work, so that typing never waits for it. */
const LICENSES = 500;
const MACHINES = 1000;
/** Screens are told of changes so often at most, in milliseconds; while all is being read, less often. */
const PACE_MS = 250;
const READING_PACE_MS = 750;
/** Once nothing has changed for so long, in milliseconds, it is remembered what came first. */
const QUIET_MS = 2000;

class LicenseList {
	readonly #table = new LicenseTable();
	#isStarted = false;
	#isListed = false;
	#isWhole = false;
	#failure: unknown;
	/** Resolves when the reading may go on. */
	#free: Promise<void> = Promise.resolve();
	#release = () => {};
	#told = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#remembering: ReturnType<typeof setTimeout> | undefined;
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

	/**
	 * All licenses are in the table, so that they can be listed, sorted, filtered and counted; what their
	 * machines are called may still be missing.
	 */
	get isListed(): boolean {
		this.#subscribe();
		return this.#isListed;
	}

	/** Everything is in the table: what a text does not find is not here. */
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
		this.#table.passTo(deskNow());
		for await (const rows of this.#unheld(licensesById(LICENSES))) {
			this.#table.put(rows);
			this.#table.prepare();
			this.#changed();
		}
		this.#isListed = true;
		this.#changed();
		// In the order of their licenses, so that what was made ready once is seldom made anew.
		for await (const rows of this.#unheld(machinesByLicense(MACHINES))) {
			this.#table.putMachines(rows);
			this.#table.prepare();
			this.#changed();
		}
		this.#isWhole = true;
		this.#changed();
		await this.#makeReady();
	}

	async *#unheld<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
		for await (const part of parts) {
			await this.#free;
			yield part;
		}
	}

	/** Before somebody types, and never for long at a time. */
	async #makeReady(): Promise<void> {
		while (this.#table.prepare()) await new Promise((resolve) => setTimeout(resolve));
	}

	#follow({ gone, licenses, machines }: MirrorNews): Promise<void> {
		if (gone.length > 0) this.#table.keep(({ customerId }) => !gone.includes(customerId));
		this.#table.put(licenses);
		this.#table.putMachines(machines);
		this.#changed();
		return this.#makeReady();
	}

	/** Pages of a first sync come faster than anyone reads. */
	#changed(): void {
		if (this.#timer !== undefined) return;
		const tell = () => {
			this.#timer = undefined;
			this.#told = performance.now();
			this.#update();
			if (this.#isListed) this.#rememberFirst();
		};
		const pace = this.#isWhole ? PACE_MS : READING_PACE_MS;
		this.#timer = setTimeout(tell, Math.max(0, this.#told + pace - performance.now()));
	}

	/** The next start shows at once what this one had to read everything for. */
	#rememberFirst(): void {
		clearTimeout(this.#remembering);
		this.#remembering = setTimeout(() => {
			void rememberUrgent(this.#table.firstIds(REMEMBERED, deskNow()));
		}, QUIET_MS);
	}
}

export const licenseList = new LicenseList();
