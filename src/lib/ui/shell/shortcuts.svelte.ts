/**
 * Keyboard shortcuts. Those of a single letter can be switched off. [WCAG 2.1.4]
 *
 * @module
 */
import { tinykeys } from 'tinykeys';

/** What a letter after `g` leads to. */
export const goTo = {
	k: 'lookup',
	o: 'overview',
	l: 'licenses',
	a: 'activate',
	i: 'allotments',
	r: 'requests',
	t: 'import',
	y: 'sync',
	s: 'settings'
} as const;

export const paths: Record<(typeof goTo)[keyof typeof goTo], string> = {
	lookup: '#/lookup',
	overview: '#/',
	licenses: '#/licenses',
	activate: '#/activate',
	allotments: '#/allotments',
	requests: '#/requests',
	import: '#/import',
	sync: '#/sync',
	settings: '#/settings'
};

class Shortcuts {
	letters = $state(true);

	/** @returns A call that stops listening. */
	listen(actions: {
		go: (href: string) => void;
		search: () => void;
		help: () => void;
	}): () => void {
		const when = (act: () => void) => (event: KeyboardEvent) => {
			if (!this.letters || isTyping(event)) return;
			event.preventDefault();
			act();
		};
		const places = Object.entries(goTo).map(([letter, place]) => [
			`g ${letter}`,
			when(() => actions.go(paths[place]))
		]);
		return tinykeys(window, {
			...Object.fromEntries(places),
			'/': when(actions.search),
			'Shift+?': when(actions.help),
			'?': when(actions.help)
		});
	}
}

function isTyping(event: KeyboardEvent): boolean {
	const target = event.target;
	return (
		event.defaultPrevented ||
		document.querySelector('dialog[open]') !== null ||
		(target instanceof HTMLElement && target.closest('input, textarea, select') !== null)
	);
}

export const shortcuts = new Shortcuts();
