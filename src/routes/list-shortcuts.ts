/**
 * The keys of a list of many rows: j k walk, x chooses, Shift chooses what they pass. [DK3, DK6]
 *
 * @module
 */
import type { ListsTexts } from '#lib/messages/en/lists.ts';
import type { Shortcut } from '#lib/ui/shell/key-press.ts';
import type { ListIntent } from '#lib/ui/list/list-keys.ts';

/**
 * @param act - Does it, and says whether there was something to do.
 * @param clear - Lets go of all that is chosen.
 */
export function listShortcuts(
	texts: () => ListsTexts,
	act: (intent: ListIntent) => boolean | undefined,
	clear: () => boolean
): Shortcut[] {
	return [
		{ keys: ['j'], does: () => texts().next, act: () => act({ do: 'walk', by: 1 }) },
		{ keys: ['k'], does: () => texts().previous, act: () => act({ do: 'walk', by: -1 }) },
		{ keys: ['x'], does: () => texts().selectThis, act: () => act({ do: 'select' }) },
		{
			keys: ['J', 'K'],
			does: () => texts().extend,
			act: ({ key }) => act({ do: 'walk', by: key === 'J' ? 1 : -1, extends: true })
		},
		{ keys: ['Escape'], does: () => texts().clearSelection, act: clear }
	];
}
