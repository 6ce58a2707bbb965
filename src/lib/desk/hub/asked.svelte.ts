/**
 * An answer of the hub as a page shows it: not there yet, there, or refused.
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';

/** One thing that is asked for at once, and again when a page says so. */
export class AskedOne<T> {
	value = $state.raw<T>();
	refusal = $state.raw<Refusal>();
	readonly #ask: () => Promise<T | Refusal>;
	#round = 0;

	constructor(ask: () => Promise<T | Refusal>) {
		this.#ask = ask;
		void this.again();
	}

	async again(): Promise<void> {
		const round = ++this.#round;
		const answer = await this.#ask();
		if (round !== this.#round) return;
		this.refusal = isRefusal(answer) ? answer : undefined;
		if (!isRefusal(answer)) this.value = answer;
	}
}

/** Where one page of rows ends, as the hub says it: the next one follows. */
export type PageOf<R, A> = { rows: R[]; next?: A };

/** Rows that come page by page, for a question that changes: what was there stays until others come. */
export class AskedRows<Q, R, A> {
	rows = $state.raw<R[]>();
	next = $state.raw<A>();
	refusal = $state.raw<Refusal>();
	busy = $state(false);
	readonly #ask: (question: Q, after?: A) => Promise<PageOf<R, A> | Refusal>;
	#question: Q | undefined;
	#round = 0;

	constructor(ask: (question: Q, after?: A) => Promise<PageOf<R, A> | Refusal>) {
		this.#ask = ask;
	}

	/** From the first page on. */
	async about(question: Q): Promise<void> {
		this.#question = question;
		await this.#page(question, []);
	}

	/** The page after those that are there. */
	async more(): Promise<void> {
		if (this.#question === undefined || this.next === undefined) return;
		await this.#page(this.#question, this.rows ?? [], this.next);
	}

	async again(): Promise<void> {
		if (this.#question !== undefined) await this.about(this.#question);
	}

	async #page(question: Q, before: R[], after?: A): Promise<void> {
		const round = ++this.#round;
		this.busy = true;
		const page = await this.#ask(question, after);
		// An answer to an older question, or to the same one before it was asked again.
		if (round !== this.#round) return;
		this.busy = false;
		this.refusal = isRefusal(page) ? page : undefined;
		if (isRefusal(page)) return;
		this.rows = [...before, ...page.rows];
		this.next = page.next;
	}
}
