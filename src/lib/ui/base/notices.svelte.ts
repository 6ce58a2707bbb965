/**
 * Short messages of what was just done.
 *
 * @module
 */
const SHOWN_MILLISECONDS = 5000;

export type Notice = { id: number; text: string; bad: boolean };

class Notices {
	list = $state<Notice[]>([]);
	#last = 0;

	say(text: string): void {
		this.#add(text, false);
	}

	warn(text: string): void {
		this.#add(text, true);
	}

	dismiss(id: number): void {
		this.list = this.list.filter((notice) => notice.id !== id);
	}

	#add(text: string, bad: boolean): void {
		const id = ++this.#last;
		this.list = [...this.list.slice(-2), { id, text, bad }];
		setTimeout(() => this.dismiss(id), bad ? 2 * SHOWN_MILLISECONDS : SHOWN_MILLISECONDS);
	}
}

export const notices = new Notices();
