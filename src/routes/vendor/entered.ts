/**
 * Whether something was entered in a form that is not stored yet: whoever leaves it is asked first.
 *
 * @module
 */
export class Entered {
	readonly #read: () => unknown;
	#stored: string;

	/** @param read - What the form says, with nothing entered yet. */
	constructor(read: () => unknown) {
		this.#read = read;
		this.#stored = this.#said;
	}

	get isChanged(): boolean {
		return this.#said !== this.#stored;
	}

	/** The form says what is stored, or what it begins with; or nobody wants what it says. */
	settle(): void {
		this.#stored = this.#said;
	}

	get #said(): string {
		return JSON.stringify(this.#read());
	}
}
