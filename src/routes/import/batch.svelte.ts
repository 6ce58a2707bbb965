/**
 * What was read in one sitting on the screen Import, and what can be done with it.
 *
 * @module
 */
import { listIssuable } from '#lib/desk/allotments/allotments.ts';
import { issueNow } from '#lib/desk/allotments/draws.ts';
import { listAnswers } from '#lib/desk/files/newest-answers.ts';
import { saveAnswers } from '#lib/desk/files/save-answers.ts';
import { importFiles, importText } from '#lib/desk/import/import-files.ts';
import { emptyBatch, type ImportBatch } from '#lib/desk/import/import-item.ts';
import { keepItems } from '#lib/desk/import/keep-items.ts';
import { listRequests } from '#lib/desk/requests/read-requests.ts';
import { Live } from '#lib/desk/store/live.ts';
import { readMachine } from '#lib/desk/store/settings.ts';
import { orStorageFull } from '#lib/desk/store/storage.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { isAsked } from './import-rows.ts';

const ANSWERS = ['activation', 'refusal', 'receipt'];

export class Batch {
	#intake = $state.raw<ImportBatch>(emptyBatch);
	#kept = $state.raw<ReadonlySet<string>>(new Set());
	/** While files are being read. */
	reading = $state<{ done: number; of: number }>();
	/** Why the last thing asked of it could not be done. */
	refusal = $state<Refusal>();

	readonly #requests = new Live(() => listRequests());
	readonly #answers = new Live(listAnswers);
	readonly #issuable = new Live(listIssuable);
	readonly #machine = new Live(async () => (await readMachine()) ?? null);
	/** The requests and returns of this desk, by id. */
	readonly states = $derived(new Map((this.#requests.current ?? []).map((row) => [row.jti, row])));

	/** What this desk does not have yet. */
	readonly fresh = $derived(
		this.items.filter((item) => item.state === 'new' && item.text && !this.isKept(item.id))
	);
	readonly #acceptable = $derived(
		this.items.filter((item) => (item.state === 'new' && item.text) || item.state === 'known')
	);
	/** Requests and returns that nobody has submitted yet. */
	readonly toSubmit = $derived(
		this.#acceptable.filter(
			(item) =>
				isAsked(item) && ['draft', undefined].includes(this.states.get(item.jti ?? '')?.state)
		)
	);
	/** Requests that this desk can issue at once, from its offline seats. */
	readonly toIssue = $derived(
		this.#acceptable.filter(
			(item) =>
				item.kind === 'activation-request' &&
				this.#issuable.current?.has(item.summary?.number ?? '') &&
				this.states.get(item.jti ?? '')?.state !== 'granted'
		)
	);
	/** How many answers there are to carry on: those that came, and those to the requests that came. */
	readonly answers = $derived(
		(this.#answers.current ?? []).filter((file) => this.#isAbout(file)).length +
			this.fresh.filter(({ kind = '' }) => ANSWERS.includes(kind)).length
	);

	get intake(): ImportBatch {
		return this.#intake;
	}

	get items(): ImportBatch['items'] {
		return this.#intake.items;
	}

	/** The machine that files are compared with, where one was named. */
	get machine() {
		return this.#machine.current ?? undefined;
	}

	isKept(id: string): boolean {
		return this.#kept.has(id);
	}

	async addFiles(files: readonly File[]): Promise<void> {
		this.reading = { done: 0, of: files.length };
		this.#intake = await importFiles(files, {
			before: this.#intake,
			machine: this.machine,
			onProgress: (done, of) => (this.reading = { done, of })
		});
		this.reading = undefined;
	}

	async addText(text: string, source: string): Promise<void> {
		if (!text.trim()) return;
		this.#intake = await importText(text, source, { before: this.#intake, machine: this.machine });
	}

	/**
	 * All that was scanned in this sitting, over what there was before it: a hub key that is seen later
	 * may complete what came before it.
	 */
	async addScanned(
		files: readonly string[],
		{ before, name }: { before: ImportBatch; name: string }
	) {
		let next = before;
		for (const [at, file] of files.entries())
			next = await importText(file, `${name} ${at + 1}`, { before: next, machine: this.machine });
		this.#intake = next;
	}

	clear(): void {
		this.#intake = emptyBatch;
		this.#kept = new Set();
	}

	/** @returns How many were new, or nothing where they could not be stored; `refusal` says why. */
	async keep(submit: readonly string[] = []): Promise<number | undefined> {
		const items = this.fresh;
		const count = await orStorageFull(() => keepItems(items, { submit }));
		this.refusal = isRefusal(count) ? count : undefined;
		if (isRefusal(count)) return undefined;
		this.#kept = new Set([...this.#kept, ...items.map(({ id }) => id)]);
		return items.length;
	}

	/** @returns How many wait for the hub now. */
	async submit(): Promise<number | undefined> {
		const jtis = this.toSubmit.flatMap(({ jti }) => jti ?? []);
		return (await this.keep(jtis)) === undefined ? undefined : jtis.length;
	}

	/** @returns The requests that were issued for. */
	async issue(): Promise<string[]> {
		const jtis = this.toIssue.flatMap(({ jti }) => jti ?? []);
		const issued: string[] = [];
		if ((await this.keep()) === undefined) return issued;
		for (const jti of jtis) {
			const file = await issueNow(jti);
			if (isRefusal(file)) this.refusal = file;
			else issued.push(jti);
		}
		return issued;
	}

	async saveAnswers() {
		await this.keep();
		const files = (await listAnswers()).filter((file) => this.#isAbout(file));
		return saveAnswers(files.map(({ jti }) => jti));
	}

	#isAbout({ jti, request }: { jti: string; request?: string }): boolean {
		return this.items.some((item) => item.jti === jti || item.jti === request);
	}
}
