/**
 * Which of thousands of rows are near enough to be drawn. Each keeps its place and its height while it
 * is not; one that somebody opened stays.
 *
 * @module
 */
import { SvelteSet } from 'svelte/reactivity';

/** Beyond either edge of the window, so that who scrolls meets rows that are there. */
const MARGIN = '600px 0px';

export class RowsNear {
	readonly #near = new SvelteSet<string>();
	readonly #heights = new Map<string, number>();
	#observer: IntersectionObserver | undefined;

	has(id: string): boolean {
		return this.#near.has(id);
	}

	/** As it was when it was drawn last. */
	heightOf(id: string): string | undefined {
		const height = this.#heights.get(id);
		return height ? `${height}px` : undefined;
	}

	/** Attached to each row, an element with `data-id`. */
	readonly watch = (row: HTMLElement): (() => void) => {
		this.#observer ??= new IntersectionObserver((entries) => this.#hear(entries), {
			rootMargin: MARGIN
		});
		this.#observer.observe(row);
		return () => this.#observer?.unobserve(row);
	};

	#hear(entries: readonly IntersectionObserverEntry[]): void {
		for (const { target, isIntersecting, boundingClientRect } of entries) {
			const id = target instanceof HTMLElement ? target.dataset.id : undefined;
			if (id === undefined) continue;
			if (isIntersecting) this.#near.add(id);
			else if (this.#near.has(id) && !target.querySelector('details[open]')) {
				this.#heights.set(id, boundingClientRect.height);
				this.#near.delete(id);
			}
		}
	}
}
