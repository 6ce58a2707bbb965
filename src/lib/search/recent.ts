/**
 * What was remembered last, by name; as many as there is room for.
 *
 * @module
 */
export class Recent<T> {
	readonly #values = new Map<string, T>();
	readonly #most: number;

	constructor(most: number) {
		this.#most = most;
	}

	get(name: string): T | undefined {
		return this.#values.get(name);
	}

	keys(): Iterable<string> {
		return this.#values.keys();
	}

	/** The one that was set longest ago makes room. */
	set(name: string, value: T): void {
		this.#values.delete(name);
		this.#values.set(name, value);
		const [oldest] = this.#values.keys();
		if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
	}

	clear(): void {
		this.#values.clear();
	}
}
