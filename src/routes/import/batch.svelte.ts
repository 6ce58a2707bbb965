/**
 * What was read in one sitting on the screen Import, and what can be done with it.
 *
 * @module
 */
import { listIssuable } from '#lib/desk/allotments/allotments.ts';
import { issueNow } from '#lib/desk/allotments/draws.ts';
import { listAnswers } from '#lib/desk/files/newest-answers.ts';
import { saveAnswers } from '#lib/desk/files/save-answers.ts';
import { importActions } from '#lib/desk/import/import-actions.ts';
import {
	importAgain,
	importFiles,
	importText,
	type ImportStep
} from '#lib/desk/import/import-files.ts';
import { emptyBatch, type ImportBatch } from '#lib/desk/import/import-item.ts';
import { keepItems } from '#lib/desk/import/keep-items.ts';
import { readDeskTrust } from '#lib/desk/hub/trust.ts';
import { listRequests } from '#lib/desk/requests/read-requests.ts';
import { Live } from '#lib/desk/store/live.ts';
import { readIdentity } from '#lib/desk/store/identity.ts';
import { readMachine } from '#lib/desk/store/settings.ts';
import { orStorageFull } from '#lib/desk/store/storage.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { isAsked } from './import-rows.ts';

const ANSWERS = ['activation', 'refusal', 'receipt'];

export class Batch {
	#intake = $state.raw<ImportBatch>(emptyBatch);
	#kept = $state.raw<ReadonlySet<string>>(new Set());
	/** Submitted in this sitting, by id. */
	#asked = $state.raw<ReadonlySet<string>>(new Set());
	/** While files are being read and checked. */
	reading = $state<{ step: ImportStep; done: number; of: number }>();
	/** Why the last thing asked of it could not be done. */
	refusal = $state<Refusal>();

	readonly #requests = new Live(() => listRequests());
	readonly #answers = new Live(listAnswers);
	readonly #issuable = new Live(listIssuable);
	readonly #identity = new Live(readIdentity);
	readonly #trust = new Live(readDeskTrust);
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
	/** Answers to carry on that are here: those that came, and those to the requests that came. */
	readonly #held = $derived((this.#answers.current ?? []).filter((file) => this.#isAbout(file)));
	readonly #brought = $derived(this.fresh.filter(({ kind = '' }) => ANSWERS.includes(kind)));
	/** How many answers there are, and how many of them have not left this desk yet. */
	readonly answers = $derived(this.#held.length + this.#brought.length);
	readonly unsaved = $derived(
		this.#held.filter(({ savedAt }) => savedAt === undefined).length + this.#brought.length
	);
	/** When an answer was saved, by its id and by the id of what it answers. */
	readonly savedAt = $derived(
		new Map(
			this.#held.flatMap(({ jti, request, savedAt }) =>
				savedAt === undefined
					? []
					: ([
							[jti, savedAt],
							[request ?? jti, savedAt]
						] as const)
			)
		)
	);
	/** Of what was submitted in this sitting, how much the server has answered. */
	readonly sent = $derived.by(() => {
		const states = [...this.#asked].map((jti) => this.states.get(jti)?.state);
		const left = states.filter((state) => state === undefined || state === 'queued').length;
		return { of: states.length, done: states.length - left };
	});
	/** What to do next, the first first; nothing before it is known who is here and what is. */
	readonly actions = $derived(
		this.#identity.current === undefined ||
			this.#requests.current === undefined ||
			this.#answers.current === undefined
			? []
			: importActions({
					toIssue: this.toIssue.length,
					toSubmit: this.toSubmit.length,
					fresh: this.fresh.length,
					answers: this.answers,
					isSignedIn: !!this.#identity.current,
					isProven: this.toSubmit.every(({ proven }) => proven === true),
					isOneFile: __ONE_FILE__
				})
	);

	/** To be made while a component is set up. */
	constructor() {
		$effect(() => {
			if (!this.#trust.current?.roots.length || this.reading) return;
			if (this.items.some(({ state, waits }) => waits && state !== 'incomplete'))
				void this.#lookAgain();
		});
	}

	/** A desk that was opened on a slow network had no root when these were chosen. */
	async #lookAgain(): Promise<void> {
		const before = this.#intake;
		const again = await importAgain({ before, machine: this.machine });
		// Else somebody has brought more meanwhile, and it is looked at with that.
		if (this.#intake === before) this.#intake = again;
	}

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
		this.reading = { step: 'read', done: 0, of: files.length };
		this.#intake = await importFiles(files, {
			before: this.#intake,
			machine: this.machine,
			onProgress: (step, done, of) => (this.reading = { step, done, of })
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
		this.#asked = new Set();
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
		if ((await this.keep(jtis)) === undefined) return undefined;
		this.#asked = new Set([...this.#asked, ...jtis]);
		return jtis.length;
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
		const open = files.filter(({ savedAt }) => savedAt === undefined);
		// Where all of them were saved before, whoever asks once more wants them once more.
		return saveAnswers((open.length > 0 ? open : files).map(({ jti }) => jti));
	}

	#isAbout({ jti, request }: { jti: string; request?: string }): boolean {
		return this.items.some((item) => item.jti === jti || item.jti === request);
	}
}
