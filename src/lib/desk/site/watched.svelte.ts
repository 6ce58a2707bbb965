/**
 * What a page shows of a site server as it is now: asked again and again while somebody looks.
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';

const EVERY_MILLISECONDS = 2000;

export class Watched<T> {
	value = $state.raw<T>();
	/** Of the last time it was asked; what was there before stays. */
	refusal = $state.raw<Refusal>();
	readonly #ask: () => Promise<T | Refusal>;
	readonly #join: (before: T | undefined, now: T) => T;
	#round = 0;

	/** @param join - What a new answer makes of the one before, where it says only what has changed. */
	constructor(
		ask: () => Promise<T | Refusal>,
		join: (before: T | undefined, now: T) => T = (_, now) => now
	) {
		this.#ask = ask;
		this.#join = join;
	}

	/** @returns How to stop. */
	start(): () => void {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let stopped = false;
		const next = async () => {
			if (document.visibilityState === 'visible') await this.again();
			if (!stopped) timer = setTimeout(() => void next(), EVERY_MILLISECONDS);
		};
		void next();
		return () => {
			stopped = true;
			clearTimeout(timer);
		};
	}

	async again(): Promise<void> {
		const round = ++this.#round;
		const answer = await this.#ask();
		if (round !== this.#round) return;
		this.refusal = isRefusal(answer) ? answer : undefined;
		if (!isRefusal(answer)) this.value = this.#join(this.value, answer);
	}
}
