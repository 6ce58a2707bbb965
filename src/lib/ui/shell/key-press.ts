/**
 * What a key means: a letter of the screen in front, the second letter after `g`, or nothing of ours.
 *
 * @module
 */

/** Keys of a screen, which work while it is in front, wherever the focus is. */
export type Shortcut = {
	/** As `KeyboardEvent.key` says them; each of them does the same. */
	keys: readonly string[];
	/** What it does, in the language chosen now. */
	does: () => string;
	/** @returns `false` where this press is not meant: it goes on to whoever is next. */
	act: (event: KeyboardEvent) => unknown;
};

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Ctrl K, or ⌘ K where Ctrl K deletes what stands behind the cursor. */
export function opensPalette({ key, ctrlKey, metaKey, altKey }: KeyPress, isMac: boolean): boolean {
	const held = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
	return held && !altKey && key.toLowerCase() === 'k';
}

/** Letters and signs, which somebody may have switched off: a voice that is heard as keys types them too. */
export function isLetter(key: string): boolean {
	return key.length === 1 && key !== ' ';
}

/** The shortcuts that a key reaches, the screen in front first. */
export function reached(layers: readonly (readonly Shortcut[])[], key: string): Shortcut[] {
	return layers.toReversed().flatMap((layer) => layer.filter(({ keys }) => keys.includes(key)));
}

/** What the help lists: each shortcut that is not hidden by one in front of it. */
export function offered(layers: readonly (readonly Shortcut[])[]): Shortcut[] {
	const taken = new Set<string>();
	return layers.toReversed().flatMap((layer) => {
		const free = layer.filter(({ keys }) => keys.some((key) => !taken.has(key)));
		for (const { keys } of layer) for (const key of keys) taken.add(key);
		return free;
	});
}

/** So long a `g` waits for its second letter. */
const PATIENCE_MS = 1_000;

/** `g` and a letter, one after the other. */
export class Sequence {
	#begunAt = -Infinity;

	/**
	 * @param at - Any clock in milliseconds.
	 * @returns The second letter, or whether the first one was pressed.
	 */
	press(key: string, at: number): { second: string } | 'begun' | undefined {
		const isSecond = at - this.#begunAt <= PATIENCE_MS;
		this.#begunAt = -Infinity;
		if (isSecond) return { second: key };
		if (key !== 'g') return undefined;
		this.#begunAt = at;
		return 'begun';
	}
}
