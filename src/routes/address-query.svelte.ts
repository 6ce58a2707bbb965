/**
 * What a list is asked for, and the address that says so. The list follows every key stroke at once, its
 * address a moment later: it is replaced, so that the back button leaves the list and not a letter. [DK2]
 *
 * @module
 */
import { beforeNavigate, goto, replaceState } from '$app/navigation';
import { navigating, page } from '$app/state';

/** While somebody types, the address waits for so long. */
const PAUSE_MILLISECONDS = 250;

/**
 * What stands behind the path of the page that is open: `?…`, or nothing. On the way back the router says of
 * an address what it was when it was opened, without what was written into it since.
 */
export function openQuery(): string {
	// Both: effects follow `page` alone.
	const { hash } = page.url && location;
	const [, query = ''] = hash.split('?');
	return query === '' ? '' : `?${query}`;
}

export class AddressQuery<Q> {
	/** What is asked for now. */
	current: Q = $state.raw() as Q;
	readonly #codec: { read: (params: URLSearchParams) => Q; write: (query: Q) => string };
	/** What the address said last, of its own accord or because it was told. */
	#said: string;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(codec: { read: (params: URLSearchParams) => Q; write: (query: Q) => string }) {
		this.#codec = codec;
		this.#said = openQuery();
		this.current = this.#codec.read(new URLSearchParams(this.#said));
		// What waits for more letters is told before the way leads on: the way back leads to it.
		beforeNavigate(({ type }) => {
			if (type === 'popstate' || this.written === this.#said) return;
			clearTimeout(this.#timer);
			this.#said = this.written;
			replaceState(this.#href(), {});
		});
	}

	/** The address as it stands, or will in a moment. */
	get written(): string {
		return this.#codec.write(this.current);
	}

	/** Asks for something else. `typed`: one letter of more to come. */
	ask(query: Q, { typed = false } = {}): void {
		this.current = query;
		clearTimeout(this.#timer);
		if (typed) this.#timer = setTimeout(() => this.#tellUnlessGoing(), PAUSE_MILLISECONDS);
		else this.#tell();
	}

	/** Follows the address where a link or the back button has changed it. To be called in an effect. */
	follow(): void {
		const said = openQuery();
		if (said === this.#said) return;
		this.#said = said;
		clearTimeout(this.#timer);
		this.current = this.#codec.read(new URLSearchParams(said));
	}

	/** Where an address says nothing and is not meant to: it says again what is asked for. */
	keep(): void {
		this.#said = openQuery();
		this.#tell();
	}

	/** When the list goes: an address of before would lead back to it. */
	stop(): void {
		clearTimeout(this.#timer);
	}

	/** Whoever is on the way to a row by then is not called back from it. */
	#tellUnlessGoing(): void {
		if (!navigating.to) this.#tell();
	}

	#tell(): void {
		const { written } = this;
		if (written === this.#said) return;
		this.#said = written;
		void goto(this.#href(), {
			replaceState: true,
			keepFocus: true,
			noScroll: true
		});
	}

	#href(): string {
		const [path = ''] = page.url.hash.split('?');
		return `${path || '#/'}${this.written}`;
	}
}
