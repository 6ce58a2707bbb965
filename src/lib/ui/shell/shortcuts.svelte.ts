/**
 * Keyboard shortcuts: those of every screen, and those that the screen in front binds. They work as soon
 * as a screen is there, without a focus anywhere. Those of a single letter can be switched off.
 * [DK6, WCAG 2.1.4]
 *
 * @module
 */
import { untrack } from 'svelte';
import {
	isLetter,
	offered,
	opensPalette,
	reached,
	Sequence,
	type KeyPress,
	type Shortcut
} from './key-press.ts';

/** What a letter after `g` leads to. */
export const goTo = {
	k: 'lookup',
	o: 'overview',
	l: 'licenses',
	m: 'activations',
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
	activations: '#/activations',
	activate: '#/activate',
	allotments: '#/allotments',
	requests: '#/requests',
	import: '#/import',
	sync: '#/sync',
	settings: '#/settings'
};

export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iP/.test(navigator.platform);

/** How people here press what opens the command palette. */
export const paletteKeys = IS_MAC ? ['⌘', 'K'] : ['Ctrl', 'K'];

export type ShellActions = {
	go: (href: string) => void;
	palette: () => void;
	search: () => void;
	help: () => void;
	/** To the next row of what is shown, or the one before. */
	walk: (step: 1 | -1) => boolean;
};

class Shortcuts {
	letters = $state(true);
	#layers = $state.raw<readonly (readonly Shortcut[])[]>([]);

	/** Those of the screen in front, for the help. */
	get ofScreen(): Shortcut[] {
		return offered(this.#layers);
	}

	/**
	 * Binds keys while a screen is there: `$effect(() => shortcuts.bind([…]))`. Never while somebody types or
	 * a dialog is open, and never together with Ctrl, Alt or ⌘.
	 *
	 * @returns A call that lets go of them.
	 */
	bind(keys: readonly Shortcut[]): () => void {
		untrack(() => (this.#layers = [...this.#layers, keys]));
		return () => untrack(() => (this.#layers = this.#layers.filter((layer) => layer !== keys)));
	}

	/** @returns A call that stops listening. */
	listen(actions: ShellActions): () => void {
		const sequence = new Sequence();
		const pressed = (event: KeyboardEvent) => {
			if (event.defaultPrevented || event.isComposing || isDialogOpen()) return;
			if (opensPalette(event, IS_MAC)) {
				event.preventDefault();
				actions.palette();
			} else if (this.#mayAct(event) && this.#act(event, actions, sequence)) event.preventDefault();
		};
		addEventListener('keydown', pressed);
		return () => removeEventListener('keydown', pressed);
	}

	#mayAct(event: KeyboardEvent): boolean {
		if (isCommand(event)) return false;
		// Links and buttons mean nothing by it.
		if (event.key === 'Escape') return !isTyping(event.target);
		return isLetter(event.key) ? this.letters && !isTyping(event.target) : !isOnControl(event);
	}

	#act(event: KeyboardEvent, actions: ShellActions, sequence: Sequence): boolean {
		const { key } = event;
		const step = sequence.press(key, event.timeStamp);
		if (step === 'begun') return true;
		const place = step && goTo[step.second as keyof typeof goTo];
		if (place) {
			actions.go(paths[place]);
			return true;
		}
		for (const shortcut of reached(this.#layers, key))
			if (shortcut.act(event) !== false) return true;
		switch (key) {
			case '/':
				actions.search();
				return true;
			case '?':
				actions.help();
				return true;
			case 'j':
				return actions.walk(1);
			case 'k':
				return actions.walk(-1);
			default:
				return false;
		}
	}
}

function isCommand({ ctrlKey, metaKey, altKey }: KeyPress): boolean {
	return ctrlKey || metaKey || altKey;
}

function isDialogOpen(): boolean {
	return document.querySelector('dialog[open]') !== null;
}

const TYPED = 'textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]';

function isTyping(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest(TYPED) !== null;
}

/** What Enter, the space bar and arrows mean there is the control's own. */
function isOnControl({ target }: KeyboardEvent): boolean {
	return (
		target instanceof Element && target.closest(`${TYPED}, a, button, summary, input`) !== null
	);
}

export const shortcuts = new Shortcuts();
