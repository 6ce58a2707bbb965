/**
 * All licenses of the mirror in memory, and their activations where a screen lists these, for lists and for
 * search. They are read in the background once a screen wants them, and follow the mirror row by row
 * from then on.
 *
 * @module
 */
import { createSubscriber } from 'svelte/reactivity';
import type { AskedChange } from '#lib/domain/licenses/change.ts';
import {
	activationLine,
	type ActivationSummary
} from '#lib/search/activations/activation-summary.ts';
import { ActivationTable } from '#lib/search/activations/activation-table.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';
import { LicenseTable } from '#lib/search/licenses/license-table.ts';
import { deskNow } from '#lib/desk/store/database.ts';
import { onAskedTexts } from '#lib/desk/mirror/asked-texts.ts';
import { onMirrorNews, type MirrorNews } from '#lib/desk/mirror/news.ts';
import { REMEMBERED, rememberUrgent } from './urgent.ts';

/** Read at a time: a few milliseconds of work, so that typing never waits for it. */
const LICENSES = 500;
const MACHINES = 1000;
/** The first rows are drawn without it. */
const reading = () => import('./read-parts.ts');

/** Screens are told of changes so often at most, in milliseconds; while all is being read, less often. */
const PACE_MS = 250;
const READING_PACE_MS = 750;
/** Once nothing has changed for so long, in milliseconds, it is remembered what came first. */
const QUIET_MS = 2000;

class LicenseList {
	readonly #table = new LicenseTable();
	/** Absent until a screen lists them. */
	#activations: ActivationTable | undefined;
	#areActivationsWhole = false;
	#asked: ReadonlyMap<string, readonly AskedChange[]> = new Map();
	/** Machines of which something is written here. */
	#written: ReadonlySet<string> = new Set();
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
		this.#hear();
		return this.#table;
	}

	#hear(): void {
		this.#subscribe();
		// eslint-disable-next-line @typescript-eslint/only-throw-error -- what was thrown, unchanged
		if (this.#failure !== undefined) throw this.#failure;
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

	/**
	 * All activations as far as they have been read: from the first time that a screen lists them, in the same
	 * reading as the machines by which licenses are found, where that is not over yet. [P11]
	 */
	get activations(): ActivationTable {
		this.#hear();
		if (this.#activations) return this.#activations;
		const table = (this.#activations = new ActivationTable());
		table.passTo(deskNow());
		// After the reading that is under way: where that has told them all by then, nothing is left to read.
		this.#enqueue(() => this.#readAllActivations());
		return table;
	}

	/** All of them are in their table. */
	get areActivationsWhole(): boolean {
		this.#subscribe();
		return this.#areActivationsWhole;
	}

	/** Begins to read, if that has not happened yet. */
	start(): void {
		if (this.#isStarted) return;
		this.#isStarted = true;
		// Heard from now on and done after the reading: no change falls between the two.
		onMirrorNews((news) => this.#enqueue(() => this.#follow(news)));
		onAskedTexts((asked) => this.#enqueue(() => this.#write(asked)));
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
		const { licenseParts, machineParts } = await reading();
		this.#table.passTo(deskNow());
		for await (const rows of this.#unheld(licenseParts(LICENSES))) {
			this.#table.put(rows);
			this.#table.prepare();
			this.#changed();
		}
		this.#isListed = true;
		this.#changed();
		// In the order of their licenses, so that what was made ready once is seldom made anew.
		const isShared = this.#activations !== undefined;
		for await (const rows of this.#unheld(machineParts(MACHINES))) {
			this.#table.putMachines(rows);
			if (isShared) this.#putActivations(rows);
			this.#table.prepare();
			this.#changed();
		}
		this.#areActivationsWhole = isShared;
		if (isShared) this.#enqueue(() => this.#write(this.#asked));
		this.#isWhole = true;
		this.#changed();
		await this.#makeReady();
	}

	async #readAllActivations(): Promise<void> {
		if (this.#areActivationsWhole) return;
		const { machineParts } = await reading();
		for await (const rows of this.#unheld(machineParts(MACHINES))) {
			this.#putActivations(rows);
			this.#activations?.prepare();
			this.#changed();
		}
		this.#areActivationsWhole = true;
		await this.#write(this.#asked);
		await this.#makeReady();
	}

	/** Of those without a license nothing is seen. */
	#putActivations(rows: readonly ActivationSummary[]): void {
		this.#activations?.put(
			rows.flatMap((row) => {
				const license = this.#table.get(row.licenseId);
				return license ? [activationLine(row, license)] : [];
			})
		);
	}

	/** What an activation says of its license may have changed. */
	#renameActivations(licenses: readonly LicenseSummary[]): void {
		const changed = new Map(licenses.map((license) => [license.id, license]));
		const known = this.#activations?.those(({ licenseId, title, customer }) => {
			const license = changed.get(licenseId);
			return license !== undefined && (license.title !== title || license.customer !== customer);
		});
		if (known) this.#putActivations(known);
	}

	/** What is written here is seen at once; where it is told, or let go of, the mirror counts again. [CH1] */
	async #write(asked: ReadonlyMap<string, readonly AskedChange[]>): Promise<void> {
		this.#asked = asked;
		const [{ readActivations }, { readWritten }] = await Promise.all([
			reading(),
			import('./written-texts.ts')
		]);
		const { byLicense, machines } = await readWritten(asked);
		this.#table.putWritten(byLicense);
		const gone = [...this.#written].filter((act) => !machines.some(({ id }) => id === act));
		this.#written = new Set(machines.map(({ id }) => id));
		if (this.#activations) this.#putActivations([...(await readActivations(gone)), ...machines]);
		this.#changed();
	}

	async *#unheld<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
		for await (const part of parts) {
			await this.#free;
			yield part;
		}
	}

	/** Before somebody types, and never for long at a time. */
	async #makeReady(): Promise<void> {
		while (this.#table.prepare() || this.#activations?.prepare())
			await new Promise((resolve) => setTimeout(resolve));
	}

	#follow({ gone, licenses, machines }: MirrorNews): Promise<void> {
		if (gone.length > 0)
			for (const table of [this.#table, this.#activations])
				table?.keep(({ customerId }: { customerId: string }) => !gone.includes(customerId));
		this.#table.put(licenses);
		this.#table.putMachines(machines);
		this.#renameActivations(licenses);
		this.#putActivations(machines);
		if (machines.some(({ id }) => this.#written.has(id)))
			this.#enqueue(() => this.#write(this.#asked));
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
