/**
 * What a key means while the focus is on a row of a list. Letters are bound by the screen. [DK3]
 *
 * @module
 */

export type ListIntent =
	/** To the next row or the one before; `far` is a page. */
	| { do: 'walk'; by: 1 | -1; far?: true; extends?: true }
	| { do: 'ends'; at: 'first' | 'last' }
	| { do: 'select' }
	| { do: 'selectAll' };

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

export function listIntent(event: Key): ListIntent | undefined {
	const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
	if (altKey) return undefined;
	if (ctrlKey || metaKey)
		return !shiftKey && key.toLowerCase() === 'a' ? { do: 'selectAll' } : undefined;
	switch (key) {
		case 'ArrowDown':
			return { do: 'walk', by: 1, ...(shiftKey && { extends: true }) };
		case 'ArrowUp':
			return { do: 'walk', by: -1, ...(shiftKey && { extends: true }) };
		case 'PageDown':
			return { do: 'walk', by: 1, far: true };
		case 'PageUp':
			return { do: 'walk', by: -1, far: true };
		case 'Home':
			return { do: 'ends', at: 'first' };
		case 'End':
			return { do: 'ends', at: 'last' };
		case ' ':
			return { do: 'select' };
		default:
			return undefined;
	}
}

/**
 * The row that a step leads to.
 *
 * @param from - Where it begins; below 0: on no row yet.
 * @param page - So many rows are a page.
 */
export function rowAfter(
	intent: Extract<ListIntent, { do: 'walk' | 'ends' }>,
	{ from, count, page }: { from: number; count: number; page: number }
): number {
	if (intent.do === 'ends') return intent.at === 'first' ? 0 : count - 1;
	if (from < 0) return intent.by > 0 ? 0 : count - 1;
	const step = intent.by * (intent.far ? Math.max(1, page) : 1);
	return Math.min(count - 1, Math.max(0, from + step));
}
